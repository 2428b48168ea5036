import { describe, expect, it } from "vitest";
import { entryIn, lifetimesIn } from "../../../src/console/history/lifetime.ts";
import { summaryOf } from "../../../src/console/history/summary.ts";
import { encodeEntry } from "../../../src/journal/codec.ts";
import type { JournalEntry } from "../../../src/journal/entry.ts";
import { anEntry, at } from "../../support/entries.ts";

const DAY = 86_400;

function entry(generation: number, committed: number, more: Partial<JournalEntry> = {}): JournalEntry {
  return anEntry({
    ...{ generation, committedAt: at(committed), authorizedAt: at(0), expiresAt: at(committed + DAY) },
    ...more,
  });
}

describe("lifetimes of access tokens", () => {
  it("last from each commit to the next, and the newest is still there", () => {
    const found = lifetimesIn([entry(1, 0), entry(2, 60), entry(4, 120)], []);
    expect(found.map(({ generation, how }) => [generation, how])).toEqual([
      [1, "authorized"],
      [2, "refreshed"],
      [4, "refreshed"],
    ]);
    expect(found.map(({ leftAt }) => leftAt)).toEqual([at(60), at(120), undefined]);
    expect(found[1]).toMatchObject({ from: at(60), until: at(60 + DAY) });
  });

  it("have the end that is known last: of a recovered token it is learnt when it is published", () => {
    const recovered = entry(2, 60, { expiresAt: undefined });
    const found = lifetimesIn([entry(1, 0), recovered, entry(2, 60, { expiresAt: at(500) }), recovered], []);
    expect(found[1]?.until).toEqual(at(500));
  });

  it("end where the grant is revoked, whatever comes after", () => {
    const found = lifetimesIn([entry(1, 0), entry(2, 60), entry(3, 300)], [at(200)]);
    expect(found.map(({ leftAt }) => leftAt)).toEqual([at(60), at(200), undefined]);
  });

  it("are none of an entry that was never committed", () => {
    expect(lifetimesIn([anEntry({ generation: 0, committedAt: undefined })], [])).toEqual([]);
  });
});

describe("an entry of an old commit", () => {
  it("is read as any other", () => {
    expect(entryIn("oura", encodeEntry(entry(3, 60)))).toMatchObject({ generation: 3 });
  });

  it("is left out when it cannot be read, or is another credential's", () => {
    for (const text of ["", "{}", "<script>", encodeEntry(anEntry({ name: "strava" }))])
      expect(entryIn("oura", text)).toBeUndefined();
  });
});

describe("the words under the picture", () => {
  const window = { from: at(0), to: at(30 * DAY) };
  const wordsFor = (entries: readonly JournalEntry[], revocations: readonly Date[] = [], knownFrom?: Date) =>
    summaryOf({ lifetimes: lifetimesIn(entries, revocations), window, knownFrom, marginSeconds: undefined });
  const living = entry(1, -60, { authorizedAt: at(-60), expiresAt: at(40 * DAY) });

  it("count what came, and say for how long there was no token", () => {
    const entries = [entry(1, 0), entry(2, DAY), entry(3, 3 * DAY), entry(4, 30 * DAY - 60)];
    expect(wordsFor(entries)).toBe(
      "In the last 30 days it was authorized once and refreshed 3 times. For 26d 23h in all the access token had expired.",
    );
  });

  it("say that there always was one", () => {
    expect(wordsFor([living])).toBe(
      "In the last 30 days it was neither authorized nor refreshed. The access token never ran out.",
    );
  });

  it("do not say so where its end is not known, or where it was ended on purpose", () => {
    const endless = entry(2, DAY, { expiresAt: undefined });
    for (const words of [
      wordsFor([endless]),
      wordsFor([living, endless]),
      wordsFor([living, entry(3, 2 * DAY)], [at(DAY)]).replace(/ For .*/, ""),
      wordsFor([living], [at(DAY)]),
    ])
      expect(words).toMatch(/^In the last 30 days it was [a-z0-9 ]+\.$/);
    expect(wordsFor([living, entry(2, 0, { expiresAt: at(40 * DAY) })])).toMatch(/never ran out\.$/);
  });

  it("begin with what was read, where that is less", () => {
    const words = wordsFor([entry(7, 3 * DAY, { expiresAt: at(40 * DAY) })], [], at(3 * DAY));
    expect(words).toBe("Since 2026-11-25 12:00 UTC it was refreshed once. The access token never ran out.");
  });
});
