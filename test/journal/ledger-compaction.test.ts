import fc from "fast-check";
import { beforeEach, describe, expect, it, test } from "vitest";
import { decodeEntry, encodeEntry } from "../../src/journal/codec.ts";
import { entryPath, newEntry } from "../../src/journal/entry.ts";
import { Ledger } from "../../src/journal/ledger.ts";
import { openIntent } from "../../src/journal/moves.ts";
import { anEntry, anIntent, at, WRITTEN } from "../support/entries.ts";
import { MemoryJournal } from "../support/memory-journal.ts";

let journal: MemoryJournal;
let ledger: Ledger;
/** Runs in the pause after a swap that was not won. */
let inPause: () => Promise<void>;

beforeEach(() => {
  journal = new MemoryJournal();
  inPause = async () => undefined;
  ledger = aLedger();
});

function aLedger(): Ledger {
  return new Ledger(journal, { now: () => at(0), sleep: () => inPause() });
}

async function compact(): Promise<void> {
  const outcome = await journal.compact(await journal.head(), "compacted");
  expect(outcome.kind).toBe("won");
}

/** A branch that is not there yet stays so. */
async function compactIfAny(): Promise<void> {
  await journal.compact(await journal.head(), "compacted");
}

/** Once, before the next swap is looked at. */
function beforeNextSwap(work: () => Promise<void>): void {
  journal.beforeSwap = async () => {
    journal.beforeSwap = () => undefined;
    await work();
  };
}

function issuedOf(name: string): number {
  const text = journal.files().get(entryPath(name));
  return text === undefined ? 0 : decodeEntry(name, text).issued;
}

describe("a ledger that holds a head from before a compaction", () => {
  it("reads again and wins", async () => {
    await ledger.write(newEntry("oura"), WRITTEN);
    await ledger.read("oura");
    await compact();
    expect(await ledger.write(anEntry(), WRITTEN)).toBe("won");
    expect(journal.commits.map(({ message }) => message)).toEqual([
      "compacted",
      "oura: refreshed to generation 2",
    ]);
    expect(journal.files().get(entryPath("oura"))).toBe(encodeEntry(anEntry()));
  });

  it("wins, too, when it comes in the very moment of the swap", async () => {
    await ledger.write(newEntry("oura"), WRITTEN);
    beforeNextSwap(compact);
    expect(await ledger.write(anEntry(), WRITTEN)).toBe("won");
    expect(journal.commits).toHaveLength(2);
  });

  it("still loses to a rival who wrote its file", async () => {
    await ledger.write(newEntry("oura"), WRITTEN);
    const rival = aLedger();
    await rival.read("oura");
    await compact();
    await rival.write(anEntry({ issued: 7 }), WRITTEN);
    expect(await ledger.write(anEntry(), WRITTEN)).toBe("lost");
  });
});

test("a swap that nobody said was won is found though its commit was compacted away", async () => {
  await ledger.write(newEntry("oura"), WRITTEN);
  journal.fates = ["moved_unheard"];
  inPause = compact;
  expect(await ledger.write(anEntry(), WRITTEN)).toBe("won");
  expect(journal.commits.map(({ message }) => message)).toEqual(["compacted"]);
});

test("a compaction changes no file, and whoever contends meanwhile loses no update that was won", async () => {
  const steps = fc.array(fc.constantFrom("one", "other", "compact"), { minLength: 1, maxLength: 10 });
  const fates = fc.array(fc.constantFrom("honest", "moved_unheard", "not_moved_unheard"), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(steps, fates, fc.nat(9), async (order, planned, rivalAt) => {
      journal = new MemoryJournal();
      journal.fates = [...planned];
      const ledgers = { one: aLedger(), other: aLedger() };
      let won = 0;
      for (const [index, step] of order.entries()) {
        if (index === rivalAt) beforeNextSwap(compactIfAny);
        if (step === "compact") {
          const before = journal.files();
          await compactIfAny();
          expect(journal.files()).toEqual(before);
          continue;
        }
        const each = ledgers[step];
        each.refresh();
        const entry = (await each.read("oura")) ?? newEntry("oura");
        const next = openIntent({ ...entry, intent: undefined }, anIntent({ nonce: String(index) }));
        if ((await each.write(next, WRITTEN)) === "won") won += 1;
      }
      expect(issuedOf("oura")).toBe(won);
    }),
  );
});
