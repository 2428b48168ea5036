import fc from "fast-check";
import { beforeEach, describe, expect, it, test } from "vitest";
import { decodeEntry, encodeEntry } from "../../src/journal/codec.ts";
import { entryPath, newEntry } from "../../src/journal/entry.ts";
import type { JournalEntry } from "../../src/journal/entry.ts";
import { Ledger } from "../../src/journal/ledger.ts";
import { openIntent } from "../../src/journal/moves.ts";
import { anEntry, anIntent } from "../support/entries.ts";
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

test("what is written is read back, by this ledger and by another", async () => {
  const ledger = aLedger();
  expect(await ledger.read("oura")).toBeUndefined();
  expect(await ledger.write(anEntry(), "authorized as generation 1")).toBe("won");
  expect(await ledger.read("oura")).toEqual(anEntry());
  expect(await aLedger().read("oura")).toEqual(anEntry());
  expect(journal.commits.map(({ message }) => message)).toEqual(["oura: authorized as generation 1"]);
  expect(journal.files().get("README.md")).toContain("| oura | committed | 1 |");
});

test("entries that are written in one turn go into one commit, and the rest into the next", async () => {
  const ledger = aLedger();
  const names = ["a", "b", "c"];
  await Promise.all(names.map((name) => ledger.read(name)));
  const writes = names.map((name) => ledger.write(newEntry(name), "first"));
  journal.beforeSwap = () => {
    journal.beforeSwap = () => undefined;
    writes.push(ledger.write(newEntry("d"), "later"));
  };
  expect(await Promise.all(writes)).toEqual(["won", "won", "won"]);
  await writes.at(-1);
  expect(journal.commits.map(({ message }) => message)).toEqual([
    "3 credentials\n\na: first\nb: first\nc: first",
    "d: later",
  ]);
});

describe("an entry that somebody else has moved since it was read", () => {
  it("is lost, and nothing of it is written", async () => {
    const ledger = aLedger();
    await ledger.read("oura");
    writeAsRival(anEntry({ generation: 7, issued: 7 }));
    expect(await ledger.write(anEntry(), "mine")).toBe("lost");
    expect(decodeEntry("oura", textOf("oura") ?? "").generation).toBe(7);
  });

  it("is lost though the rival comes in the very moment of the swap", async () => {
    const ledger = aLedger();
    await ledger.read("oura");
    journal.beforeSwap = () => {
      journal.beforeSwap = () => undefined;
      writeAsRival(anEntry({ generation: 7, issued: 7 }));
    };
    expect(await ledger.write(anEntry(), "mine")).toBe("lost");
    expect(journal.commits).toHaveLength(1);
  });

  it("stays lost until it is read again, and is then won", async () => {
    const ledger = aLedger();
    await ledger.read("oura");
    writeAsRival(anEntry());
    expect(await ledger.write(newEntry("oura"), "mine")).toBe("lost");
    expect(await ledger.write(newEntry("oura"), "mine again")).toBe("lost");
    await ledger.read("oura");
    expect(await ledger.write(anEntry({ scope: ["x"] }), "after reading")).toBe("won");
  });

  it("is lost when it was removed, as much as when it was changed", async () => {
    const ledger = aLedger();
    writeAsRival(anEntry());
    await ledger.read("oura");
    journal.put({ message: "gone", files: new Map([[entryPath("oura"), undefined]]) });
    expect(await ledger.write(anEntry({ generation: 2 }), "mine")).toBe("lost");
  });

  it("takes no other of the same batch with it", async () => {
    const ledger = aLedger();
    await Promise.all([ledger.read("a"), ledger.read("b")]);
    journal.beforeSwap = () => {
      journal.beforeSwap = () => undefined;
      writeAsRival(anEntry({ name: "a" }));
    };
    const updates = ["a", "b"].map((name) => ledger.write(newEntry(name), "mine"));
    expect(await Promise.all(updates)).toEqual(["lost", "won"]);
  });
});

test("a rival who moves other files costs a second try, and keeps what it wrote", async () => {
  const clock = new SteppingClock();
  const ledger = aLedger(clock);
  await ledger.read("oura");
  journal.beforeSwap = () => {
    journal.beforeSwap = () => undefined;
    writeAsRival(anEntry({ name: "strava" }));
  };
  expect(await ledger.write(anEntry(), "mine")).toBe("won");
  expect(textOf("strava")).toBe(encodeEntry(anEntry({ name: "strava" })));
  expect(clock.sleptSeconds).toEqual([0.2]);
});

