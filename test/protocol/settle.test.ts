import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { INTENT_KINDS, PHASES } from "../../src/journal/entry.ts";
import type { IntentKind, Phase } from "../../src/journal/entry.ts";
import { openIntent } from "../../src/journal/moves.ts";
import { settle } from "../../src/protocol/settle.ts";
import type { Situation } from "../../src/protocol/settle.ts";
import { anEntry, anEnvelope, anIntent, anOpenEntry, at } from "../support/entries.ts";

/** A job that started a minute after noon, when the owner of any intent had ended half a minute before. */
function situation(more: Partial<Situation> = {}): Situation {
  return {
    entry: anEntry(),
    envelope: anEnvelope(),
    snapshotAt: at(60),
    owner: { kind: "over", endedAt: at(30) },
    ...more,
  };
}

const second = anEnvelope({ generation: 2, nonce: "nonce-2" });

describe("without an open intent", () => {
  it("envelope and journal of the same generation are ready", () => {
    expect(settle(situation())).toEqual({ kind: "ready", entry: anEntry() });
  });

  it("an older envelope of a job that started before the commit is a stale snapshot", () => {
    const entry = anEntry({ generation: 2, issued: 2, committedAt: at(60) });
    expect(settle(situation({ entry }))).toEqual({ kind: "stale_snapshot" });
    expect(settle(situation({ entry, snapshotAt: at(59) }))).toEqual({ kind: "stale_snapshot" });
  });

  it("an older envelope of a job that started well after the commit was put over the newer one", () => {
    const entry = anEntry({ generation: 2, issued: 2, committedAt: at(-61) });
    expect(settle(situation({ entry }))).toEqual({ kind: "overwritten", entry });
  });

  it("two clocks that differ by two minutes do not make an older envelope somebody's doing", () => {
    const entry = anEntry({ generation: 2, issued: 2, committedAt: at(-60) });
    expect(settle(situation({ entry }))).toEqual({ kind: "stale_snapshot" });
  });

  it("an older envelope is a stale snapshot where nobody knows when the newer was committed", () => {
    const entry = anEntry({ generation: 2, issued: 2, committedAt: undefined });
    expect(settle(situation({ entry }))).toEqual({ kind: "stale_snapshot" });
  });

  it("a newer envelope says that the journal has lost something", () => {
    expect(settle(situation({ envelope: second }))).toEqual({ kind: "journal_behind", entry: anEntry() });
  });

  it("an envelope without a file in the journal says that the journal is gone", () => {
    expect(settle(situation({ entry: undefined }))).toEqual({ kind: "journal_missing" });
  });

  it.each<Phase>(["revoked", "reauthorization_required"])("a credential that is %s has ended", (phase) => {
    const entry = anEntry({ phase });
    expect(settle(situation({ entry }))).toEqual({ kind: "ended", entry });
  });
});

