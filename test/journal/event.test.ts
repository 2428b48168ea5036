import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { INTENT_KINDS } from "../../src/journal/entry.ts";
import { describeEvent, readEvent } from "../../src/journal/event.ts";
import type { JournalEvent } from "../../src/journal/event.ts";
import { describeMessage, readMessage } from "../../src/journal/message.ts";

const generation = fc.nat(1_000_000_000);
const code = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/);
const intent = fc.constantFrom(...INTENT_KINDS);

const events: fc.Arbitrary<JournalEvent> = fc.oneof(
  fc.record({ kind: fc.constant("intended" as const), intent, generation }),
  fc.record({ kind: fc.constant("abandoned" as const), intent, generation, code }),
  fc.record({
    kind: fc.constantFrom(
      "authorized",
      "refreshed",
      "recovered",
      "published",
      "revoked",
      "to_publish",
      "pruned",
    ),
    generation,
  }),
  fc.record({
    kind: fc.constantFrom("box_waiting", "box_left", "ambiguous", "person_needed"),
    generation,
    code,
  }),
);

const names = fc.stringMatching(/^[a-z][a-z0-9-]{0,30}$/);

const messages = fc.record({
  kind: fc.constant("events" as const),
  events: fc
    .uniqueArray(fc.record({ name: names, event: events }), { selector: ({ name }) => name, minLength: 1 })
    .map((list) => list.toSorted((a, b) => (`${a.name}:` < `${b.name}:` ? -1 : 1))),
  runUrl: fc.option(fc.constant("https://github.com/acme/app/actions/runs/7"), { nil: undefined }),
});

test("every event is read back as it was written", () => {
  fc.assert(
    fc.property(events, (event) => {
      expect(readEvent(describeEvent(event))).toEqual(event);
    }),
  );
});

test("every message is read back as it was written, one line a credential", () => {
  fc.assert(
    fc.property(messages, (message) => {
      expect(readMessage(describeMessage(message))).toEqual(message);
    }),
  );
});

test("what is read is written the same again: no second spelling is recognized", () => {
  fc.assert(
    fc.property(events, fc.nat(), fc.string({ maxLength: 2 }), (event, place, more) => {
      const text = describeEvent(event);
      const at = place % (text.length + 1);
      const changed = text.slice(0, at) + more + text.slice(at);
      const read = readEvent(changed);
      if (read !== undefined) expect(describeEvent(read)).toBe(changed);
    }),
  );
});

describe("a line that is no event", () => {
  it.each([
    "",
    "refreshed to generation 04",
    "refreshed to generation -1",
    "refreshed to generation 99999999999",
    "refreshed to generation 2 ",
    "Refreshed to generation 2",
    "intends to toString (2)",
    "ambiguous at generation 2 (see https://evil.example)",
    "ambiguous at generation 2 (\u001b[2J)",
    "revoked at generation 3\n::add-mask::x",
  ])("%j is not read", (text) => {
    expect(readEvent(text)).toBeUndefined();
  });
});

test("a message is written as people read it", () => {
  const runUrl = "https://github.com/acme/app/actions/runs/7";
  const oura = { name: "oura", event: { kind: "refreshed", generation: 4 } } as const;
  const polar = { name: "polar", event: { kind: "ambiguous", generation: 2, code: "timeout" } } as const;
  expect(describeMessage({ kind: "events", events: [oura], runUrl: undefined })).toBe(
    "oura: refreshed to generation 4",
  );
  expect(describeMessage({ kind: "events", events: [polar, oura], runUrl })).toBe(
    `2 credentials\n\noura: refreshed to generation 4\npolar: ambiguous at generation 2 (timeout)\n\nrun: ${runUrl}`,
  );
});

test("a compaction is read back as it was written", () => {
  const at = new Date("2026-11-22T12:00:00.000Z");
  const message = { kind: "compacted", commits: 412, until: "c".repeat(40), at } as const;
  expect(describeMessage(message)).toBe(
    `compacted 412 commits, until ${"c".repeat(40)} of 2026-11-22T12:00:00.000Z`,
  );
  expect(readMessage(describeMessage(message))).toEqual(message);
});

describe("a message that is not sealring's", () => {
  it.each([
    "Update README.md",
    "oura: all is well",
    "\x1b[2Jpolar: revoked at generation 3",
    `compacted 3 commits, until ${"c".repeat(40)} of 2026-13-45T12:00:00.000Z`,
    `compacted 3 commits, until nowhere of 2026-11-22T12:00:00.000Z`,
  ])("%j is not read", (text) => {
    expect(readMessage(text)).toBeUndefined();
  });

  it("adds nothing but known lines, and no address of another scheme", () => {
    const text = "oura: revoked at generation 3\nDrop by at evil.example\n\nrun: javascript:alert(1)";
    const events = [{ name: "oura", event: { kind: "revoked", generation: 3 } }];
    expect(readMessage(text)).toEqual({ kind: "events", events, runUrl: undefined });
  });
});
