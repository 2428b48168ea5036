import { prepareClientCredentials } from "../grants/client-credentials.ts";
import { prepareDevice } from "../grants/device.ts";
import { prepareLoopback } from "../grants/loopback.ts";
import { preparePaste } from "../grants/paste.ts";
import type { PreparedGrant } from "../grants/prepared.ts";
import { untilStopped } from "../grants/until-stopped.ts";
import { authorizeCredential, readyToAuthorize } from "../protocol/authorize.ts";
import type { AuthorizationWaits, Authorized } from "../protocol/authorize.ts";
import { begin, holdUserCodePrivate } from "./authorizing.ts";
import type { AuthorizeRequest, Begun } from "./authorizing.ts";
import { faulty } from "./context.ts";
import type { Ports, Report } from "./context.ts";

/**
 * `sealring authorize`: the one-time authorization by a person.
 * @throws SealringError with the class of what stopped it.
 */
export async function authorize(
  ports: Ports,
  request: AuthorizeRequest,
): Promise<Report<Authorized | AuthorizationWaits>> {
  const begun = await begin(ports, request);
  if (begun.kind === "faulty") return faulty("authorize", begun.faults);
  const { run, authorization } = begun;
  if (begun.flow === "device") await holdUserCodePrivate(run, request);
  await readyToAuthorize(run, authorization);
  const grant = await prepare(ports, begun);
  const result = await authorizeCredential(run, authorization, grant);
  return { command: "authorize", exit: result.exit, results: [result], faults: [] };
}

async function prepare(ports: Ports, { flow, grant: request }: Begun): Promise<PreparedGrant> {
  switch (flow) {
    case "loopback":
      return prepareLoopback(request, ports);
    case "paste":
      return untilStopped(ports, preparePaste(request, ports));
    case "device":
      return endedByStop(ports, await untilStopped(ports, prepareDevice(request, ports)));
    case "client_credentials":
      ports.progress.say(`Asking ${request.provider.name} for a token`);
      ports.usher?.done();
      return untilStopped(ports, prepareClientCredentials(request, ports));
  }
}

/** Burning a device grant waits for the person: an interruption ends that, too. */
export function endedByStop(ports: Ports, grant: PreparedGrant): PreparedGrant {
  return { ...grant, burn: () => untilStopped(ports, grant.burn()) };
}
