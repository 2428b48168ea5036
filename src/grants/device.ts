import { renderUnicodeCompact } from "uqr";
import { SealringError } from "../errors.ts";
import type { DeviceAuthorization } from "../oauth/device.ts";
import { readPoll, requestDevice, SLOW_DOWN_SECONDS, withPollMeaning } from "../oauth/device.ts";
import { deviceToken } from "../oauth/token.ts";
import type { Exchange } from "../oauth/token.ts";
import type { Clock, HttpClient, Progress, Usher } from "../ports.ts";
import { TOKEN_REQUEST_SECONDS } from "./prepared.ts";
import type { GrantRequest, PreparedGrant } from "./prepared.ts";
import { untilStopped } from "./until-stopped.ts";

export interface DevicePorts {
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly progress: Progress;
  /** undefined: the terminal. */
  readonly usher?: Usher | undefined;
  /** undefined: the polling ends with its time alone. */
  readonly stop?: AbortSignal | undefined;
}

const TERMINAL_COLUMNS = 80;
const MIN_INTERVAL_SECONDS = 1;
const MAX_INTERVAL_SECONDS = 120;

/** A user code that waits for a person. */
export interface PendingDevice {
  readonly device: DeviceAuthorization;
  /** When the provider forgets it. */
  readonly expiresAt: Date;
}

/**
 * The device grant (RFC 8628): asks for a user code; burning shows it, and polls until the person has decided.
 * @throws SealringError when the server refuses the request.
 */
export async function prepareDevice(request: GrantRequest, ports: DevicePorts): Promise<PreparedGrant> {
  return resumeDevice(request, await requestUserCode(request, ports), ports);
}

/**
 * The first half of it: a user code, for a person to enter within the request's time.
 * @throws SealringError when the server refuses the request.
 */
export async function requestUserCode(request: GrantRequest, ports: DevicePorts): Promise<PendingDevice> {
  const device = await requestDevice(ports.http, request, request.scopes);
  ports.progress.mask(device.deviceCode);
  return { device, expiresAt: new Date(ports.clock.now().getTime() + device.expiresInSeconds * 1000) };
}

/** The second half: burning shows the code, and polls until the person has decided. */
export function resumeDevice(
  request: GrantRequest,
  { device, expiresAt }: PendingDevice,
  ports: DevicePorts,
): PreparedGrant {
  const now = ports.clock.now().getTime();
  const seconds = Math.min((expiresAt.getTime() - now) / 1000, request.timeoutSeconds);
  return {
    provider: request.provider,
    maxSeconds: Math.ceil(seconds) + TOKEN_REQUEST_SECONDS,
    burn: async () => {
      invite({ device, expiresAt }, ports);
      ports.progress.say(`Waiting for your consent at ${request.provider.name}`);
      const exchange = await poll({ request, device, deadline: new Date(now + seconds * 1000) }, ports);
      ports.usher?.done();
      return exchange;
    },
  };
}

function invite({ device, expiresAt }: PendingDevice, { progress, usher }: DevicePorts): void {
  const { userCode, verificationUri, verificationUriComplete } = device;
  const invitation = { userCode, verificationUri, verificationUriComplete, expiresAt };
  if (usher === undefined) showUserCode(device, progress);
  else usher.invite({ kind: "user_code", ...invitation });
}

/** Tells a person where to enter which code. */
export function showUserCode(device: DeviceAuthorization, progress: Progress): void {
  progress.say(`Open ${device.verificationUri} on any device`);
  progress.say(`and enter the code ${device.userCode}`);
  const code = qrCodeOf(device);
  if (code === undefined) return;
  progress.say("or scan this, and compare the code:");
  progress.say(code);
}

/** The address with the code in it, as a QR code that a terminal can show; undefined where there is none. */
export function qrCodeOf({ verificationUriComplete }: DeviceAuthorization): string | undefined {
  if (verificationUriComplete === undefined) return undefined;
  const code = renderUnicodeCompact(verificationUriComplete, { border: 2 });
  return code.split("\n").some((line) => line.length > TERMINAL_COLUMNS) ? undefined : code;
}

interface Polling {
  readonly request: GrantRequest;
  readonly device: DeviceAuthorization;
  readonly deadline: Date;
}

async function poll(
  { request, device, deadline }: Polling,
  { http, clock, stop }: DevicePorts,
): Promise<Exchange> {
  let intervalSeconds = Math.max(device.intervalSeconds, MIN_INTERVAL_SECONDS);
  while (clock.now().getTime() + intervalSeconds * 1000 <= deadline.getTime()) {
    await clock.sleep(intervalSeconds * 1000);
    // Nobody would take the tokens any more.
    await untilStopped({ stop }, undefined);
    const exchange = meant(await deviceToken(http, request, device.deviceCode), request);
    const step = stepOf(exchange, request);
    if (step === "final") return exchange;
    intervalSeconds = nextInterval(intervalSeconds, step);
  }
  throw new SealringError("reauthorization_required", "nobody entered and allowed the user code in time", {
    hint: "run the command again, and enter the new code",
  });
}

/** Where the provider says by a status what others say in the body, nobody after this has to know. */
function meant(exchange: Exchange, { provider }: GrantRequest): Exchange {
  if (exchange.kind !== "answered") return exchange;
  return { ...exchange, raw: withPollMeaning(exchange.raw, provider) };
}

type Step = ReturnType<typeof readPoll> | "unreachable";

/** What arrived of a lost answer may hold tokens, so it goes to the caller; with nothing arrived, one asks again. */
function stepOf(exchange: Exchange, { provider }: GrantRequest): Step {
  switch (exchange.kind) {
    case "answered":
      return readPoll(exchange.raw, provider);
    case "not_sent":
      return "unreachable";
    case "lost":
      return exchange.raw === undefined || exchange.raw.body === "" ? "unreachable" : "final";
  }
}

/** RFC 8628 §3.5: five seconds more when told so, twice as long when the server cannot be reached. */
function nextInterval(intervalSeconds: number, step: Exclude<Step, "final">): number {
  switch (step) {
    case "pending":
      return intervalSeconds;
    case "slow_down":
      return intervalSeconds + SLOW_DOWN_SECONDS;
    case "unreachable":
      return Math.max(intervalSeconds, Math.min(intervalSeconds * 2, MAX_INTERVAL_SECONDS));
  }
}
