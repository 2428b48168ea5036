import type { Credential } from "../declaration/credential.ts";
import { SealringError } from "../errors.ts";
import { prepareClientCredentials } from "../grants/client-credentials.ts";
import { prepareDevice } from "../grants/device.ts";
import { prepareLoopback } from "../grants/loopback.ts";
import { preparePaste } from "../grants/paste.ts";
import type { GrantRequest, PreparedGrant } from "../grants/prepared.ts";
import { discover } from "../oauth/discovery.ts";
import { authorizeCredential, readyToAuthorize } from "../protocol/authorize.ts";
import type { Authorization, AuthorizationWaits, Authorized } from "../protocol/authorize.ts";
import type { Secret } from "../secret.ts";
import { declare, faulty, named, startRuns } from "./context.ts";
import type { Ports, Report } from "./context.ts";

export type Flow = "loopback" | "paste" | "device";

export interface AuthorizeRequest {
  readonly name: string;
  /** undefined: as the declared grant has it. */
  readonly flow: Flow | undefined;
  readonly timeoutSeconds: number;
}

/**
 * `sealring authorize`: the one-time authorization by a person.
 * @throws SealringError with the class of what stopped it.
 */
export async function authorize(
  ports: Ports,
  request: AuthorizeRequest,
): Promise<Report<Authorized | AuthorizationWaits>> {
  const declaring = declare(ports);
  if (declaring.kind === "faulty") return faulty("authorize", declaring.faults);
  const { declared } = declaring;
  const credential = named(declared.credentials, request.name);
  const flow = flowOf(credential, request.flow);
  const run = (await startRuns(ports, declared, [credential]))(credential);
  const clientSecret = await clientSecretOf(ports, credential);
  const provider = await discover(ports.http, credential.provider);
  const authorization: Authorization = { credential: { ...credential, provider }, clientSecret };
  await readyToAuthorize(run, authorization);
  const grant = await untilStopped(ports, prepare(ports, flow, grantRequest(authorization, request)));
  const result = await authorizeCredential(run, authorization, grant);
  return { command: "authorize", exit: result.exit, results: [result], faults: [] };
}

function flowOf({ name, grant }: Credential, asked: Flow | undefined): Flow | "client_credentials" {
  switch (grant) {
    case "authorization_code":
      return asked ?? "loopback";
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

function grantRequest({ credential, clientSecret }: Authorization, request: AuthorizeRequest): GrantRequest {
  return {
    provider: credential.provider,
    client: { id: credential.client.id, secret: clientSecret },
    scopes: credential.scopes,
    redirectUri: credential.redirectUri,
    timeoutSeconds: request.timeoutSeconds,
  };
}

function prepare(
  ports: Ports,
  flow: Flow | "client_credentials",
  request: GrantRequest,
): Promise<PreparedGrant> | PreparedGrant {
  switch (flow) {
    case "loopback":
      return prepareLoopback(request, ports);
    case "paste":
      return preparePaste(request, ports);
    case "device":
      return prepareDevice(request, ports).then((grant) => ({
        ...grant,
        // Burning waits for the person here: an interruption ends that, too.
        burn: () => untilStopped(ports, grant.burn()),
      }));
    case "client_credentials":
      return prepareClientCredentials(request, ports);
  }
}

/** Nothing is spent while a person is asked, so an interruption ends it at once. */
async function untilStopped<T>({ stop }: Ports, work: Promise<T> | T): Promise<T> {
  const interrupted = new Promise<never>((_, reject) => {
    const give = () => {
      reject(new SealringError("interrupted", "stopped before anything was sent or stored"));
    };
    if (stop.aborted) give();
    stop.addEventListener("abort", give, { once: true });
  });
  return Promise.race([work, interrupted]);
}
