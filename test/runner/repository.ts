import sodium from "libsodium-wrappers";
import { loadDeclarations } from "../../src/declaration/load.ts";
import { ISSUER_PATH } from "../../src/sandbox/authorization-server/endpoint.ts";
import { PATHS } from "../../src/sandbox/authorization-server/endpoints.ts";
import type { AuthorizationServerSandbox } from "../../src/sandbox/authorization-server/server.ts";
import type { GitHubSandbox } from "../../src/sandbox/github/sandbox.ts";
import { generateWorkflows } from "../../src/workflow/generate.ts";
import { declarationOf } from "../support/declarations.ts";
import type { Wanted } from "../support/declarations.ts";
import { memoryFiles } from "../support/memory-files.ts";

export const REPOSITORY = "acme/credentials";
export const ENVIRONMENTS = ["sealring", "partners"];
/** An environment that consumers' jobs run in, and no envelope is in. */
export const CONSUMERS = "production";
export const ACTION = ".github/actions/sealring";

const REDIRECT_URI = "http://127.0.0.1:8484/callback";

/** A credential to declare, with how long its access tokens live. */
export type Declared = Wanted & { readonly environment: string; readonly accessTokenSeconds: number };

type Files = Readonly<Record<string, string>>;

/** Fills an empty GitHub; gives the fine-grained token that its environments hold, with what the documentation asks for. */
export function furnish(github: GitHubSandbox): string {
  github.addOrganization("acme");
  github.addRepository(REPOSITORY);
  const { value } = github.addToken({
    kind: "personal",
    login: "ada",
    permissions: {
      actions: "write",
      contents: "write",
      environments: "write",
      secrets: "write",
      issues: "write",
    },
    repositories: [REPOSITORY],
  });
  github.addEnvironment(REPOSITORY, CONSUMERS);
  for (const name of ENVIRONMENTS) {
    const { vault } = github.addEnvironment(REPOSITORY, name);
    const key = Buffer.from(vault.publicKey.key, "base64");
    const ciphertext = Buffer.from(sodium.crypto_box_seal(value, key)).toString("base64");
    const now = github.repository(REPOSITORY).createdAt;
    vault.put("SEALRING_GITHUB_TOKEN", { keyId: vault.publicKey.keyId, ciphertext }, { now });
  }
  return value;
}

/** Registers a client for a credential, and gives the credential's file. */
export function declarationFor(
  at: { readonly server: AuthorizationServerSandbox; readonly origin: string; readonly clientSecret: string },
  wanted: Declared,
): readonly [path: string, text: string] {
  const { name, environment, accessTokenSeconds, more = [] } = wanted;
  const clientId = `client-of-${name}`;
  const client = { id: clientId, secret: at.clientSecret, redirectUris: [REDIRECT_URI], accessTokenSeconds };
  at.server.registerClient(client);
  const text = declarationOf(addressesAt(at.origin), {
    ...wanted,
    clientId,
    more: [`environment: ${environment}`, ...more],
  });
  return [`credentials/${name}.yaml`, text];
}

function addressesAt(origin: string): Parameters<typeof declarationOf>[0] {
  const own = { client_id: "", client_secret: "" };
  const endpoints = {
    authorization_endpoint: origin + PATHS.authorization,
    token_endpoint: origin + PATHS.token,
    revocation_endpoint: origin + PATHS.revocation,
  };
  return {
    ...{ ...own, ...endpoints, issuer: origin + ISSUER_PATH, redirect_uris: ["", REDIRECT_URI] },
    device_authorization_endpoint: origin + PATHS.deviceAuthorization,
    introspection_endpoint: origin + PATHS.introspection,
    verification_endpoint: origin + PATHS.verification,
    legacy: { ...own, ...endpoints },
  };
}

/** What these files declare. */
export function declaredIn(declarations: Files): Parameters<typeof generateWorkflows>[0] {
  const environment = { repository: REPOSITORY };
  const read = loadDeclarations(memoryFiles(declarations), { paths: [], environment });
  if (read.faults.length > 0) throw new Error(JSON.stringify(read.faults));
  return { project: read.project, repository: REPOSITORY, credentials: read.credentials };
}

/** The workflow files of these declarations. */
export function generated(declarations: Files): Files {
  const workflows = generateWorkflows(declaredIn(declarations));
  return Object.fromEntries(workflows.map(({ path, text }) => [path, text]));
}
