import fc from "fast-check";
import { INTENT_KINDS, PHASES } from "../../src/journal/entry.ts";
import type { Intent, JournalEntry, Owner } from "../../src/journal/entry.ts";

const instant = fc.date({
  min: new Date("2000-01-01T00:00:00Z"),
  max: new Date("2100-01-01T00:00:00Z"),
  noInvalidDate: true,
});
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const name = fc.stringMatching(/^[a-z][a-z0-9]{0,7}(-[a-z0-9]{1,8})?$/);
const scopeName = fc.stringMatching(/^[!#-[\]-~]{1,12}$/);

export const anyOwner: fc.Arbitrary<Owner> = fc.oneof(
  fc.constant({ kind: "process" } as const),
  fc.record({
    kind: fc.constant("run" as const),
    runId: fc.stringMatching(/^[0-9]{1,12}$/),
    attempt: fc.nat(99),
    jobId: maybe(fc.stringMatching(/^[0-9]{1,12}$/)),
  }),
);

const { intent: anyIntent } = fc.letrec<{ intent: Intent; replaces: Intent | undefined }>((tie) => ({
  replaces: fc.option(tie("intent"), { nil: undefined, maxDepth: 3 }),
  intent: fc.record({
    generation: fc.nat(1_000_000_000),
    kind: fc.constantFrom(...INTENT_KINDS),
    owner: anyOwner,
    nonce: fc.string(),
    openedAt: instant,
    deadline: instant,
    releasedAt: maybe(instant),
    replaces: tie("replaces"),
    resumes: fc.constantFrom(...PHASES),
  }),
}));

/** Whatever an entry can hold, sensible or not. */
export const anyEntry: fc.Arbitrary<JournalEntry> = fc.record({
  name,
  generation: fc.nat(1_000_000_000),
  nonce: maybe(fc.string()),
  issued: fc.nat(1_000_000_000),
  intent: maybe(anyIntent),
  phase: fc.constantFrom(...PHASES),
  authorizedAt: maybe(instant),
  refreshedAt: maybe(instant),
  committedAt: maybe(instant),
  expiresAt: maybe(instant),
  scope: maybe(fc.array(scopeName, { maxLength: 4 })),
  runUrl: maybe(fc.webUrl()),
  boxRun: maybe(fc.stringMatching(/^[0-9]{1,12}$/)),
  error: maybe(
    fc.record({
      class: fc.constantFrom("transient", "ambiguous"),
      code: fc.stringMatching(/^[a-z][a-z_0-9]{0,20}$/),
    }),
  ),
  unpublished: fc.array(fc.string(), { maxLength: 3 }),
});
