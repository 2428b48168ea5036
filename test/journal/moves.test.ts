import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { hasIntent, INTENT_KINDS, newEntry } from "../../src/journal/entry.ts";
import type { JournalEntry } from "../../src/journal/entry.ts";
import {
  commitIntent,
  commitReplay,
  dropIntent,
  holdIntent,
  markRevoked,
  markSpent,
  needsAuthorization,
  openIntent,
} from "../../src/journal/moves.ts";
import { anEntry, anIntent, anOpenEntry, at } from "../support/entries.ts";

const ERROR = { class: "ambiguous", code: "lost_reset" } as const;
const granted = { expiresAt: at(7_200), scope: ["daily", "personal"] };

describe("an intent", () => {
  it("gets a number that no intent had before, though earlier ones came to nothing", () => {
    const first = openIntent(anEntry(), anIntent());
    const second = openIntent(dropIntent(first, undefined), anIntent());
    expect([first.intent.generation, second.intent.generation]).toEqual([2, 3]);
  });

  it("keeps the open one that it replaces, and gives it back when it comes to nothing", () => {
    const before = anOpenEntry({}, { phase: "ambiguous" });
    const opened = openIntent(before, anIntent({ kind: "authorize", nonce: "other" }));
    expect(opened.intent.replaces).toEqual(before.intent);
    expect(dropIntent(opened, undefined)).toEqual({ ...before, issued: 3 });
  });

  it("that comes to nothing for a reason leaves the reason, and an older one where it has none", () => {
    expect(dropIntent(anOpenEntry(), ERROR).error).toEqual(ERROR);
    expect(dropIntent(anOpenEntry({}, { error: ERROR }), undefined).error).toEqual(ERROR);
  });
});

describe("a commit", () => {
  const done = { at: at(30), runUrl: "https://github.com/acme/x/actions/runs/7", granted };

  it("makes the intent's generation the committed one, and ends its error", () => {
    expect(commitIntent(anOpenEntry({}, { error: ERROR }), done)).toEqual(
      anEntry({
        ...{ generation: 2, issued: 2, committedAt: at(30), refreshedAt: at(30), runUrl: done.runUrl },
        ...{ boxRun: "7", nonce: "nonce-2" },
        ...granted,
      }),
    );
  });

  it("of an authorization says when it was authorized, and leaves the last refresh", () => {
    const committed = commitIntent(anOpenEntry({ kind: "authorize" }, { refreshedAt: at(-9) }), done);
    expect(committed).toMatchObject({ authorizedAt: at(30), refreshedAt: at(-9) });
  });

  it("of a replayed box takes the box's generation, not that of the intent to replay it", () => {
    const opened = openIntent(anOpenEntry(), anIntent({ kind: "replay" }));
    const replayed = { generation: 2, nonce: "nonce-2", at: at(99), unpublished: ["somewhere A"] };
    expect(commitReplay(opened, replayed)).toMatchObject({
      ...{ generation: 2, issued: 3, intent: undefined, phase: "committed", committedAt: at(99) },
      unpublished: ["somewhere A"],
    });
  });
});

test("an intent that is held for another is over from then on", () => {
  const held = holdIntent(anOpenEntry(), { phase: "spent", at: at(20), error: ERROR });
  expect(held).toMatchObject({ phase: "spent", error: ERROR, intent: { generation: 2, releasedAt: at(20) } });
  expect(markSpent(anOpenEntry(), ERROR)).toEqual(anOpenEntry({}, { phase: "spent", error: ERROR }));
});

test("a dead grant and a revoked one have no open intent", () => {
  expect(needsAuthorization(anOpenEntry(), ERROR)).toMatchObject({
    ...{ intent: undefined, phase: "reauthorization_required", error: ERROR },
    expiresAt: at(3_600),
  });
  expect(markRevoked(anOpenEntry({}, { unpublished: ["x A"], error: ERROR }))).toMatchObject({
    ...{ intent: undefined, phase: "revoked", error: undefined, expiresAt: undefined, unpublished: [] },
  });
});

/** Every move that a run can make on an entry as it stands. */
const anyMove = fc.oneof(
  fc
    .constantFrom(...INTENT_KINDS)
    .map((kind) => (entry: JournalEntry) => openIntent(entry, anIntent({ kind }))),
  fc.constantFrom(
    (entry: JournalEntry) => (hasIntent(entry) ? dropIntent(entry, undefined) : entry),
    (entry: JournalEntry) =>
      hasIntent(entry) ? commitIntent(entry, { at: at(1), runUrl: undefined, granted }) : entry,
    (entry: JournalEntry) =>
      hasIntent(entry) ? holdIntent(entry, { phase: "ambiguous", at: at(1), error: ERROR }) : entry,
    // As the protocol replays: the box of the intent that the replay's own intent replaced.
    (entry: JournalEntry) => {
      const replaced = entry.intent?.kind === "replay" ? entry.intent.replaces : undefined;
      if (replaced === undefined || !hasIntent(entry)) return entry;
      return commitReplay(entry, {
        generation: replaced.generation,
        nonce: replaced.nonce,
        at: at(1),
        unpublished: [],
      });
    },
    (entry: JournalEntry) => needsAuthorization(entry, ERROR),
    markRevoked,
  ),
);

test("over any sequence of moves no generation is given twice, and the committed one never falls", () => {
  fc.assert(
    fc.property(fc.array(anyMove, { maxLength: 40 }), (moves) => {
      const given: number[] = [];
      let entry = newEntry("oura");
      for (const move of moves) {
        const before = entry;
        entry = move(entry);
        expect(entry.generation).toBeGreaterThanOrEqual(before.generation);
        expect(entry.issued).toBeGreaterThanOrEqual(before.issued);
        if (entry.issued > before.issued) given.push(entry.intent?.generation ?? Number.NaN);
      }
      expect(new Set(given).size).toBe(given.length);
      expect(given).toEqual(given.toSorted((a, b) => a - b));
      expect(entry.issued).toBe(given.at(-1) ?? 0);
    }),
  );
});
