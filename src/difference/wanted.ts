import { envelopeSecretName, envelopeStore } from "../declaration/credential.ts";
import type { Credential, Project } from "../declaration/credential.ts";
import type { StorePlace, StoreTarget } from "../github.ts";
import { CANARY_NAME } from "../stores/prove.ts";
import { signInSecret } from "../stores/sign-in.ts";
import { storeKeyOf } from "../stores/targets.ts";

/** A file that sealring makes from the declarations, or brings along. */
export interface WantedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly kind: "workflow" | "action";
}

/** What the declarations ask for. */
export interface Wanted {
  readonly project: Project;
  readonly repository: string;
  readonly credentials: readonly Credential[];
  readonly files: readonly WantedFile[];
  /** What `apply` does about outputs that sealring wrote and nobody declares any more. */
  readonly orphans: "keep" | "prune";
}

/** A store of envelopes, and the credentials that keep theirs there. */
export interface Home {
  /** null: repository secrets. */
  readonly environment: string | null;
  readonly target: StoreTarget;
  readonly credentials: readonly Credential[];
}

/** The stores of envelopes, sorted. GitHub compares the names of environments without case. */
export function homesOf({ credentials, repository }: Wanted): readonly Home[] {
  const homes = new Map<string, Home>();
  for (const credential of credentials) {
    const target = envelopeStore(credential.environment, repository);
    const { environment, credentials: others } = homes.get(storeKeyOf(target)) ?? {
      environment: credential.environment,
      credentials: [],
    };
    homes.set(storeKeyOf(target), { environment, target, credentials: [...others, credential] });
  }
  return [...homes].sort(byKey).map(([, home]) => home);
}

/** The secrets that sealring keeps in a store of envelopes. */
export function ownSecretsOf(home: Home, project: Project): readonly string[] {
  const names = home.credentials.flatMap(({ name, client }) => [
    envelopeSecretName(name),
    ...(client.secretName === undefined ? [] : [client.secretName]),
  ]);
  return [...new Set([CANARY_NAME, signInSecret(project), ...names])].sort();
}

/** An output at one of its destinations. */
export interface WantedOutput {
  readonly credential: Credential;
  readonly target: StoreTarget;
  readonly secretName: string;
}

export function outputsOf({ credentials }: Pick<Wanted, "credentials">): readonly WantedOutput[] {
  return credentials.flatMap((credential) =>
    credential.destinations.flatMap((target) =>
      credential.outputs.map(({ secretName }) => ({ credential, target, secretName })),
    ),
  );
}

/** The same for two outputs that are one secret. GitHub compares all of these names without case. */
export function outputKey(target: StorePlace, secretName: string): string {
  return `${storeKeyOf(target)} ${secretName.toLowerCase()}`;
}

/** Every store that is written to, by `storeKeyOf`. */
export function targetsOf(wanted: Wanted): ReadonlyMap<string, StoreTarget> {
  const targets = [...homesOf(wanted), ...outputsOf(wanted)].map(({ target }) => target);
  return new Map(targets.map((target) => [storeKeyOf(target), target] as const).sort(byKey));
}

function byKey([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}
