import { SealringError } from "../errors.ts";
import type { StoreTarget } from "../github.ts";
import type { Secret } from "../secret.ts";
import type { NewClient } from "../adding/credential.ts";
import { declare, named, startRuns } from "./context.ts";
import type { Ports } from "./context.ts";

/** What became of a new credential's client secret. */
export type ClientSecretOutcome =
  /** A public client. */
  | { readonly kind: "none" }
  | { readonly kind: "sealed"; readonly secretName: string; readonly target: StoreTarget }
  /** `sealring authorize` asks for it. The reason is undefined where nobody gave one. */
  | { readonly kind: "left"; readonly secretName: string; readonly reason: string | undefined };

/** The client secret from the variable of its name, else from the person; undefined: neither has it. */
export async function clientSecretAtHand(
  { secrets, prompt, progress }: Pick<Ports, "secrets" | "prompt" | "progress">,
  { secretName, authMethod }: Pick<NewClient, "secretName" | "authMethod">,
): Promise<Secret | undefined> {
  if (secretName === undefined) return undefined;
  const known = secrets.read(secretName);
  if (known !== undefined || !prompt.interactive) return known;
  const what = authMethod === "private_key_jwt" ? "The client's private key, as a JWK" : "Client secret";
  const typed = await prompt.hidden(`${what}, sealed and never written (Enter: later)`);
  if (typed.reveal() === "") return undefined;
  progress.mask(typed);
  return typed;
}

/** A credential whose file is written by now, and its client secret's name; undefined: a public client. */
export interface Declaring {
  readonly name: string;
  readonly secretName: string | undefined;
}

/** Seals the client secret into the store where the refresh job reads it. Where GitHub does not take it, says why. */
export async function sealClientSecret(
  ports: Ports,
  { name, secretName }: Declaring,
  secret: Secret | undefined,
): Promise<ClientSecretOutcome> {
  if (secretName === undefined) return { kind: "none" };
  if (secret === undefined) return { kind: "left", secretName, reason: undefined };
  try {
    const { sealer, envelopeStore: target } = await runOf(ports, name);
    await sealer.sealAndPut(target, secretName, secret);
    return { kind: "sealed", secretName, target };
  } catch (error) {
    if (!(error instanceof SealringError)) throw error;
    return { kind: "left", secretName, reason: error.message };
  }
}

async function runOf(ports: Ports, name: string) {
  const declaring = declare(ports);
  if (declaring.kind === "faulty") {
    throw new SealringError("faulty_declaration", "another declaration is faulty");
  }
  const { declared } = declaring;
  const credential = named(declared.credentials, name);
  return (await startRuns(ports, declared, [credential]))(credential);
}
