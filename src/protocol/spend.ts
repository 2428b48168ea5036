import type { Envelope } from "../envelope/envelope.ts";
import { SealringError } from "../errors.ts";
import { formatInstant } from "../instant.ts";
import type { EntryError, OpenEntry } from "../journal/entry.ts";
import { holdIntent, needsAuthorization } from "../journal/moves.ts";
import { isWellFormed, readAnswer } from "../oauth/answer.ts";
import type { Reading } from "../oauth/answer.ts";
import { clientCredentials, refresh, successOf } from "../oauth/token.ts";
import type { Exchange } from "../oauth/token.ts";
import type { RawAnswer } from "../oauth/token-set.ts";
import type { Rotation } from "../providers/provider.ts";
import { clientHint } from "./burn.ts";
import { abandon, holdDeadline, startInTime, writeOwn } from "./intend.ts";
import { dropBox } from "./keep.ts";
import { partyOf, readTokens } from "./load.ts";
import type { LiveTokens, Loaded } from "./load.ts";
import { refreshCommand } from "./run.ts";
import type { Run } from "./run.ts";
import { dispatchCommand } from "../workflow/dispatch.ts";
import { isSafeToRepeat, repeats, wasProbed } from "./settle.ts";

const SENDS = 3;
const FIRST_PAUSE_MILLISECONDS = 1_000;

/** What came with a success status: not parsed yet, to be sealed first. */
export interface Received {
  readonly answer: RawAnswer;
  readonly obtainedAt: Date;
}

/**
 * Step 5: one token request. It is sent again only when it provably never left, or where the provider's rotation makes
 * that safe.
 * @throws SealringError with the class of what came back, after the journal knows of it.
 */
export async function spend(run: Run, loaded: Loaded, entry: OpenEntry): Promise<Received> {
  await startInTime(run, entry);
  await repeatInTime(run, { loaded, entry });
  for (let sent = 1; ; sent += 1) {
    const exchange = await send(run, loaded);
    const obtainedAt = run.clock.now();
    // Of a success that was cut short, too: a refresh token may be in what arrived.
    const answer = successOf(exchange);
    if (answer !== undefined) return { answer, obtainedAt };
    if (sent === SENDS || !maySendAgain(run, exchange, { loaded, entry })) {
      return await fail(run, { loaded, entry, exchange });
    }
    await run.clock.sleep(FIRST_PAUSE_MILLISECONDS * sent);
    holdDeadline(run, entry);
    // A grace period may have ended meanwhile.
    if (!maySendAgain(run, exchange, { loaded, entry })) return await fail(run, { loaded, entry, exchange });
  }
}

/** A grace period may have ended since it was decided to send the token again: then its answer is lost as before. */
async function repeatInTime(run: Run, { loaded, entry }: Attempt): Promise<void> {
  const { name, intent } = entry;
  if (intent.kind === "probe" || !repeats(intent)) return;
  if (isSafeToRepeat(rotationOf(loaded), intent, run.clock.now())) return;
  await abandon(run, entry, undefined);
  throw new SealringError("transient", `${name}: the time to send its refresh token again is over`, {
    hint: "nothing to do: the next run goes on from there",
  });
}

function send(run: Run, loaded: Loaded): Promise<Exchange> {
  const { credential, live } = loaded;
  const party = partyOf(loaded);
  if (credential.grant === "client_credentials") return clientCredentials(run.http, party, credential.scopes);
  if (live.refreshToken === undefined) throw noRefreshToken(credential.name);
  return refresh(run.http, party, live.refreshToken);
}

/** Nothing to refresh with: only another authorization brings a token. */
export function noRefreshToken(name: string): SealringError {
  return new SealringError(
    "reauthorization_required",
    `${name} is due and the provider gave no refresh token`,
    {
      hint: `run: sealring authorize ${name}`,
    },
  );
}

/** A token request that is under way: what it was made from, and the intent that it was made under. */
export interface Attempt {
  readonly loaded: Loaded;
  readonly entry: OpenEntry;
}

function maySendAgain(run: Run, exchange: Exchange, { loaded, entry }: Attempt): boolean {
  if (run.stop.aborted) return false;
  if (exchange.kind === "not_sent") return true;
  if (exchange.raw !== undefined && isWellFormed(exchange.raw, loaded.credential.provider)) return false;
  return isSafeToRepeat(rotationOf(loaded), entry.intent, run.clock.now());
}

/** A client credentials grant spends nothing. */
export function rotationOf({ credential }: Loaded): Rotation {
  return credential.grant === "client_credentials" ? { kind: "none" } : credential.provider.rotation;
}

type Failed = Attempt & { readonly exchange: Exchange };

