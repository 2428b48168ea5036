import type { Credential } from "../declaration/credential.ts";
import type { Fault } from "../declaration/fault.ts";
import { SealringError } from "../errors.ts";
import type { GrantRequest } from "../grants/prepared.ts";
import { discover } from "../oauth/discovery.ts";
import { recipientHosts } from "../providers/recipients.ts";
import type { Authorization } from "../protocol/authorize.ts";
import type { Run } from "../protocol/run.ts";
import type { Secret } from "../secret.ts";
import { declare, named, startRuns } from "./context.ts";
import type { Ports } from "./context.ts";

export type Flow = "loopback" | "paste" | "device";

export interface AuthorizeRequest {
  readonly name: string;
  /** undefined: as the declared grant has it. */
  readonly flow: Flow | undefined;
  readonly timeoutSeconds: number;
  /** A user code in the log of a job that is not a private repository's; undefined: refused. */
  readonly publicCode?: "accepted" | undefined;
}

/** What has to be known before a person is asked for anything. */
export interface Begun {
  readonly kind: "begun";
  readonly run: Run;
  readonly flow: Flow | "client_credentials";
  readonly authorization: Authorization;
  readonly grant: GrantRequest;
}

/**
 * Reads the declarations, connects, and finds client secret and endpoints.
 * @throws SealringError with the class of what stopped it.
 */
export async function begin(
  ports: Ports,
  request: AuthorizeRequest,
): Promise<Begun | { readonly kind: "faulty"; readonly faults: readonly Fault[] }> {
  const declaring = declare(ports);
  if (declaring.kind === "faulty") return declaring;
  const { declared } = declaring;
  const credential = named(declared.credentials, request.name);
  const flow = flowOf(credential, request.flow);
  const run = (await startRuns(ports, declared, [credential]))(credential);
  const clientSecret = await clientSecretOf(ports, credential);
  const provider = await discover(ports.http, credential.provider);
  tellRecipients(ports, { ...credential, provider });
  const authorization: Authorization = { credential: { ...credential, provider }, clientSecret };
  return { kind: "begun", run, flow, authorization, grant: grantRequest(authorization, request) };
}

function flowOf({ name, grant, redirectUri }: Credential, asked: Flow | undefined): Begun["flow"] {
  switch (grant) {
    case "authorization_code":
      if (redirectUri?.startsWith("https:") !== true) return asked ?? "loopback";
      if (asked !== "loopback") return asked ?? "paste";
      throw new SealringError("usage", `the redirect URI of ${name} is no loopback address`, {
        hint: `run: sealring authorize ${name}`,
      });
    case "device_code":
      return asked ?? "device";
    case "client_credentials":
      if (asked === undefined) return "client_credentials";
      throw new SealringError("usage", `${name} is a client credentials grant: no person authorizes it`, {
        hint: `run: sealring authorize ${name}`,
      });
  }
}

async function clientSecretOf(ports: Ports, { name, client }: Credential): Promise<Secret | undefined> {
  if (client.secretName === undefined) return undefined;
  const known = ports.secrets.read(client.secretName);
  if (known !== undefined) return known;
  if (ports.prompt.interactive) {
    const typed = await ports.prompt.hidden(`Client secret of ${name} (${client.secretName})`);
    ports.progress.mask(typed);
    return typed;
  }
  throw new SealringError(
    "usage",
    `the client secret of ${name} is needed: ${client.secretName} is not set`,
    {
      hint: `set the environment variable ${client.secretName}, or run this at a terminal`,
    },
  );
}

/** A declaration may name any variable, and any host. Who is led by a page is told there, before anything begins. */
function tellRecipients({ secrets, progress, usher }: Ports, { client, provider }: Credential): void {
  const { secretName } = client;
  if (usher !== undefined || secretName === undefined || secrets.read(secretName) === undefined) return;
  const hosts = recipientHosts(provider).join(", ");
  progress.say(`The client secret ${secretName} is read from the environment, and sent to ${hosts}`);
}

function grantRequest({ credential, clientSecret }: Authorization, request: AuthorizeRequest): GrantRequest {
  return {
    provider: credential.provider,
    client: { id: credential.client.id, authMethod: credential.client.authMethod, secret: clientSecret },
    scopes: credential.scopes,
    redirectUri: credential.redirectUri,
    timeoutSeconds: request.timeoutSeconds,
  };
}

/**
 * The log of a public repository's job is everybody's to read, that of an internal one its enterprise's, and whoever
 * enters the user code first decides whose account the credential belongs to.
 * @throws SealringError `usage` unless that was accepted.
 */
export async function holdUserCodePrivate(run: Run, { name, publicCode }: AuthorizeRequest): Promise<void> {
  if (run.self.owner.kind !== "run" || publicCode === "accepted") return;
  const { visibility } = await run.github.settings.repository();
  if (visibility === "private") return;
  const readers = visibility === "public" ? "everybody" : "everyone in the enterprise";
  throw new SealringError(
    "usage",
    `in the job of a repository that is ${visibility}, ${readers} can read the user code, and enter it for an account of their own`,
    { hint: `run on your own machine: sealring authorize ${name}; or accept it with --yes` },
  );
}
