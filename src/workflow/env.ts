import { envelopeSecretName } from "../declaration/credential.ts";
import type { Credential, Project } from "../declaration/credential.ts";
import type { JobSource } from "./source.ts";
import { quoted } from "./yaml.ts";

/** What the person who started the run asked for. It reaches the shell as variables only, never as its text. */
export const INPUTS = [
  "SEALRING_COMMAND: ${{ inputs.command || 'refresh' }}",
  "SEALRING_NAME: ${{ inputs.credential }}",
  "SEALRING_FORCE: ${{ inputs.force }}",
];

/** The lines under `env` of a step that runs sealring for these credentials: each secret by its name, and no other. */
export function environmentOf(
  { project, environment }: JobSource,
  credentials: readonly Credential[],
): readonly string[] {
  const clientSecrets = credentials.flatMap(({ client }) => client.secretName ?? []);
  return [
    `SEALRING_ENVIRONMENT: ${quoted(environment ?? "")}`,
    ...signIn(project),
    "SEALRING_JOB_ID: ${{ job.check_run_id }} # by which other runs learn that this job has ended",
    ...credentials.map(({ name }) => secret(envelopeSecretName(name))),
    ...[...new Set(clientSecrets)].toSorted().map(secret),
  ];
}

/** Where an App signs in it does everything: a ruleset may let it alone write the journal. */
function signIn({ app }: Project): readonly string[] {
  if (app !== undefined) return [secret(app.privateKeyName)];
  return [secret("SEALRING_GITHUB_TOKEN"), "SEALRING_JOURNAL_TOKEN: ${{ github.token }}"];
}

function secret(name: string): string {
  return `${name}: \${{ secrets.${name} }}`;
}
