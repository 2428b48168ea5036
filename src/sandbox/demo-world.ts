import type { Ports } from "../commands/context.ts";
import type { Project } from "../declaration/credential.ts";
import type { GitHub, StoreTarget } from "../github.ts";
import type { Browser, Files, LoopbackListener } from "../ports.ts";
import { Secret } from "../secret.ts";
import { createSandbox } from "./create.ts";
import type { Sandbox } from "./create.ts";
import type { HttpServer } from "../http-server.ts";
import { ALLOW_ALL, consent } from "./scripted-person.ts";

/** Connects to a GitHub API at an address, with a token for it. */
export type ConnectTo = (to: {
  readonly apiUrl: string;
  readonly repository: string;
  readonly stateBranch: string;
  readonly token: Secret;
  readonly journalToken: Secret;
  readonly alerts?: Project["alerts"];
}) => Promise<GitHub>;

export interface DemoParts {
  readonly ports: Ports;
  readonly server: HttpServer;
  readonly connectTo: ConnectTo;
  /** Prints prose. */
  readonly print: (text: string) => void;
  /** Whose consent: a script's, or the person's own in their browser. */
  readonly consent: "scripted" | "own";
}

/** A sandbox, and the ports of somebody who works on it. */
export interface DemoWorld {
  readonly sandbox: Sandbox;
  readonly ports: Ports;
  readonly yaml: string;
  readonly envelopeStore: StoreTarget;
  readonly outputStore: StoreTarget;
}

/** Starts the sandbox, and declares one credential on it, in memory. */
export async function createDemoWorld({
  ports,
  server,
  connectTo,
  consent: who,
}: DemoParts): Promise<DemoWorld> {
  const redirectUri = await freeRedirectUri(ports.listener);
  const sandbox = await createSandbox({ clock: ports.clock, randomBytes: ports.random, server }, [
    redirectUri,
  ]);
  const { api_url: apiUrl, token, repository, environment } = sandbox.addresses.github;
  const envelopeStore: StoreTarget = { kind: "environment", repository, environment };
  const yaml = declarationOf(sandbox, redirectUri);
  const world = {
    ...ports,
    files: memoryFiles(new Map([["credentials/oura-demo.yaml", yaml]])),
    findRepository: () => repository,
    connect: ({ stateBranch }: { readonly stateBranch: string }) =>
      connectTo({
        apiUrl,
        repository,
        stateBranch,
        token: new Secret(token),
        journalToken: new Secret(token),
      }),
    secrets: jobSecrets(sandbox, envelopeStore),
    browser: who === "own" ? ports.browser : scriptedBrowser(sandbox, ports),
    progress: who === "own" ? ports.progress : { ...silent, mask: ports.progress.mask.bind(ports.progress) },
    disk: NO_DISK,
    self: { owner: { kind: "process" }, startedAt: ports.clock.now(), runUrl: undefined },
  } as const;
  return {
    sandbox,
    ports: world,
    yaml,
    envelopeStore,
    outputStore: { kind: "repository", repository, app: "actions" },
  };
}

const silent = { say: () => undefined };

/** The demo leaves nothing behind on this machine. */
const NO_DISK: Ports["disk"] = {
  write: () => Promise.resolve(),
  read: () => Promise.resolve(undefined),
  remove: () => Promise.resolve(),
};

async function freeRedirectUri(listener: LoopbackListener): Promise<string> {
  const probe = await listener.listen({ host: "127.0.0.1", port: 0 }, () => ({
    status: 404,
    headers: {},
    body: "",
  }));
  await probe.close();
  return `http://127.0.0.1:${String(probe.port)}/callback`;
}

function declarationOf({ addresses: { authorization_server: at } }: Sandbox, redirectUri: string): string {
  return `version: 1
name: oura-demo
description: Sleep, activity and heart rate of the study cohort
provider:
  issuer: ${at.issuer}
  authorization_endpoint: ${at.authorization_endpoint}
  token_endpoint: ${at.token_endpoint}
  revocation_endpoint: ${at.revocation_endpoint}
  verification_endpoint: ${at.verification_endpoint}
  rotation: single_use
  scope_prefix: "extapi:"
grant: authorization_code
client:
  id: ${at.client_id}
  secret: OURA_CLIENT_SECRET
scopes: [personal, daily, heartrate]
redirect_uri: ${redirectUri}
outputs:
  OURA_ACCESS_TOKEN: access_token
`;
}

function memoryFiles(contents: ReadonlyMap<string, string>): Files {
  return {
    read(path) {
      const text = contents.get(path);
      return text === undefined
        ? { kind: "missing" }
        : { kind: "bytes", bytes: new TextEncoder().encode(text) };
    },
    list: (directory) =>
      [...contents.keys()]
        .filter((path) => path.startsWith(`${directory}/`))
        .map((path) => path.slice(directory.length + 1)),
    isLinked: () => false,
  };
}

/** What a job's environment holds when it starts: the secrets as they are now; before that, the typed client secret. */
function jobSecrets(sandbox: Sandbox, store: StoreTarget): Ports["secrets"] {
  return {
    read(name) {
      const typed =
        name === "OURA_CLIENT_SECRET" ? sandbox.addresses.authorization_server.client_secret : undefined;
      const value = sandbox.github.revealSecret(store, name) ?? typed;
      return value === undefined ? undefined : new Secret(value);
    },
  };
}

/** Presses "Allow" on the consent page, and goes where the browser is sent. */
function scriptedBrowser({ authorizationServer }: Sandbox, { http }: Pick<Ports, "http">): Browser {
  return {
    async open(url) {
      const location = await consent(authorizationServer.handler, url, ALLOW_ALL);
      // The listener answers once the caller has gone on to wait for it.
      void http.send({ method: "GET", url: location, headers: {} });
      return true;
    },
  };
}
