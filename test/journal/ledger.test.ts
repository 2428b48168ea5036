import { beforeEach, describe, expect, it, test } from "vitest";
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

test("what is written is read back, by this ledger and by another", async () => {
  const ledger = aLedger();
  expect(await ledger.read("oura")).toBeUndefined();
  expect(await ledger.write(anEntry(), WRITTEN)).toBe("won");
  expect(await ledger.read("oura")).toEqual(anEntry());
  expect(await aLedger().read("oura")).toEqual(anEntry());
  expect(journal.commits.map(({ message }) => message)).toEqual(["oura: refreshed to generation 2"]);
  expect(journal.files().get("README.md")).toContain("| oura | committed | 1 |");
});

test("entries that are written in one turn go into one commit, and the rest into the next", async () => {
  const ledger = aLedger();
  const names = ["a", "b", "c"];
  await Promise.all(names.map((name) => ledger.read(name)));
  const writes = names.map((name) => ledger.write(newEntry(name), WRITTEN));
  journal.beforeSwap = () => {
    journal.beforeSwap = () => undefined;
    writes.push(ledger.write(newEntry("d"), WRITTEN));
  };
  expect(await Promise.all(writes)).toEqual(["won", "won", "won"]);
  await writes.at(-1);
  expect(journal.commits.map(({ message }) => message)).toEqual([
    "3 credentials\n\na: refreshed to generation 2\nb: refreshed to generation 2\nc: refreshed to generation 2",
    "d: refreshed to generation 2",
  ]);
});

describe("an entry that somebody else has moved since it was read", () => {
  it("is lost, and nothing of it is written", async () => {
    const ledger = aLedger();
    await ledger.read("oura");
    writeAsRival(anEntry({ generation: 7, issued: 7 }));
    expect(await ledger.write(anEntry(), WRITTEN)).toBe("lost");
    expect(decodeEntry("oura", textOf("oura") ?? "").generation).toBe(7);
  });

  it("is lost though the rival comes in the very moment of the swap", async () => {
    const ledger = aLedger();
    await ledger.read("oura");
    journal.beforeSwap = () => {
      journal.beforeSwap = () => undefined;
      writeAsRival(anEntry({ generation: 7, issued: 7 }));
    };
    expect(await ledger.write(anEntry(), WRITTEN)).toBe("lost");
    expect(journal.commits).toHaveLength(1);
  });

  it("stays lost until it is read again, and is then won", async () => {
    const ledger = aLedger();
    await ledger.read("oura");
    writeAsRival(anEntry());
    expect(await ledger.write(newEntry("oura"), WRITTEN)).toBe("lost");
    expect(await ledger.write(newEntry("oura"), WRITTEN)).toBe("lost");
    await ledger.read("oura");
    expect(await ledger.write(anEntry({ scope: ["x"] }), WRITTEN)).toBe("won");
  });

  it("is lost when it was removed, as much as when it was changed", async () => {
    const ledger = aLedger();
    writeAsRival(anEntry());
    await ledger.read("oura");
    journal.put({ message: "gone", files: new Map([[entryPath("oura"), undefined]]) });
    expect(await ledger.write(anEntry({ generation: 2 }), WRITTEN)).toBe("lost");
  });

  it("takes no other of the same batch with it", async () => {
    const ledger = aLedger();
    await Promise.all([ledger.read("a"), ledger.read("b")]);
    journal.beforeSwap = () => {
      journal.beforeSwap = () => undefined;
      writeAsRival(anEntry({ name: "a" }));
    };
    const updates = ["a", "b"].map((name) => ledger.write(newEntry(name), WRITTEN));
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
  expect(await ledger.write(anEntry(), WRITTEN)).toBe("won");
  expect(textOf("strava")).toBe(encodeEntry(anEntry({ name: "strava" })));
  expect(clock.sleptSeconds).toEqual([0.2]);
});

describe("a swap whose answer is lost", () => {
  it("is won, once, when the branch has moved", async () => {
    const ledger = aLedger();
    await ledger.read("oura");
    journal.fates = ["moved_unheard"];
    expect(await ledger.write(anEntry(), WRITTEN)).toBe("won");
    expect(journal.commits).toHaveLength(1);
  });

  it("is tried again when it has not", async () => {
    const ledger = aLedger();
    await ledger.read("oura");
    journal.fates = ["not_moved_unheard", "not_moved_unheard"];
    expect(await ledger.write(anEntry(), WRITTEN)).toBe("won");
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
    expect(await ledger.write(openIntent(entry, anIntent({ nonce: "mine" })), WRITTEN)).toBe("lost");
  });
});

test("a swap that breaks fails its writers, and the next one starts from the branch as it is", async () => {
  const ledger = aLedger();
  await ledger.read("oura");
  journal.fates = ["throws"];
  await expect(ledger.write(anEntry(), WRITTEN)).rejects.toThrow("the connection broke");
  expect(await ledger.write(anEntry(), WRITTEN)).toBe("won");
});

test("an entry that a broken swap did write after all is still this ledger's to go on with", async () => {
  const ledger = aLedger();
  await ledger.read("oura");
  journal.fates = ["moved_unheard"];
  const head = journal.head.bind(journal);
  journal.beforeSwap = () => {
    journal.head = () => Promise.reject(new Error("the journal is down"));
  };
  await expect(ledger.write(anEntry(), WRITTEN)).rejects.toThrow("the journal is down");
  journal.head = head;
  journal.beforeSwap = () => undefined;
  expect(await ledger.write(anEntry({ scope: ["x"] }), WRITTEN)).toBe("won");
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
    expect(await ledger.write(anEntry(), WRITTEN)).toBe("won");
    expect(textOf("strava")).toBe("<<<<<<< ours");
    expect(journal.files().get("README.md")).not.toContain("strava");
  });
});

describe("a box in the write-ahead log", () => {
  it("comes and goes in the commit of its entry", async () => {
    const ledger = aLedger();
    await ledger.read("oura");
    await ledger.write(anEntry(), WRITTEN, { kind: "write", text: "box" });
    expect(journal.files().get("wal/oura.json")).toBe("box");
    expect(await ledger.box("oura")).toBe("box");
    await ledger.write(anEntry({ generation: 2 }), WRITTEN);
    expect(await ledger.box("oura")).toBe("box");
    await ledger.write(anEntry({ generation: 3 }), WRITTEN, { kind: "remove" });
    expect([...journal.files().keys()].toSorted()).toEqual(["README.md", "credentials/oura.json"]);
    expect(journal.commits).toHaveLength(3);
  });

  it("that is not there is not removed", async () => {
    const ledger = aLedger();
    await ledger.read("oura");
    expect(await ledger.write(anEntry(), WRITTEN, { kind: "remove" })).toBe("won");
  });
});

test("a head that GitHub gives late, from before one's own last write, is nobody else's doing", async () => {
  const ledger = aLedger();
  await ledger.read("oura");
  const late = await journal.head();
  await ledger.write(newEntry("oura"), WRITTEN);
  writeAsRival(newEntry("strava"));
  const truth = journal.head.bind(journal);
  const heads = [late, late];
  journal.head = async () => heads.shift() ?? (await truth());
  expect(await ledger.write(anEntry(), WRITTEN)).toBe("won");
  expect(heads).toEqual([]);
  expect(decodeEntry("oura", textOf("oura") ?? "")).toEqual(anEntry());
});
