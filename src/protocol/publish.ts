import type { Credential, Output } from "../declaration/credential.ts";
import { SealringError } from "../errors.ts";
import type { ErrorCode } from "../errors.ts";
import type { TokenSet } from "../oauth/token-set.ts";
import type { StorePlace, StoreTarget } from "../github.ts";
import { Secret } from "../secret.ts";
import type { JournalEntry, OpenEntry } from "../journal/entry.ts";
import { isPublished } from "../journal/published.ts";
import { describeTarget } from "../stores/targets.ts";
import { holdDeadline } from "./intend.ts";
import type { LiveTokens } from "./load.ts";
import type { Run } from "./run.ts";

/** What became of one output at one destination. */
export interface Publication {
  readonly target: StorePlace;
  readonly secret: string;
  readonly outcome: "created" | "updated" | "skipped" | ErrorCode;
  readonly message: string | undefined;
  readonly hint: string | undefined;
}

export interface ToPublish {
  readonly credential: Credential;
  /** With the intent under which it is done. */
  readonly entry: OpenEntry;
  readonly live: LiveTokens;
}

/** Step 8, second half: the outputs to every destination. Each is reported; one failure stops no other. */
export async function publishLive(
  run: Run,
  { credential, entry, live: { tokens } }: ToPublish,
): Promise<readonly Publication[]> {
  // The envelope's answer brought no access token.
  if (tokens === undefined) return [];
  const pairs = credential.destinations.flatMap((target) =>
    credential.outputs.map((output) => ({ target, output })),
  );
  return Promise.all(pairs.map((pair) => publishOne(run, { ...pair, entry, tokens })));
}

interface Item {
  readonly target: StoreTarget;
  readonly output: Output;
  readonly entry: OpenEntry;
  readonly tokens: TokenSet;
}

async function publishOne(run: Run, { target, output, entry, tokens }: Item): Promise<Publication> {
  const value = valueOf(output, tokens);
  // Past its deadline a process may be overwriting what another has published since.
  const before = () => {
    holdDeadline(run, entry);
  };
  if (value !== undefined) return putSecret(run, { target, name: output.secretName, value, before });
  const message = `the provider gave no ${output.field}`;
  return { target, secret: output.secretName, outcome: "skipped", message, hint: undefined };
}

interface ToPut {
  readonly target: StoreTarget;
  readonly name: string;
  readonly value: Secret;
  /** Throws where it may not be written any more. */
  readonly before: () => void;
}

/** Writes one secret, and says what became of it instead of throwing. */
export async function putSecret(run: Run, { target, name, value, before }: ToPut): Promise<Publication> {
  const at = { target, secret: name };
  try {
    before();
    const outcome = await run.sealer.sealAndPut(target, name, value);
    return { ...at, outcome, message: undefined, hint: undefined };
  } catch (error) {
    if (!(error instanceof SealringError)) throw error;
    return { ...at, outcome: error.code, message: error.message, hint: error.hint };
  }
}

function valueOf({ field }: Output, tokens: TokenSet): Secret | undefined {
  switch (field) {
    case "access_token":
      return tokens.accessToken;
    case "id_token":
      return tokens.idToken;
    case "expires_at":
      return tokens.expiresAt === undefined ? undefined : new Secret(tokens.expiresAt.toISOString());
    case "scope":
      return tokens.scope === undefined ? undefined : new Secret(tokens.scope.join(" "));
    case "token_type":
      return new Secret(tokens.tokenType);
  }
}

/** Whether an output is to be written though nothing is due: a destination did not take it, or it was declared since. */
export function hasUnpublished(
  credential: Credential,
  entry: JournalEntry,
  tokens: TokenSet | undefined,
): boolean {
  if (tokens === undefined) return false;
  const outputs = credential.outputs.filter((output) => valueOf(output, tokens) !== undefined);
  const isNew = (target: StorePlace) =>
    outputs.some(({ secretName }) => !isPublished(entry, { target, secretName }));
  return entry.unpublished.length > 0 || credential.destinations.some(isNew);
}

/** What became of it, in a line. */
export function publicationLine({ secret, target, outcome }: Publication): string {
  return `${secret}: ${outcome} in ${describeTarget(target)}`;
}

/** Whether an output is still missing at its destination. A skipped one has no value to write. */
export function isMissing({ outcome }: Publication): boolean {
  return outcome !== "created" && outcome !== "updated" && outcome !== "skipped";
}
