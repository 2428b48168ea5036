import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Credentials in one environment: GitHub keeps 100 secrets there, and sealring's canary needs a place. */
const PER_PROJECT = 99;

/** A project with `count` credentials for the provider, each with one output in a repository of ten. Gives its folder. */
export async function writeProject(folder, count, provider) {
  await mkdir(join(folder, "credentials"), { recursive: true });
  const environment = count > PER_PROJECT ? "environment: null\n" : "";
  await writeFile(join(folder, "sealring.yaml"), `version: 1\nrepository: acme/credentials\n${environment}`);
  for (let index = 0; index < count; index += 1) {
    const name = `bench-${String(index).padStart(4, "0")}`;
    await writeFile(join(folder, "credentials", `${name}.yaml`), credential(name, index, provider));
  }
  return folder;
}

function credential(name, index, provider) {
  const output = name.toUpperCase().replaceAll("-", "_");
  return `# yaml-language-server: $schema=../schemas/credential.schema.json
version: 1
name: ${name}
description: Sleep, activity and recovery of cohort ${index}
owner: "@acme/data-platform"
provider: ${provider}
grant: authorization_code
client:
  id: client-${index}
  secret: ${output}_CLIENT_SECRET
scopes: [personal, daily, heartrate]
redirect_uri: http://localhost:8484/callback
outputs:
  ${output}_ACCESS_TOKEN: access_token
  ${output}_EXPIRES_AT: expires_at
destinations:
  - { repository: acme/pipeline-${Math.floor(index / 10)}, environment: production }
  - { repository: acme/pipeline-${Math.floor(index / 10)}, app: dependabot }
refresh:
  margin: 8h
`;
}
