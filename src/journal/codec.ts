import { SealringError } from "../errors.ts";
import type { ErrorClass } from "../errors.ts";
import { INTENT_KINDS, PHASES } from "./entry.ts";
import type { EntryError, Intent, JournalEntry, Owner } from "./entry.ts";
import { count, instant, like, list, oneOf, optional, record, text } from "./fields.ts";
import type { Fields } from "./fields.ts";
import { encodePublished, readPublished } from "./published.ts";

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
    published: entry.published.map(encodePublished),
    envelope_bytes: entry.envelopeBytes ?? null,
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
    published: list(file["published"] ?? []).map(readPublished),
    envelopeBytes: optional(file["envelope_bytes"], count),
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

/** As a provider's `errors` may declare it, a number included. */
const CODE = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;

function readError(value: unknown): EntryError {
  const file = record(value);
  return { class: oneOf(ERROR_CLASSES, file["class"]), code: like(CODE, file["code"]) };
}

/** Of a run or a job. */
export const GITHUB_ID = /^[0-9]{1,20}$/;
