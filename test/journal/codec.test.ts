import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { decodeEntry, encodeEntry } from "../../src/journal/codec.ts";
import { newEntry } from "../../src/journal/entry.ts";
import { anyEntry } from "../support/arbitrary-entries.ts";
import { anEntry, anOpenEntry, at } from "../support/entries.ts";

test("whatever an entry holds is read back as it was written", () => {
  fc.assert(
    fc.property(anyEntry, (entry) => {
      expect(decodeEntry(entry.name, encodeEntry(entry))).toEqual(entry);
    }),
  );
});

test("an entry is readable JSON: snake_case names, UTC, and null for what is not known", () => {
  expect(encodeEntry(newEntry("oura"))).toBe(`{
  "version": 1,
  "name": "oura",
  "generation": 0,
  "nonce": null,
  "issued": 0,
  "intent": null,
  "phase": "reauthorization_required",
  "authorized_at": null,
  "refreshed_at": null,
  "committed_at": null,
  "expires_at": null,
  "scope": null,
  "run_url": null,
  "box_run": null,
  "error": null,
  "unpublished": [],
  "published": [],
  "envelope_bytes": null
}
`);
  const entry = anEntry({ scope: ["personal", "daily"], refreshedAt: at(0.5) });
  expect(JSON.parse(encodeEntry(entry))).toMatchObject({
    expires_at: "2026-11-22T13:00:00.000Z",
    refreshed_at: "2026-11-22T12:00:00.500Z",
    scope: "personal daily",
  });
  expect(JSON.parse(encodeEntry(anOpenEntry()))).toMatchObject({
    intent: {
      generation: 2,
      kind: "refresh",
      owner: { kind: "run", run_id: "7", run_attempt: 1 },
      replaces: null,
    },
  });
});

const OUTPUT = {
  repository: "acme/app",
  app: "actions",
  secret: "OURA_ACCESS_TOKEN",
  at: "2026-11-22T12:00:00.000Z",
};

test("what was published is told in the words of a declaration's destinations", () => {
  const target = { kind: "repository", repository: "acme/app", app: "actions" } as const;
  const entry = anEntry({ published: [{ target, secretName: OUTPUT.secret, at: at(0) }] });
  expect(JSON.parse(encodeEntry(entry))).toMatchObject({ published: [OUTPUT] });
});

test("an entry from before there was a record of outputs is read", () => {
  const { published, envelope_bytes, ...old } = JSON.parse(encodeEntry(anEntry())) as Record<string, unknown>;
  expect([published, envelope_bytes]).toEqual([[], null]);
  expect(decodeEntry("oura", JSON.stringify(old))).toEqual(anEntry());
});

describe("a file that something other than sealring wrote", () => {
  const good = JSON.parse(encodeEntry(anOpenEntry())) as Record<string, unknown>;
  const intent = good["intent"] as Record<string, unknown>;
  const spoilt: Record<string, unknown> = {
    "another version": { ...good, version: 2 },
    "another credential's name": { ...good, name: "strava" },
    "a negative generation": { ...good, generation: -1 },
    "a generation with a fraction": { ...good, generation: 1.5 },
    "a generation beyond what numbers count": { ...good, generation: 2 ** 53 },
    "a generation in quotes": { ...good, generation: "1" },
    "no highest number": { ...good, issued: undefined },
    "an unknown phase": { ...good, phase: "toString" },
    "a date that is none": { ...good, expires_at: "tomorrow" },
    "an unknown error class": { ...good, error: { class: "bug", code: "x" } },
    "an intent without a nonce": { ...good, intent: { ...intent, nonce: undefined } },
    "an intent of an unknown kind": { ...good, intent: { ...intent, kind: "__proto__" } },
    "an owner of no kind": { ...good, intent: { ...intent, owner: {} } },
    "an intent that is a list": { ...good, intent: [] },
    "a list that is none": { ...good, unpublished: "x" },
    "an output at a path": { ...good, published: [{ ...OUTPUT, repository: "acme/../x" }] },
    "an output with a name that is none": { ...good, published: [{ ...OUTPUT, secret: "A/../B" }] },
    "an output of an unknown app": { ...good, published: [{ ...OUTPUT, app: "pages" }] },
    "an output nowhere": { ...good, published: [{ ...OUTPUT, repository: null }] },
    "an output at no time": { ...good, published: [{ ...OUTPUT, at: null }] },
    "a number": 7,
    null: null,
    "a list": [good],
  };
  it.each(Object.entries(spoilt))("with %s stops its credential, and says how to go on", (_, file) => {
    expectRefused(JSON.stringify(file));
  });

  it.each(["", "{", "<<<<<<< ours", '{"version":1'])("that is %j is no entry", (text) => {
    expectRefused(text);
  });

  it("with intents nested beyond all measure is refused like any other", () => {
    const depth = 20_000;
    const open = JSON.stringify({ ...intent, replaces: "HERE" }).split('"HERE"');
    const nested = `${(open[0] ?? "").repeat(depth)}null${(open[1] ?? "").repeat(depth)}`;
    expectRefused(JSON.stringify({ ...good, intent: "HERE" }).replace('"HERE"', nested));
    expectRefused("[".repeat(100_000));
  });

  it("is refused, whatever JSON it holds", () => {
    fc.assert(fc.property(fc.json(), expectRefused));
  });
});

function expectRefused(text: string): void {
  expect(() => decodeEntry("oura", text)).toThrow(
    expect.objectContaining({
      code: "reauthorization_required",
      hint: expect.stringContaining("sealring authorize oura") as string,
    }),
  );
}