/** Writes what became of the request into the journal, and throws it. */
async function fail(run: Run, { loaded, entry, exchange }: Failed): Promise<never> {
  const { name } = entry;
  if (exchange.kind === "not_sent") {
    await abandon(run, entry, { class: "transient", code: `not_sent_${exchange.reason}` });
    throw unreachable(run, name, exchange.reason);
  }
  // A refusal that is there to the end counts, though the connection broke off behind it.
  const { raw } = exchange;
  if (raw !== undefined && isWellFormed(raw, loaded.credential.provider))
    return refused(run, entry, await judge(loaded, raw, run.clock.now()));
  const code = exchange.kind === "lost" ? `lost_${exchange.reason}` : `http_${String(exchange.raw.status)}`;
  return lost(run, { loaded, entry }, code);
}

/**
 * Step 8, first half: parses what was sealed. A success that holds neither an access token nor a refresh token is an
 * OAuth error after all, or as good as a lost answer.
 * @throws SealringError as `spend` does.
 */
export async function parse(run: Run, attempt: Attempt, envelope: Envelope): Promise<LiveTokens> {
  const { loaded, entry } = attempt;
  const live = await readTokens(run, loaded.credential, envelope);
  if (live.tokens !== undefined || live.refreshToken !== undefined) return live;
  await dropBox(run, entry.name);
  if (!isWellFormed(envelope.answer, loaded.credential.provider))
    return lost(run, attempt, live.code ?? "not_oauth");
  return refused(run, entry, await judge(loaded, envelope.answer, envelope.obtainedAt));
}

function unreachable(run: Run, name: string, reason: string): SealringError {
  return new SealringError(
    "transient",
    `${name}: the token endpoint cannot be reached (${reason}); nothing was sent`,
    {
      hint: `run: ${refreshCommand(run, name)}`,
    },
  );
}

async function lost(run: Run, { loaded, entry }: Attempt, code: string): Promise<never> {
  const { name } = entry;
  const rotation = rotationOf(loaded);
  if (rotation.kind === "none" || rotation.kind === "old_stays_valid") {
    await abandon(run, entry, { class: "transient", code });
    throw new SealringError(
      "transient",
      `${name}: the token endpoint gave no answer that counts (${code}); no token was lost`,
      {
        hint: `run: ${refreshCommand(run, name)}`,
      },
    );
  }
  const error: EntryError = { class: "ambiguous", code };
  const held = holdIntent(entry, { phase: "ambiguous", at: run.clock.now(), error });
  const { generation } = entry.intent;
  await writeOwn(run, held, { event: { kind: "ambiguous", generation, code } });
  throw ambiguous(run, entry, code);
}

/** Nobody knows whether the refresh token was used; consumers keep the access token meanwhile. */
export function ambiguous(
  { workflowFile }: Pick<Run, "workflowFile">,
  { name, intent, expiresAt }: OpenEntry,
  code: string,
): SealringError {
  const until = expiresAt === undefined ? "" : `; the access token works until ${formatInstant(expiresAt)}`;
  const probed = wasProbed(intent);
  const lost = `the answer to its refresh was lost (${code})${probed ? ", and that to its one probe" : ""}`;
  const command = dispatchCommand({ workflowFile, credential: name, command: "refresh --probe" });
  const probe = `, or try the old token with: ${command}`;
  return new SealringError("ambiguous", `${name}: ${lost}${until}`, {
    hint: `run: sealring authorize ${name}${probed ? "" : probe}`,
  });
}

function judge({ credential }: Loaded, raw: RawAnswer, obtainedAt: Date): Promise<Reading> {
  const { provider, client, scopes } = credential;
  return readAnswer(raw, {
    provider,
    clientId: client.id,
    requestedScopes: scopes,
    obtainedAt,
    replaces: undefined,
  });
}

/** An answer that counts and is no success: permanent ones end the credential until somebody authorizes again. */
async function refused(run: Run, entry: OpenEntry, reading: Reading): Promise<never> {
  if (reading.kind === "tokens")
    throw new SealringError("bug", `${entry.name}: a success was read as a refusal`);
  const { errorClass, code } = reading;
  const error: EntryError = { class: errorClass, code };
  const { name } = entry;
  if (errorClass === "transient" || errorClass === "rate_limited") {
    await abandon(run, entry, error);
    throw new SealringError(errorClass, `${name}: the provider refused for now (${code})`, {
      hint: `run later: ${refreshCommand(run, name)}`,
    });
  }
  const { generation } = entry.intent;
  await writeOwn(run, needsAuthorization(entry, error), {
    event: { kind: "person_needed", generation, code },
  });
  throw new SealringError(errorClass, `${name}: the provider refused the refresh (${code})`, {
    hint: errorClass === "client_misconfigured" ? clientHint(name) : `run: sealring authorize ${name}`,
  });
}
