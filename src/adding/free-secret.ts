import { loadDeclarations } from "../declaration/load.ts";
import type { NewCredential } from "./credential.ts";
import type { Surroundings } from "./judge.ts";

/** The same credential, its client secret under a name that no declaration uses: a secret of another would be lost. */
export function withFreeSecret(
  { files, repository }: Surroundings,
  credential: NewCredential,
): NewCredential {
  const { client } = credential;
  if (client.secretName === undefined) return credential;
  const environment = repository === undefined ? {} : { repository };
  const { credentials, project } = loadDeclarations(files, { paths: [], environment });
  const taken = new Set([
    project.app?.privateKeyName,
    ...credentials.flatMap((each) => [
      each.client.secretName,
      ...each.outputs.map(({ secretName }) => secretName),
    ]),
  ]);
  const secretName = firstFree(client.secretName, taken);
  return { ...credential, client: { ...client, secretName } };
}

function firstFree(wanted: string, taken: ReadonlySet<string | undefined>): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}_${String(number)}`;
    if (!taken.has(name)) return name;
  }
}
