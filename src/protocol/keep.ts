import { envelopeSecretName } from "../declaration/credential.ts";
import type { Credential } from "../declaration/credential.ts";
import { encodeBox } from "../envelope/box.ts";
import { encodeEnvelope } from "../envelope/envelope.ts";
import type { Envelope } from "../envelope/envelope.ts";
import { fitEnvelope } from "../envelope/fit.ts";
import { pinsOf } from "../envelope/pins.ts";
import { sealForRecovery } from "../envelope/recovery.ts";
import { SealringError } from "../errors.ts";
import type { OpenEntry } from "../journal/entry.ts";
import type { RawAnswer } from "../oauth/token-set.ts";
import type { SealedValue } from "../github.ts";
import { Secret } from "../secret.ts";
import { pinnedProject } from "./run.ts";
import type { Run } from "./run.ts";

const KEY_BYTES = 32;

export interface Obtained {
  readonly credential: Credential;
  readonly entry: OpenEntry;
  readonly obtainedAt: Date;
  readonly answer: RawAnswer;
  /** The refresh token that was spent for it. */
  readonly replaces: Secret | undefined;
  /** The envelope before it, where this process has it. */
  readonly previous: Envelope | undefined;
  /** Of an authorization: it has proved the secret, which is to be stored as well. */
  readonly clientSecret: Secret | undefined;
}

/** An envelope in its sealed box: safe on this machine's disk, not yet in its store. */
export interface Sealed {
  readonly envelope: Envelope;
  readonly value: SealedValue;
  /** The copy for the recovery recipient, where the project has one. */
  readonly recovery: string | undefined;
  readonly clientSecret: SealedValue | undefined;
  readonly box: string;
  /** Of the envelope before it. */
  readonly previousKey: Secret | undefined;
}

/** Step 6: seals the raw answer, before anything parses it, and puts the box on this machine's disk. */
export async function sealAnswer(run: Run, obtained: Obtained): Promise<Sealed> {
  const { credential, entry } = obtained;
  const envelope = fitEnvelope(
    {
      name: credential.name,
      generation: entry.intent.generation,
      nonce: entry.intent.nonce,
      obtainedAt: obtained.obtainedAt,
      pins: pinsOf(credential, pinnedProject(run)),
      replaces: obtained.replaces,
      requestedScopes: requestedScopes(obtained),
      answer: obtained.answer,
      key: new Secret(Buffer.from(run.random(KEY_BYTES)).toString("base64")),
    },
    credential.provider,
  );
  run.progress.mask(envelope.key);
  const value = await run.sealer.seal(run.envelopeStore, encodeEnvelope(envelope));
  const recovery = await recoveryCopy(run, envelope);
  const clientSecret = await sealedClientSecret(run, obtained);
  return keep(run, { envelope, value, recovery, clientSecret, previousKey: obtained.previous?.key });
}

async function sealedClientSecret(run: Run, { clientSecret }: Obtained): Promise<SealedValue | undefined> {
  if (clientSecret === undefined) return undefined;
  return orWithout(run, "the client secret", run.sealer.seal(run.envelopeStore, clientSecret));
}

/** What only goes along with an envelope must not cost it, once its token is spent. */
async function orWithout<Value>(run: Run, what: string, value: Promise<Value>): Promise<Value | undefined> {
  try {
    return await value;
  } catch (error) {
    if (!(error instanceof SealringError)) throw error;
    run.progress.say(`${what} could not be sealed: ${error.message}; going on without`);
    return undefined;
  }
}

async function recoveryCopy(run: Run, envelope: Envelope): Promise<string | undefined> {
  const { recoveryRecipient } = run.project;
  if (recoveryRecipient === undefined) return undefined;
  return orWithout(run, "the recovery copy", sealForRecovery(encodeEnvelope(envelope), recoveryRecipient));
}

/** A refresh asks for no scope and gets those of the authorization, whatever is declared by now (RFC 6749 §6). */
function requestedScopes({ credential, previous }: Obtained): readonly string[] {
  const asksAgain = previous === undefined || credential.grant === "client_credentials";
  return asksAgain ? credential.scopes : previous.requestedScopes;
}

/** The same, sealed to the key that the store is known to have now: nobody could open the box of an old one. */
export async function resealed(run: Run, sealed: Sealed): Promise<Sealed> {
  try {
    const value = await run.sealer.seal(run.envelopeStore, encodeEnvelope(sealed.envelope));
    return value.keyId === sealed.value.keyId ? sealed : await keep(run, { ...sealed, value });
  } catch (error) {
    if (!(error instanceof SealringError)) throw error;
    return sealed;
  }
}

async function keep(run: Run, sealed: Omit<Sealed, "box">): Promise<Sealed> {
  const { envelope, value, recovery, clientSecret, previousKey } = sealed;
  const { name, generation, nonce } = envelope;
  const box = encodeBox(
    { credential: name, generation, nonce, sealed: value, recovery, clientSecret },
    previousKey,
  );
  await writeToDisk(run, name, box);
  return { ...sealed, box };
}

/** A full disk is no reason to lose what can still be stored. */
async function writeToDisk(run: Run, name: string, box: string): Promise<void> {
  try {
    await run.disk.write(name, box);
  } catch {
    run.progress.say(`${name}: the sealed box could not be written to this machine's disk; going on without`);
  }
}

/** Removes a box from this machine's disk: one without a token, that nobody must replay, or one that is stored. */
export async function dropBox(run: Run, name: string): Promise<void> {
  try {
    await run.disk.remove(name);
  } catch {
    run.progress.say(`${name}: its sealed box could not be removed from this machine's disk`);
  }
}

/**
 * Step 7: puts the envelope into its store.
 * @throws SealringError `store_refused`, `rate_limited` or `transient` when the store did not take it.
 */
export function storeEnvelope(
  run: Run,
  credential: Credential,
  sealed: Sealed,
): Promise<"created" | "updated"> {
  return run.sealer.put(run.envelopeStore, {
    name: envelopeSecretName(credential.name),
    box: sealed.value,
    reseal: () => run.sealer.seal(run.envelopeStore, encodeEnvelope(sealed.envelope)),
  });
}
