import { envelopeSecretName } from "../declaration/credential.ts";
import type { StoredSecret } from "../github.ts";
import type { Run } from "./run.ts";

/** What GitHub tells of a credential's envelope: that it is there, and since when. */
export async function storedEnvelope(run: Run, name: string): Promise<StoredSecret | undefined> {
  const { secrets } = await run.github.stores.room(run.envelopeStore);
  return secrets.find((secret) => secret.name.toUpperCase() === envelopeSecretName(name));
}
