import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import { decodeEntry, encodeEntry } from "../../src/journal/codec.ts";
import { entryPath, newEntry } from "../../src/journal/entry.ts";
import type { JournalEntry } from "../../src/journal/entry.ts";
import { Ledger } from "../../src/journal/ledger.ts";
import { openIntent } from "../../src/journal/moves.ts";
import { anEntry, anIntent, WRITTEN } from "../support/entries.ts";
import { SteppingClock } from "../support/grant-ports.ts";
import { MemoryJournal } from "../support/memory-journal.ts";

let journal: MemoryJournal;

beforeEach(() => {
  journal = new MemoryJournal();
});

function aLedger(clock = new SteppingClock()): Ledger {
  return new Ledger(journal, clock);
}

function textOf(name: string): string | undefined {
  return journal.files().get(entryPath(name));
}

/** As another process would: reads and writes in one go. */
function writeAsRival(entry: JournalEntry): void {
  journal.put({ message: "rival", files: new Map([[entryPath(entry.name), encodeEntry(entry)]]) });
}

/** What two processes do with three credentials, under whatever fates their swaps have: fewer than a write has attempts. */
const contention = fc.record({
  steps: fc.array(fc.record({ process: fc.nat(1), name: fc.constantFrom("a", "b", "c") }), {
    minLength: 1,
    maxLength: 12,
  }),
  fates: fc.array(fc.constantFrom("honest", "moved_unheard", "not_moved_unheard"), { maxLength: 5 }),
});

test("writers that are always overtaken give up with a hint, after pauses that grow", async () => {
  const clock = new SteppingClock();
  const ledger = aLedger(clock);
  await ledger.read("oura");
  let rivals = 0;
  journal.beforeSwap = () => writeAsRival(anEntry({ name: "strava", generation: (rivals += 1) }));
  await expect(ledger.write(anEntry(), WRITTEN)).rejects.toMatchObject({ code: "transient" });
  expect(clock.sleptSeconds).toEqual([0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8]);
  expect(textOf("oura")).toBeUndefined();
});

test("of processes that contend nobody loses an update that was won, and nobody wins one that is not there", async () => {
  await fc.assert(
    fc.asyncProperty(contention, async ({ steps, fates }) => {
      journal = new MemoryJournal();
      journal.fates = [...fates];
      const ledgers = [aLedger(), aLedger()];
      const won = { a: 0, b: 0, c: 0 };
      const step = async (process: number, name: "a" | "b" | "c", nonce: string) => {
        const ledger = ledgers[process] ?? aLedger();
        ledger.refresh();
        const entry = (await ledger.read(name)) ?? newEntry(name);
        const next = openIntent({ ...entry, intent: undefined }, anIntent({ nonce }));
        if ((await ledger.write(next, WRITTEN)) !== "won") return;
        won[name] += 1;
        expect(journal.commits.some(({ files }) => files.get(entryPath(name)) === encodeEntry(next))).toBe(
          true,
        );
      };
      const work = [0, 1].map(async (process) => {
        for (const [index, each] of steps.entries())
          if (each.process === process) await step(process, each.name, `${String(process)}-${String(index)}`);
      });
      await Promise.all(work);
      for (const [name, count] of Object.entries(won)) {
        const text = textOf(name);
        // Every won intent took the next number, so the number counts what was won.
        expect(text === undefined ? 0 : decodeEntry(name, text).issued).toBe(count);
      }
    }),
  );
});
