import { beforeEach, describe, expect, it } from "vitest";
import { readHistory } from "../../../src/console/history/read.ts";
import { encodeEntry } from "../../../src/journal/codec.ts";
import { describeMessage } from "../../../src/journal/message.ts";
import type { JournalEvent } from "../../../src/journal/event.ts";
import type { JournalEntry } from "../../../src/journal/entry.ts";
import { anEntry, at, SITE } from "../../support/entries.ts";
import { MemoryJournal } from "../../support/memory-journal.ts";

const PATH = "credentials/oura.json";

let journal: MemoryJournal;
/** The commits that the file was asked for at. */
let asked: readonly string[];

beforeEach(() => {
  journal = new MemoryJournal();
  const readAt = journal.readAt.bind(journal);
  journal.readAt = (path, commits) => {
    asked = commits;
    return readAt(path, commits);
  };
});

/** A commit of its own; the memory's are a second apart, the first one at 1. */
function commit(event: JournalEvent, text: string): void {
  const message = describeMessage({ kind: "events", events: [{ name: "oura", event }], runUrl: undefined });
  journal.put({ message, files: new Map([[PATH, text]]) });
}

function entryOf(generation: number, more: Partial<JournalEntry> = {}): string {
  return encodeEntry(anEntry({ generation, issued: generation, committedAt: at(generation), ...more }));
}

/** Of a window that begins with the commit of this number. */
function read(first: number, limit = 100) {
  const window = { from: new Date(first * 1_000), to: at(1_000) };
  return readHistory({ journal, access: SITE }, { ...SITE, name: "oura", limit, window });
}

describe("a credential's history", () => {
  it("asks for the entry only where a token came or its end was learnt, and once before the window", async () => {
    commit({ kind: "authorized", generation: 1 }, entryOf(1));
    commit({ kind: "refreshed", generation: 2 }, entryOf(2));
    commit({ kind: "intended", intent: "refresh", generation: 3 }, entryOf(2, { envelopeBytes: 1 }));
    commit({ kind: "recovered", generation: 3 }, entryOf(3));
    commit({ kind: "published", generation: 3 }, entryOf(3, { envelopeBytes: 2 }));
    const { lifetimes, lines, reach } = await read(4);
    expect(asked).toEqual(["5", "4", "2"]);
    expect(lifetimes.map(({ generation }) => generation)).toEqual([2, 3]);
    expect([lines.length, reach]).toEqual([5, "whole"]);
  });

  it("leaves out what cannot be read, and what somebody wrote by hand", async () => {
    commit({ kind: "authorized", generation: 1 }, entryOf(1));
    commit({ kind: "refreshed", generation: 7 }, "<script>");
    journal.put({ message: "mine", files: new Map([[PATH, entryOf(8)]]) });
    commit({ kind: "refreshed", generation: 2 }, entryOf(2));
    const { lifetimes } = await read(0);
    expect(lifetimes.map(({ generation }) => generation)).toEqual([1, 2]);
    expect(asked).toEqual(["4", "2", "1"]);
  });

  it("may have more than was read", async () => {
    for (let generation = 1; generation <= 300; generation += 1)
      commit({ kind: "refreshed", generation }, entryOf(generation));
    expect((await read(0, 50)).reach).toBe("cut");
    expect(asked).toHaveLength(50);
    await read(0, 1_000);
    // The newest.
    expect([asked.length, asked[0]]).toEqual([250, "300"]);
  });

  it("says since when it is known, where not all of the window was read", async () => {
    for (let generation = 1; generation <= 300; generation += 1)
      commit(
        { kind: "refreshed", generation },
        entryOf(generation, { committedAt: new Date(generation * 1_000) }),
      );
    // Cut by the limit of lines, by that of commits, and at what lies before the window.
    expect((await read(0, 50)).knownFrom).toEqual(new Date(251_000));
    expect((await read(0, 1_000)).knownFrom).toEqual(new Date(51_000));
    expect((await read(280, 50)).knownFrom).toBeUndefined();
    expect((await read(100, 1_000)).knownFrom).toBeUndefined();
  });

  it("is known from a compaction on", async () => {
    commit({ kind: "refreshed", generation: 1 }, entryOf(1, { committedAt: new Date(1_000) }));
    commit({ kind: "refreshed", generation: 2 }, entryOf(2, { committedAt: new Date(2_000) }));
    const compaction = { kind: "compacted", commits: 2, until: "0".repeat(40), at: new Date(2_000) } as const;
    await journal.compact(await journal.head(), describeMessage(compaction));
    const { knownFrom, reach, lifetimes } = await read(1);
    expect([knownFrom, reach, lifetimes.length]).toEqual([new Date(2_000), "whole", 1]);
    expect((await read(3)).knownFrom).toBeUndefined();
  });

  it("ends a lifetime where the grant was revoked", async () => {
    commit({ kind: "authorized", generation: 1 }, entryOf(1, { committedAt: new Date(0) }));
    commit({ kind: "revoked", generation: 1 }, entryOf(1, { phase: "revoked" }));
    expect((await read(0)).lifetimes).toMatchObject([{ generation: 1, leftAt: new Date(2_000) }]);
  });
});
