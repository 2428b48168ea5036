import { EXIT, SealringError } from "../errors.ts";
import type { ExitCode } from "../errors.ts";
import { qrCodeOf, requestUserCode, resumeDevice, showUserCode } from "../grants/device.ts";
import type { PendingDevice } from "../grants/device.ts";
import { decodePending, encodePending } from "../grants/pending-device.ts";
import { untilStopped } from "../grants/until-stopped.ts";
import { authorizeCredential, readyToAuthorize } from "../protocol/authorize.ts";
import type { AuthorizationWaits, Authorized } from "../protocol/authorize.ts";
import type { Handover } from "../ports.ts";
import { endedByStop } from "./authorize.ts";
import { begin, holdUserCodePrivate } from "./authorizing.ts";
import type { AuthorizeRequest, Begun } from "./authorizing.ts";
import { faulty } from "./context.ts";
import type { Ports, Report } from "./context.ts";

/** A user code that waits for a person, until a later step of the same job finishes the authorization. */
export interface DeviceRequested {
  readonly credential: string;
  readonly outcome: "requested";
  readonly exit: ExitCode;
  readonly userCode: string;
  readonly verificationUri: string;
  readonly verificationUriComplete: string | undefined;
  readonly qrCode: string | undefined;
  readonly expiresAt: Date;
}

export interface PartPorts extends Ports {
  readonly handover: Handover;
}

/**
 * `sealring authorize --part request`: asks for a user code and shows it, so that its step can end, and GitHub show the
 * step's summary.
 * @throws SealringError with the class of what stopped it.
 */
export async function requestDeviceGrant(
  ports: PartPorts,
  request: AuthorizeRequest,
): Promise<Report<DeviceRequested>> {
  const begun = await begin(ports, request);
  if (begun.kind === "faulty") return faulty("authorize", begun.faults);
  holdFlow(begun);
  await holdUserCodePrivate(begun.run, request);
  await readyToAuthorize(begun.run, begun.authorization);
  const pending = await untilStopped(ports, requestUserCode(begun.grant, ports));
  await ports.handover.leave(request.name, encodePending(pending));
  showUserCode(pending.device, ports.progress);
  return { command: "authorize", exit: EXIT.done, results: [requested(request, pending)], faults: [] };
}

/**
 * `sealring authorize --part finish`: waits for the person whom an earlier step of this job gave a user code, and stores
 * what the provider grants.
 * @throws SealringError with the class of what stopped it; `usage` where no earlier step left anything.
 */
export async function finishDeviceGrant(
  ports: PartPorts,
  request: AuthorizeRequest,
): Promise<Report<Authorized | AuthorizationWaits>> {
  const begun = await begin(ports, request);
  if (begun.kind === "faulty") return faulty("authorize", begun.faults);
  holdFlow(begun);
  const pending = await takePending(ports, request);
  await readyToAuthorize(begun.run, begun.authorization);
  const grant = endedByStop(ports, resumeDevice(begun.grant, pending, ports));
  const result = await authorizeCredential(begun.run, begun.authorization, grant);
  await ports.handover.discard(request.name);
  return { command: "authorize", exit: result.exit, results: [result], faults: [] };
}

function holdFlow({ flow, authorization: { credential } }: Begun): void {
  if (flow === "device") return;
  throw new SealringError("usage", `only a device grant has parts, and ${credential.name} is none`, {
    hint: `run: sealring authorize ${credential.name}`,
  });
}

async function takePending(
  { handover, clock }: PartPorts,
  { name }: AuthorizeRequest,
): Promise<PendingDevice> {
  const text = await handover.take(name);
  if (text === undefined) {
    throw new SealringError("usage", `no earlier step of this job asked for a user code for ${name}`, {
      hint: `run in an earlier step: sealring authorize ${name} --part request`,
    });
  }
  const pending = decodePending(text);
  if (pending.expiresAt > clock.now()) return pending;
  throw new SealringError("reauthorization_required", `the user code of ${name} has expired`, {
    hint: "run the workflow again, and enter the new code",
  });
}

function requested({ name }: AuthorizeRequest, { device, expiresAt }: PendingDevice): DeviceRequested {
  const { userCode, verificationUri, verificationUriComplete } = device;
  return {
    credential: name,
    outcome: "requested",
    exit: EXIT.done,
    ...{ userCode, verificationUri, verificationUriComplete, expiresAt },
    qrCode: qrCodeOf(device),
  };
}
