import { EXIT, exitOf, SealringError } from "../errors.ts";
import type { ErrorClass, ErrorCode, ExitCode } from "../errors.ts";
import type { JournalEntry } from "../journal/entry.ts";
import type { Warning } from "../lifetime.ts";
import type { LiveTokens, Loaded } from "./load.ts";
import { isMissing } from "./publish.ts";
import type { Publication } from "./publish.ts";
import { refreshCommand } from "./run.ts";
import type { Run } from "./run.ts";

/** What a refresh came to. `due` only in a dry run: it would have been refreshed. */
export type Outcome = "refreshed" | "fresh" | "recovered" | "pending" | "due" | ErrorClass;

export interface CredentialResult {
  readonly credential: string;
  readonly outcome: Outcome | Extract<ErrorCode, "interrupted" | "usage">;
  readonly exit: ExitCode;
  /** The committed one; undefined where it is not known. */
  readonly generation: number | undefined;
  readonly expiresAt: Date | undefined;
  readonly destinations: readonly Publication[];
  readonly message: string | undefined;
  readonly hint: string | undefined;
  /** Its refresh token ends soon, though it works still. */
  readonly warning: Warning | undefined;
}

export interface Reached {
  readonly generation: number;
  readonly live: LiveTokens;
  readonly publications: readonly Publication[];
}

/** The result of a credential whose envelope is in its store. */
export function reached(
  credential: string,
  outcome: Outcome,
  { generation, live, publications }: Reached,
): CredentialResult {
  const missing = publications.filter(isMissing);
  return {
    credential,
    outcome,
    exit: missing.length === 0 ? EXIT.done : EXIT.pending,
    generation,
    expiresAt: live.tokens?.expiresAt,
    destinations: publications,
    message:
      missing.length === 0 ? undefined : `${String(missing.length)} of its outputs could not be written`,
    hint: missing.length === 0 ? undefined : "the next run publishes them again, without another refresh",
    warning: undefined,
  };
}

/** A credential that needs nothing, or nothing more. */
export function fresh(
  { credential, envelope, live }: Loaded,
  publications: readonly Publication[],
): CredentialResult {
  return reached(credential.name, "fresh", { generation: envelope.generation, live, publications });
}

/** A credential of which the journal says that nothing is wanting. */
export function well({ name, generation }: JournalEntry): CredentialResult {
  const said = { message: undefined, hint: undefined };
  return { ...nothing, ...said, credential: name, outcome: "fresh", exit: EXIT.done, generation };
}

/** What a dry run would have done. */
export function dry({ credential, envelope, live }: Loaded, outcome: "due" | "recovered"): CredentialResult {
  return reached(credential.name, outcome, { generation: envelope.generation, live, publications: [] });
}

/** The result of a credential that was refreshed, and whose envelope waits in its sealed box. */
export function pending(
  credential: string,
  { message, hint }: { readonly message: string; readonly hint: string },
): CredentialResult {
  return { ...nothing, credential, outcome: "pending", exit: EXIT.pending, message, hint };
}

/** Stopped by a signal or a deadline before anything was sent. */
export function interrupted(run: Run, name: string): SealringError {
  return new SealringError("interrupted", `${name}: stopped before anything was sent`, {
    hint: `run: ${refreshCommand(run, name)}`,
  });
}

/** The result of a credential that stopped. Anything but a SealringError is a bug and goes on. */
export function stopped(credential: string, error: unknown): CredentialResult {
  if (!(error instanceof SealringError) || error.code === "bug" || error.code === "faulty_declaration")
    throw error;
  const { code, message, hint } = error;
  return { ...nothing, credential, outcome: code, exit: exitOf(code), message, hint };
}

const nothing = { generation: undefined, expiresAt: undefined, destinations: [], warning: undefined };
