import { envelopeSecretName } from "../declaration/credential.ts";
import type { Credential } from "../declaration/credential.ts";
import { SealringError } from "../errors.ts";
import { revokeCredential } from "../protocol/revoke.ts";
import type { Revoked } from "../protocol/revoke.ts";
import { declare, faulty, named, startRuns } from "./context.ts";
import type { Ports, Report } from "./context.ts";

/** Revoked here, or by a job that was asked to: outside a job nobody can read the tokens. */
export type RevokeResult =
  | Revoked
  | {
      readonly credential: string;
      readonly outcome: "dispatched";
      readonly exit: 0;
      readonly workflow: string;
    };

/**
 * `sealring revoke`: ends the grant at the provider and removes the secrets.
 * @throws SealringError with the class of what stopped it.
 */
export async function revoke(ports: Ports, name: string): Promise<Report<RevokeResult>> {
  const declaring = declare(ports);
  if (declaring.kind === "faulty") return faulty("revoke", declaring.faults);
  const { declared } = declaring;
  const credential = named(declared.credentials, name);
  const run = (await startRuns(ports, declared, [credential]))(credential);
  if (ports.secrets.read(envelopeSecretName(name)) === undefined) {
    if (ports.self.owner.kind === "run") throw notGiven(name);
    const workflow = run.workflowFile;
    await run.github.runs.dispatch(workflow, { command: "revoke", credential: name });
    const result = { credential: name, outcome: "dispatched", exit: 0, workflow } as const;
    return { command: "revoke", exit: 0, results: [result], faults: [] };
  }
  const clientSecret = alsoUsedBy(declared.credentials, credential).length > 0 ? "keep" : "remove";
  const result = await revokeCredential(run, { credential, clientSecret });
  return { command: "revoke", exit: result.exit, results: [result], faults: [] };
}

/** The other credentials, by name, that have the same client secret: it outlives this one. */
export function alsoUsedBy(
  credentials: readonly Credential[],
  { name, client }: Credential,
): readonly string[] {
  if (client.secretName === undefined) return [];
  return credentials
    .filter((other) => other.name !== name && other.client.secretName === client.secretName)
    .map((other) => other.name);
}

function notGiven(name: string): SealringError {
  return new SealringError("usage", `this job was not given ${envelopeSecretName(name)}`, {
    hint: `add it to the step's env: ${envelopeSecretName(name)}: \${{ secrets.${envelopeSecretName(name)} }}`,
  });
}
