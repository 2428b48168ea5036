import { loadDeclarations } from "../../src/declaration/load.ts";
import type { Declarations } from "../../src/declaration/load.ts";
import type { Fault } from "../../src/declaration/fault.ts";
import { memoryFiles } from "../support/memory-files.ts";
import type { Tree } from "../support/memory-files.ts";

/** A credential without a fault, as lines that a test replaces. */
const LINES = {
  version: "version: 1",
  name: "name: oura",
  provider: "provider: oura",
  grant: "grant: authorization_code",
  client: "client: { id: 4c1b7a, secret: OURA_CLIENT_SECRET }",
  scopes: "scopes: [personal, daily]",
  redirect_uri: "redirect_uri: http://localhost:8484/callback",
  outputs: "outputs: { OURA_ACCESS_TOKEN: access_token }",
};

/** The text of a valid credential with some of its lines changed, left out (empty) or added. */
export function credentialText(changed: Readonly<Record<string, string>> = {}): string {
  const lines = Object.values({ ...LINES, ...changed }).filter((line) => line !== "");
  return `${lines.join("\n")}\n`;
}

export function load(tree: Tree, paths: readonly string[] = []): Declarations {
  return loadDeclarations(memoryFiles(tree), { paths, environment: { repository: "acme/credentials" } });
}

/** The faults of one credential, of which some lines are changed. */
export function faultsOf(changed: Readonly<Record<string, string>>): readonly Fault[] {
  return load({ "credentials/oura.yaml": credentialText(changed) }).faults;
}

export function rulesOf(faults: readonly Fault[]): readonly string[] {
  return faults.map(({ rule }) => rule);
}