describe("a swap whose answer is lost", () => {
  it("is won, once, when the branch has moved", async () => {
    const ledger = aLedger();
    await ledger.read("oura");
    journal.fates = ["moved_unheard"];
    expect(await ledger.write(anEntry(), "mine")).toBe("won");
    expect(journal.commits).toHaveLength(1);
  });

  it("is tried again when it has not", async () => {
    const ledger = aLedger();
    await ledger.read("oura");
    journal.fates = ["not_moved_unheard", "not_moved_unheard"];
    expect(await ledger.write(anEntry(), "mine")).toBe("won");
    expect(textOf("oura")).toBe(encodeEntry(anEntry()));
  });

  it("is not another's intent of the same number: the nonce tells", async () => {
    const ledger = aLedger();
    writeAsRival(anEntry());
    const entry = (await ledger.read("oura")) ?? newEntry("oura");
    journal.fates = ["not_moved_unheard"];
    journal.beforeSwap = () => {
      journal.beforeSwap = () => undefined;
      writeAsRival(openIntent(entry, anIntent({ nonce: "theirs" })));
    };
    expect(await ledger.write(openIntent(entry, anIntent({ nonce: "mine" })), "mine")).toBe("lost");
  });
});

test("a swap that breaks fails its writers, and the next one starts from the branch as it is", async () => {
  const ledger = aLedger();
  await ledger.read("oura");
  journal.fates = ["throws"];
  await expect(ledger.write(anEntry(), "mine")).rejects.toThrow("the connection broke");
  expect(await ledger.write(anEntry(), "mine")).toBe("won");
});

test("an entry that a broken swap did write after all is still this ledger's to go on with", async () => {
  const ledger = aLedger();
  await ledger.read("oura");
  journal.fates = ["moved_unheard"];
  const head = journal.head.bind(journal);
  journal.beforeSwap = () => {
    journal.head = () => Promise.reject(new Error("the journal is down"));
  };
  await expect(ledger.write(anEntry(), "first")).rejects.toThrow("the journal is down");
  journal.head = head;
  journal.beforeSwap = () => undefined;
  expect(await ledger.write(anEntry({ scope: ["x"] }), "second")).toBe("won");
});

test("writers that are always overtaken give up with a hint, after pauses that grow", async () => {
  const clock = new SteppingClock();
  const ledger = aLedger(clock);
  await ledger.read("oura");
  let rivals = 0;
  journal.beforeSwap = () => writeAsRival(anEntry({ name: "strava", generation: (rivals += 1) }));
  await expect(ledger.write(anEntry(), "mine")).rejects.toMatchObject({ code: "transient" });
  expect(clock.sleptSeconds).toEqual([0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8]);
  expect(textOf("oura")).toBeUndefined();
});

describe("a file that is no entry", () => {
  beforeEach(() => {
    journal.put({
      message: "by hand",
      files: new Map([
        [entryPath("strava"), "<<<<<<< ours"],
        ["credentials/notes.txt", "mine"],
      ]),
    });
  });

  it("stops its own credential", async () => {
    await expect(aLedger().read("strava")).rejects.toMatchObject({ code: "reauthorization_required" });
  });

  it("stops no other, and is left as it is", async () => {
    const ledger = aLedger();
    await ledger.read("oura");
    expect(await ledger.write(anEntry(), "mine")).toBe("won");
    expect(textOf("strava")).toBe("<<<<<<< ours");
    expect(journal.files().get("README.md")).not.toContain("strava");
  });
});

describe("a box in the write-ahead log", () => {
  it("comes and goes in the commit of its entry", async () => {
    const ledger = aLedger();
    await ledger.read("oura");
    await ledger.write(anEntry(), "spent", { kind: "write", text: "box" });
    expect(journal.files().get("wal/oura.json")).toBe("box");
    expect(await ledger.box("oura")).toBe("box");
    await ledger.write(anEntry({ generation: 2 }), "as it is");
    expect(await ledger.box("oura")).toBe("box");
    await ledger.write(anEntry({ generation: 3 }), "removed", { kind: "remove" });
    expect([...journal.files().keys()].toSorted()).toEqual(["README.md", "credentials/oura.json"]);
    expect(journal.commits).toHaveLength(3);
  });

  it("that is not there is not removed", async () => {
    const ledger = aLedger();
    await ledger.read("oura");
    expect(await ledger.write(anEntry(), "nothing to remove", { kind: "remove" })).toBe("won");
  });
});

/** What two processes do with three credentials, under whatever fates their swaps have. */
const contention = fc.record({
  steps: fc.array(fc.record({ process: fc.nat(1), name: fc.constantFrom("a", "b", "c") }), {
    minLength: 1,
    maxLength: 12,
  }),
  fates: fc.array(fc.constantFrom("honest", "moved_unheard", "not_moved_unheard"), { maxLength: 12 }),
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
        if ((await ledger.write(next, "counts")) !== "won") return;
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
