import type { Credential } from "../declaration/credential.ts";
import { SealringError } from "../errors.ts";
import type { ErrorClass } from "../errors.ts";
import type { PreparedGrant } from "../grants/prepared.ts";
import { formatInstant } from "../instant.ts";
import type { OpenEntry } from "../journal/entry.ts";
import { readAnswer } from "../oauth/answer.ts";
import { successOf } from "../oauth/token.ts";
import type { Exchange } from "../oauth/token.ts";
import type { RawAnswer } from "../oauth/token-set.ts";
import { abandonFor, startInTime } from "./intend.ts";
import type { Run } from "./run.ts";

export interface Burning {
  readonly credential: Credential;
  readonly entry: OpenEntry;
  readonly grant: PreparedGrant;
}

/** A success, not parsed yet: it is sealed first. One that was cut short may hold a refresh token, too. */
export interface Burnt {
  readonly answer: RawAnswer;
  /** What it was, if there turns out to be no token in it. */
  readonly otherwise: Reason;
}

/**
 * The one token request of a person's grant.
 * @throws SealringError with the class of what came back; the intent is given back then.
 */
export async function burn(run: Run, { credential, entry, grant }: Burning): Promise<Burnt> {
  await startInTime(run, entry);
  const exchange = await grant.burn().catch(async (error: unknown) => {
    await giveUp(run, entry, "not_needed");
    throw error;
  });
  const answer = successOf(exchange);
  if (answer === undefined) return giveBack(run, entry, await reasonOf(run, credential, exchange));
  const code = exchange.kind === "lost" ? `lost_${exchange.reason}` : "no_tokens";
  return { answer, otherwise: { class: exchange.kind === "lost" ? "transient" : "provider_drift", code } };
}

export interface Reason {
  readonly class: ErrorClass;
  readonly code: string;
}

async function reasonOf(
  run: Run,
  { provider, client, scopes }: Credential,
  exchange: Exchange,
): Promise<Reason> {
  if (exchange.kind !== "answered")
    return { class: "transient", code: `${exchange.kind}_${exchange.reason}` };
  const context = { provider, clientId: client.id, requestedScopes: scopes, replaces: undefined };
  const reading = await readAnswer(exchange.raw, { ...context, obtainedAt: run.clock.now() });
  if (reading.kind === "tokens") throw new SealringError("bug", "tokens were taken for a refusal");
  return { class: reading.errorClass, code: reading.code };
}

/** Nothing was granted: the intent is given back. */
export async function giveBack(run: Run, entry: OpenEntry, reason: Reason): Promise<never> {
  await giveUp(run, entry, reason.code);
  const { name } = entry;
  const what = reason.code.startsWith("lost_")
    ? "the provider's answer was lost, and with it what it may have granted"
    : "the provider granted nothing";
  const details = { hint: hintFor(name, reason), reason: reason.code };
  throw new SealringError(reason.class, `${name}: ${what} (${reason.code})`, details);
}

function hintFor(name: string, reason: Reason): string {
  if (reason.code === "access_denied") return "the person refused; authorize again when they agree";
  return reason.class === "client_misconfigured" ? clientHint(name) : `run: sealring authorize ${name}`;
}

/** What to do where the client itself is refused. */
export function clientHint(name: string): string {
  return (
    "compare client.id and the client secret with the provider's page, and how it wants them " +
    `(client.token_endpoint_auth_method); then run: sealring authorize ${name}`
  );
}

/** What ended the grant is what its owner has to hear of, not that the journal could not be told. */
async function giveUp(run: Run, entry: OpenEntry, code: string): Promise<void> {
  try {
    await abandonFor(run, entry, { code, error: undefined });
  } catch (error) {
    if (!(error instanceof SealringError)) throw error;
    run.progress.say(`${entry.name}: its intent could not be given back: ${error.message}`);
    run.progress.say(`  nobody else is at it after ${formatInstant(entry.intent.deadline)}`);
  }
}
