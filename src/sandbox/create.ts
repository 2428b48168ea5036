import type { Clock, RandomBytes } from "../ports.ts";
import { LEGACY_PATHS, PATHS } from "./authorization-server/endpoints.ts";
import { ISSUER_PATH } from "./authorization-server/endpoint.ts";
import type { RegisteredClient } from "./authorization-server/model.ts";
import { AuthorizationServerSandbox } from "./authorization-server/server.ts";
import { EVERY_PERMISSION } from "./github/permissions.ts";
import { GitHubSandbox } from "./github/sandbox.ts";
import type { HttpServer } from "../http-server.ts";

export interface SandboxParts {
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  readonly server: HttpServer;
}

/** Where things are in a running sandbox. Names are those of the JSON that `sealring sandbox` prints. */
export interface SandboxAddresses {
  readonly authorization_server: {
    readonly issuer: string;
    readonly authorization_endpoint: string;
    readonly token_endpoint: string;
    readonly device_authorization_endpoint: string;
    readonly revocation_endpoint: string;
    readonly introspection_endpoint: string;
    readonly verification_endpoint: string;
    readonly client_id: string;
    /** The sandbox's own: it opens nothing else. */
    readonly client_secret: string;
    readonly redirect_uris: readonly string[];
    /** Oura's old server, and a client of its own. */
    readonly legacy: {
      readonly authorization_endpoint: string;
      readonly token_endpoint: string;
      readonly revocation_endpoint: string;
      readonly client_id: string;
      readonly client_secret: string;
    };
  };
  readonly github: {
    readonly api_url: string;
    readonly organization: string;
    readonly repository: string;
    readonly other_repository: string;
    readonly environment: string;
    /** The sandbox's own: it opens nothing else. */
    readonly token: string;
  };
}

/** Both servers, running. What is to go wrong with them is ordered through their `faults`. */
export interface Sandbox {
  readonly authorizationServer: AuthorizationServerSandbox;
  readonly github: GitHubSandbox;
  readonly addresses: SandboxAddresses;
  close(): Promise<void>;
}

const ORGANIZATION = "acme";
const REPOSITORY = "acme/health-pipeline";
const OTHER_REPOSITORY = "acme/dashboards";
const ENVIRONMENT = "sealring";

/** The redirect URIs that a sandbox's clients have registered unless it is told others. */
export const DEFAULT_REDIRECT_URIS = ["http://localhost:8484/callback", "http://127.0.0.1:8484/callback"];

/** Starts an authorization server and a GitHub API on free loopback ports, with everything that a first try needs. */
export async function createSandbox(
  { clock, randomBytes, server }: SandboxParts,
  redirectUris: readonly string[] = DEFAULT_REDIRECT_URIS,
): Promise<Sandbox> {
  const authorizationServer = new AuthorizationServerSandbox(clock, randomBytes);
  const client = authorizationServer.registerClient({ id: "sandbox-client", redirectUris });
  const legacy = authorizationServer.registerClient({
    ...{ id: "sandbox-legacy-client", redirectUris, generation: "legacy" },
    grants: ["authorization_code"],
  });
  const github = await GitHubSandbox.create(clock, randomBytes);
  const token = furnish(github);
  const loopback = { kind: "loopback", port: 0 } as const;
  const authorization = await server.serve(loopback, authorizationServer.handler);
  const api = await server.serve(loopback, github.handler);
  return {
    authorizationServer,
    github,
    addresses: {
      authorization_server: {
        ...authorizationServerAddresses(authorization.origin, client),
        legacy: legacyAddresses(authorization.origin, legacy),
      },
      github: githubAddresses(api.origin, token),
    },
    close: async () => {
      await Promise.all([authorization.close(), api.close()]);
    },
  };
}

/** Fills an empty GitHub, and returns a token that may do everything in it. */
function furnish(github: GitHubSandbox): string {
  github.addOrganization(ORGANIZATION);
  github.addRepository(REPOSITORY);
  github.addRepository(OTHER_REPOSITORY);
  github.addEnvironment(REPOSITORY, ENVIRONMENT);
  const asked = {
    kind: "personal",
    login: "sandbox-user",
    permissions: EVERY_PERMISSION,
    repositories: "all",
  } as const;
  return github.addToken(asked).value;
}

type ServerAddresses = SandboxAddresses["authorization_server"];

function authorizationServerAddresses(
  origin: string,
  client: RegisteredClient,
): Omit<ServerAddresses, "legacy"> {
  return {
    issuer: origin + ISSUER_PATH,
    authorization_endpoint: origin + PATHS.authorization,
    token_endpoint: origin + PATHS.token,
    device_authorization_endpoint: origin + PATHS.deviceAuthorization,
    revocation_endpoint: origin + PATHS.revocation,
    introspection_endpoint: origin + PATHS.introspection,
    verification_endpoint: origin + PATHS.verification,
    client_id: client.id,
    client_secret: client.secret ?? "",
    redirect_uris: client.redirectUris,
  };
}

function legacyAddresses(origin: string, client: RegisteredClient): ServerAddresses["legacy"] {
  return {
    authorization_endpoint: origin + LEGACY_PATHS.authorization,
    token_endpoint: origin + LEGACY_PATHS.token,
    revocation_endpoint: origin + LEGACY_PATHS.revocation,
    client_id: client.id,
    client_secret: client.secret ?? "",
  };
}

function githubAddresses(origin: string, token: string): SandboxAddresses["github"] {
  return {
    api_url: origin,
    organization: ORGANIZATION,
    repository: REPOSITORY,
    other_repository: OTHER_REPOSITORY,
    environment: ENVIRONMENT,
    token,
  };
}
