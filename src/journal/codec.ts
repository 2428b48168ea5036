import { SealringError } from "../errors.ts";
import type { ErrorClass } from "../errors.ts";
import { INTENT_KINDS, PHASES } from "./entry.ts";
import type { EntryError, Intent, JournalEntry, Owner } from "./entry.ts";

const ERROR_CLASSES: readonly ErrorClass[] = [
  "transient",
  "rate_limited",
  "ambiguous",
  "stale",
  "reauthorization_required",
  "client_misconfigured",
  "provider_drift",
  "store_refused",
];

/** The entry as the text of its file: stable key order, RFC 3339 in UTC, a newline at the end. */
export function encodeEntry(entry: JournalEntry): string {
  const file = {
    version: 1,
    name: entry.name,
    generation: entry.generation,
    nonce: entry.nonce ?? null,
    issued: entry.issued,
    intent: entry.intent === undefined ? null : encodeIntent(entry.intent),
    phase: entry.phase,
    authorized_at: entry.authorizedAt ?? null,
    refreshed_at: entry.refreshedAt ?? null,
    committed_at: entry.committedAt ?? null,
    expires_at: entry.expiresAt ?? null,
    scope: entry.scope?.join(" ") ?? null,
    run_url: entry.runUrl ?? null,
    box_run: entry.boxRun ?? null,
    error: entry.error ?? null,
    unpublished: entry.unpublished,
  };
  return `${JSON.stringify(file, undefined, 2)}\n`;
}

function encodeIntent(intent: Intent): object {
  return {
    generation: intent.generation,
    kind: intent.kind,
    owner: encodeOwner(intent.owner),
    nonce: intent.nonce,
    opened_at: intent.openedAt,
    deadline: intent.deadline,
    released_at: intent.releasedAt ?? null,
    replaces: intent.replaces === undefined ? null : encodeIntent(intent.replaces),
    resumes: intent.resumes,
  };
}

function encodeOwner(owner: Owner): object {
  return owner.kind === "run"
    ? { kind: "run", run_id: owner.runId, run_attempt: owner.attempt, job_id: owner.jobId ?? null }
    : { kind: "process" };
}

/**
 * Reads the text of a credential's file.
 * @throws SealringError `reauthorization_required` when it is not an entry: whoever edited the branch by hand has to
 *   put it back, or the credential is authorized again.
 */
export function decodeEntry(name: string, text: string): JournalEntry {
  try {
    return readEntry(name, record(JSON.parse(text)));
  } catch (error) {
    throw new SealringError(
      "reauthorization_required",
      `the journal's credentials/${name}.json cannot be read: it was changed by something other than sealring`,
      { hint: `restore the file on the state branch, or run: sealring authorize ${name}`, cause: error },
    );
  }
}

function readEntry(name: string, file: Fields): JournalEntry {
  if (file["version"] !== 1 || file["name"] !== name) throw new TypeError("version or name");
  return {
    name,
    generation: count(file["generation"]),
    nonce: optional(file["nonce"], text),
    issued: count(file["issued"]),
    intent: optional(file["intent"], (value) => readIntent(value)),
    phase: oneOf(PHASES, file["phase"]),
    authorizedAt: optional(file["authorized_at"], instant),
    refreshedAt: optional(file["refreshed_at"], instant),
    committedAt: optional(file["committed_at"], instant),
    expiresAt: optional(file["expires_at"], instant),
    scope: optional(file["scope"], (value) =>
      like(/^[ !-~]*$/, value)
        .split(" ")
        .filter(Boolean),
    ),
    runUrl: optional(file["run_url"], (value) => like(/^https?:\/\/[!-~]{1,500}$/, value)),
    boxRun: optional(file["box_run"], (value) => like(GITHUB_ID, value)),
    error: optional(file["error"], readError),
    unpublished: list(file["unpublished"]).map(text),
  };
}

function readIntent(value: unknown): Intent {
  const file = record(value);
  return {
    generation: count(file["generation"]),
    kind: oneOf(INTENT_KINDS, file["kind"]),
    owner: readOwner(record(file["owner"])),
    nonce: text(file["nonce"]),
    openedAt: instant(file["opened_at"]),
    deadline: instant(file["deadline"]),
    releasedAt: optional(file["released_at"], instant),
    replaces: optional(file["replaces"], readIntent),
    resumes: oneOf(PHASES, file["resumes"]),
  };
}

function readOwner(file: Fields): Owner {
  if (file["kind"] === "process") return { kind: "process" };
  if (file["kind"] !== "run") throw new TypeError("owner");
  return {
    kind: "run",
    runId: like(GITHUB_ID, file["run_id"]),
    attempt: count(file["run_attempt"]),
    jobId: optional(file["job_id"], (value) => like(GITHUB_ID, value)),
  };
}

function readError(value: unknown): EntryError {
  const file = record(value);
  return { class: oneOf(ERROR_CLASSES, file["class"]), code: like(/^[a-z][a-z0-9_.-]{0,63}$/, file["code"]) };
}

type Fields = Readonly<Record<string, unknown>>;

function record(value: unknown): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new TypeError("object");
  return value as Fields;
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError("list");
  return value;
}

/** What is printed later: nothing that a terminal, a runner or a page would take for more than text. */
function like(form: RegExp, value: unknown): string {
  if (!form.test(text(value))) throw new TypeError(form.source);
  return text(value);
}

function text(value: unknown): string {
  if (typeof value !== "string") throw new TypeError("text");
  return value;
}

/** Of a run or a job. */
export const GITHUB_ID = /^[0-9]{1,20}$/;

/** Far more than any credential comes to, and far from where numbers stop to count. */
const MAX_COUNT = 1_000_000_000;

function count(value: unknown): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0 || value > MAX_COUNT) {
    throw new TypeError("count");
  }
  return value;
}

function instant(value: unknown): Date {
  const date = new Date(text(value));
  if (Number.isNaN(date.getTime())) throw new TypeError("instant");
  return date;
}

function oneOf<T extends string>(allowed: readonly T[], value: unknown): T {
  const found = allowed.find((item) => item === value);
  if (found === undefined) throw new TypeError(`one of ${allowed.join(", ")}`);
  return found;
}

function optional<T>(value: unknown, read: (value: unknown) => T): T | undefined {
  return value === null || value === undefined ? undefined : read(value);
}
