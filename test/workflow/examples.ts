import { loadDeclarations } from "../../src/declaration/load.ts";
import { generateWorkflows } from "../../src/workflow/generate.ts";
import type { Declared } from "../../src/workflow/source.ts";
import { credentialText } from "../declaration/examples.ts";
import { memoryFiles } from "../support/memory-files.ts";

const REPOSITORY = "acme/credentials";

/** What a repository with these files declares. */
export function declaredBy(tree: Readonly<Record<string, string>>): Declared {
  const { project, credentials, faults } = loadDeclarations(memoryFiles(tree), {
    paths: [],
    environment: { repository: REPOSITORY },
  });
  const [fault] = faults;
  if (fault !== undefined) throw new Error(`${fault.file}:${String(fault.line)}: ${fault.message}`);
  return { project, repository: project.repository ?? REPOSITORY, credentials };
}

/** The file of a credential, with some lines changed. */
export function credentialFile(
  name: string,
  changed: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const output = `${name.toUpperCase().replaceAll("-", "_")}_TOKEN`;
  const lines = { name: `name: ${name}`, outputs: `outputs: { ${output}: access_token }`, ...changed };
  return { [`credentials/${name}.yaml`]: credentialText(lines) };
}

const DEVICE = {
  provider:
    "provider: { device_authorization_endpoint: https://id.example/d, token_endpoint: https://id.example/t }",
  grant: "grant: device_code",
  client: "client: { id: 4c1b7a, secret: DEVICE_CLIENT_SECRET }",
  redirect_uri: "",
};
const APP = "github: { app: { client_id: Iv23liAbCdEfGhIjKlMn, private_key: SEALRING_APP_KEY } }";

const ONE: Readonly<Record<string, string>> = credentialFile("oura");
/** Repository secrets, two environments, a device grant, a shared client secret, an App. */
const MANY: Readonly<Record<string, string>> = {
  "sealring.yaml": `version: 1\nenvironment: null\nschedule: "5,35 3 * * MON"\n${APP}\n`,
  ...credentialFile("oura"),
  ...credentialFile("oura-2"),
  ...credentialFile("strava", { environment: "environment: Health data (EU)" }),
  ...credentialFile("lamp", { ...DEVICE, environment: "environment: lamps" }),
};
const ENTERPRISE: Readonly<Record<string, string>> = {
  "sealring.yaml": "version: 1\ngithub: { api_url: https://github.acme.example/api/v3 }\n",
  ...credentialFile("oura"),
};

/** Declarations of every kind that the workflow tells apart. */
export const EXAMPLES: readonly (readonly [name: string, declared: Declared])[] = [
  ["one credential", declaredBy(ONE)],
  ["several environments", declaredBy(MANY)],
  ["a GitHub Enterprise Server", declaredBy(ENTERPRISE)],
];

export function example(name: string): Declared {
  const found = EXAMPLES.find(([known]) => known === name);
  if (found === undefined) throw new Error(`no example is called ${name}`);
  return found[1];
}

/** The text of the only workflow file. */
export function textOf(declared: Declared): string {
  const [file, another] = generateWorkflows(declared);
  if (file === undefined || another !== undefined) throw new Error("this is not one file");
  return file.text;
}