describe("with an open intent", () => {
  it.each(INTENT_KINDS)("to %s whose owner may live, another run is at it", (kind) => {
    const entry = anOpenEntry({ kind });
    const alive = { kind: "alive" } as const;
    expect(settle(situation({ entry, owner: alive }))).toEqual({ kind: "busy", entry });
    expect(settle(situation({ entry, owner: alive, envelope: second }))).toEqual({ kind: "busy", entry });
  });

  it.each<IntentKind>(["refresh", "probe", "authorize"])(
    "to %s whose envelope is there, it is stored and not committed, whenever the job started",
    (kind) => {
      const entry = anOpenEntry({ kind });
      const stored = { kind: "stored", entry };
      expect(settle(situation({ entry, envelope: second }))).toEqual(stored);
      expect(settle(situation({ entry, envelope: second, snapshotAt: at(0) }))).toEqual(stored);
    },
  );

  it("an envelope of the same number from another intent is not its own", () => {
    const entry = anOpenEntry();
    const stranger = { ...second, nonce: "stranger" };
    expect(settle(situation({ entry, envelope: stranger })).kind).not.toBe("stored");
  });

  it.each<IntentKind>(["authorize", "replay", "publish", "revoke"])(
    "to %s, a job that started before its owner ended has a stale snapshot",
    (kind) => {
      const entry = anOpenEntry({ kind });
      for (const snapshotAt of [at(29), at(30)])
        expect(settle(situation({ entry, snapshotAt }))).toEqual({ kind: "stale_snapshot" });
    },
  );

  it.each<IntentKind>(["refresh", "probe"])(
    "to %s, a job that started before its owner ended may replay a box, and has a stale snapshot",
    (kind) => {
      const entry = anOpenEntry({ kind });
      for (const snapshotAt of [at(29), at(30)]) {
        const verdict = settle(situation({ entry, snapshotAt }));
        expect(verdict).toEqual({ kind: "answer_lost", entry, snapshot: "stale" });
      }
      const older = anOpenEntry({ kind, generation: 3 }, { generation: 2 });
      expect(settle(situation({ entry: older, snapshotAt: at(29) }))).toEqual({ kind: "stale_snapshot" });
    },
  );

  it.each<IntentKind>(["refresh", "probe"])(
    "to %s whose owner is over and left nothing, the answer is lost",
    (kind) => {
      const entry = anOpenEntry({ kind });
      expect(settle(situation({ entry }))).toEqual({ kind: "answer_lost", entry, snapshot: "current" });
    },
  );

  it("to refresh, an envelope older than the committed one was put over it", () => {
    const entry = anOpenEntry({ generation: 3 }, { generation: 2, committedAt: at(-61) });
    expect(settle(situation({ entry }))).toEqual({ kind: "overwritten", entry });
  });

  it.each<IntentKind>(["authorize", "publish", "revoke", "replay"])(
    "to %s that was abandoned, what stood before it stands again",
    (kind) => {
      const entry = anOpenEntry({ kind });
      expect(settle(situation({ entry }))).toEqual({ kind: "ready", entry: { ...anEntry(), issued: 2 } });
    },
  );

  it("that was abandoned over a dead credential, it is dead still", () => {
    const dead = anEntry({ phase: "reauthorization_required" });
    const entry = openIntent(dead, anIntent({ kind: "authorize" }));
    expect(settle(situation({ entry })).kind).toBe("ended");
  });

  it("that was abandoned over a lost answer, the answer is lost still", () => {
    const lost = anOpenEntry({}, { phase: "ambiguous" });
    const entry = openIntent(openIntent(lost, anIntent({ kind: "authorize" })), anIntent({ kind: "revoke" }));
    expect(settle(situation({ entry }))).toEqual({
      kind: "answer_lost",
      entry: { ...lost, issued: 4 },
      snapshot: "current",
    });
  });

  it("to replay a box, which was stored before its owner died, the box's generation is stored", () => {
    const spent = anOpenEntry({}, { phase: "spent" });
    const entry = openIntent(spent, anIntent({ kind: "replay", nonce: "nonce-3" }));
    expect(settle(situation({ entry, envelope: second }))).toEqual({
      kind: "stored",
      entry: { ...spent, issued: 3 },
    });
  });
});

test("only a journal and an envelope that agree, or an answer that is lost, ever lead on to a request", () => {
  const phase = fc.constantFrom(...PHASES);
  const generation = fc.integer({ min: 1, max: 4 });
  const seconds = fc.integer({ min: 0, max: 5 }).map(at);
  const anyIntent = fc.record({
    generation,
    kind: fc.constantFrom(...INTENT_KINDS),
    nonce: fc.constantFrom("nonce-1", "nonce-2"),
    openedAt: seconds,
    resumes: phase,
  });
  const anySituation = fc.record({
    entry: fc
      .tuple(fc.record({ generation, phase, committedAt: seconds }), fc.option(anyIntent))
      .map(([entry, open]) => anEntry({ ...entry, intent: open === null ? undefined : anIntent(open) })),
    envelope: generation.map((number) => anEnvelope({ generation: number })),
    snapshotAt: seconds,
    owner: fc.oneof(
      fc.constant({ kind: "alive" } as const),
      seconds.map((endedAt) => ({ kind: "over", endedAt }) as const),
    ),
  });
  fc.assert(
    fc.property(anySituation, (given) => {
      const verdict = settle(given);
      if (verdict.kind !== "ready" && verdict.kind !== "answer_lost") return;
      if (verdict.kind === "answer_lost" && verdict.snapshot === "stale") return;
      expect(given.envelope.generation).toBe(given.entry.generation);
      if (given.entry.intent === undefined) return;
      if (given.owner.kind === "alive") expect.unreachable("its owner may live");
      else expect(given.snapshotAt.getTime()).toBeGreaterThan(given.owner.endedAt.getTime());
    }),
    { numRuns: 2_000 },
  );
});
