import fc from "fast-check";
import type { SecretApp, StorePlace } from "../../src/github.ts";
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

const secretName = fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,12}$/);
const login = fc.stringMatching(/^[A-Za-z0-9][\w-]{0,8}$/);
const repository = fc
  .tuple(login, fc.stringMatching(/^[A-Za-z][\w.-]{0,8}$/))
  .map((parts) => parts.join("/"));
const app = fc.constantFrom<SecretApp>("actions", "dependabot", "codespaces");
const place: fc.Arbitrary<StorePlace> = fc.oneof(
  fc.record({ kind: fc.constant("repository" as const), repository, app }),
  fc.record({ kind: fc.constant("organization" as const), organization: login, app }),
  fc.record({
    kind: fc.constant("environment" as const),
    repository,
    environment: fc.stringMatching(/^[A-Za-z0-9ä][A-Za-z0-9ä /._-]{0,9}[A-Za-z0-9]$/u),
  }),
);

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
      code: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/),
    }),
  ),
  unpublished: fc.array(fc.string(), { maxLength: 3 }),
  published: fc.array(fc.record({ target: place, secretName, at: instant }), { maxLength: 3 }),
  envelopeBytes: maybe(fc.nat(48 * 1024)),
});
