import { deviceAuthorizationRequest, processDeviceAuthorizationResponse } from "oauth4webapi";
import { SealringError } from "../errors.ts";
import type { HttpClient, HttpOutcome } from "../ports.ts";
import { Secret } from "../secret.ts";
import { asClient, asServer, clientAuthentication, endpointOf } from "./client.ts";
import type { Party } from "./client.ts";
import { decodeFields } from "./decode.ts";
import { classifyCode, classifyStatus } from "./error-class.ts";
import { scopeParameter } from "./scope.ts";
import type { RawAnswer } from "./token-set.ts";
import { rawAnswer, sendThrough } from "./transport.ts";

/** RFC 8628 §3.2: where the server does not say. */
const DEFAULT_INTERVAL_SECONDS = 5;
/** RFC 8628 §3.5: how much a `slow_down` adds. */
export const SLOW_DOWN_SECONDS = 5;
const MAX_INTERVAL_SECONDS = 60;
const MAX_LIFETIME_SECONDS = 3_600;

/** What a person is to type where, and what to poll with (RFC 8628 §3.2). */
export interface DeviceAuthorization {
  readonly deviceCode: Secret;
  /** Printable ASCII. */
  readonly userCode: string;
  /** http or https. */
  readonly verificationUri: string;
  readonly verificationUriComplete: string | undefined;
  readonly expiresInSeconds: number;
  readonly intervalSeconds: number;
}

/**
 * Asks for a device code (RFC 8628 §3.1). `scopes` as declared.
 * @throws SealringError of the class that the server's error has; `transient` when it cannot be reached.
 */
export async function requestDevice(
  http: HttpClient,
  party: Party,
  scopes: readonly string[],
): Promise<DeviceAuthorization> {
  endpointOf(party.provider, "device_authorization_endpoint");
  const auth = clientAuthentication(party);
  const parameters = scopeParameter(party.provider, scopes);
  const outcome = await sendThrough(http, (options) =>
    deviceAuthorizationRequest(asServer(party.provider), asClient(party.client), auth, parameters, options),
  );
  const raw = answerIn(outcome, party);
  return (await readDeviceAuthorization(raw, party)) ?? refuse(raw, party);
}

function answerIn(outcome: HttpOutcome, { provider }: Party): RawAnswer {
  if (outcome.kind === "answer") return rawAnswer(outcome);
  throw new SealringError(
    "transient",
    `${provider.name} did not answer the device authorization request (${outcome.reason})`,
    {
      hint: "try again later; if it stays so, ask the provider",
    },
  );
}

async function readDeviceAuthorization(
  raw: RawAnswer,
  party: Party,
): Promise<DeviceAuthorization | undefined> {
  const fields = raw.status >= 200 && raw.status < 300 ? decodeFields(raw) : undefined;
  if (fields === undefined) return undefined;
  // Google's first name for it, older than the RFC.
  const verificationUri = fields["verification_uri"] ?? fields["verification_url"];
  const response = Response.json({ ...fields, verification_uri: verificationUri });
  const { provider, client } = party;
  const judged = await processDeviceAuthorizationResponse(
    asServer(provider),
    asClient(client),
    response,
  ).catch(() => undefined);
  if (judged === undefined || !isWebAddress(judged.verification_uri)) return undefined;
  const complete = judged.verification_uri_complete;
  return {
    deviceCode: new Secret(judged.device_code),
    userCode: printable(judged.user_code),
    verificationUri: new URL(judged.verification_uri).href,
    verificationUriComplete:
      complete !== undefined && isWebAddress(complete) ? new URL(complete).href : undefined,
    expiresInSeconds: Math.min(judged.expires_in, MAX_LIFETIME_SECONDS),
    intervalSeconds: Math.min(judged.interval ?? DEFAULT_INTERVAL_SECONDS, MAX_INTERVAL_SECONDS),
  };
}

function refuse(raw: RawAnswer, { provider }: Party): never {
  const code = decodeFields(raw)?.["error"];
  const { errorClass, code: safeCode } =
    typeof code === "string" ? classifyCode(code) : classifyStatus(raw.status);
  throw new SealringError(
    errorClass,
    `${provider.name} refused the device authorization request (${safeCode})`,
    {
      hint: "check that the client is registered for the device grant and for these scopes",
    },
  );
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** Drops what could move a terminal's cursor or colour its text. */
function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, "").slice(0, 64);
}

/** What a poll's answer means for the polling. */
export type PollStep = "pending" | "slow_down" | "final";

/** Reads no more of a poll's answer than whether to go on (RFC 8628 §3.5); tokens and errors are `final`. */
export function readPoll(raw: RawAnswer): PollStep {
  if (raw.status === 429) return "slow_down";
  if (raw.status >= 500) return "pending";
  switch (decodeFields(raw)?.["error"]) {
    case "authorization_pending":
      return "pending";
    case "slow_down":
      return "slow_down";
    default:
      return "final";
  }
}
