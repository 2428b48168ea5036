import { deviceAuthorizationRequest, processDeviceAuthorizationResponse } from "oauth4webapi";
import type { HttpClient, HttpRequest } from "../ports.ts";
import type { Provider } from "../providers/provider.ts";
import { Secret } from "../secret.ts";
import { asClient, asServer, clientAuthentication, endpointOf } from "./client.ts";
import type { Party } from "./client.ts";
import { decodeFields } from "./decode.ts";
import type { Fields } from "./decode.ts";
import { decodeAnswer } from "./members.ts";
import { answerTo, refusalOf } from "./preliminary.ts";
import type { Preliminary } from "./preliminary.ts";
import { scopeParameters } from "./scope.ts";
import type { RawAnswer } from "./token-set.ts";
import { sendThrough } from "./transport.ts";
import { encode, renamed } from "./wire.ts";
import type { Draft } from "./wire.ts";

/** RFC 8628 §3.2: where the server does not say. */
const DEFAULT_INTERVAL_SECONDS = 5;
/** RFC 8628 §3.5: how much a `slow_down` adds. */
export const SLOW_DOWN_SECONDS = 5;
const MAX_INTERVAL_SECONDS = 60;
const MAX_LIFETIME_SECONDS = 3_600;
/** The largest QR code has 2,953 (ISO/IEC 18004). */
const MAX_ADDRESS_CHARACTERS = 2_000;

/** What a person is to type where, and what to poll with (RFC 8628 §3.2). */
export interface DeviceAuthorization {
  readonly deviceCode: Secret;
  /** Printable ASCII. */
  readonly userCode: string;
  /** http or https, and short enough for any QR code; as the one with the code in it. */
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
  const { provider, client } = party;
  endpointOf(provider, "device_authorization_endpoint");
  const auth = clientAuthentication(party);
  const { parameters: own, scopeParameter } = provider.device;
  const parameters = { ...own, ...scopeParameters(provider, scopes, scopeParameter) };
  const outcome = await sendThrough(
    http,
    (options) => deviceAuthorizationRequest(asServer(provider), asClient(client), auth, parameters, options),
    (draft) => shape(draft, provider),
  );
  const asked: Preliminary = {
    provider: provider.name,
    request: "device authorization request",
    hint: "check that the client is registered for the device grant and for these scopes",
  };
  const raw = answerTo(asked, outcome);
  const device = await readDeviceAuthorization(raw, party);
  if (device === undefined) throw refusalOf(asked, raw);
  return device;
}

/** Who takes token requests in JSON takes this one so, too. */
function shape(draft: Draft, { client, tokenRequests }: Provider): HttpRequest {
  const parameters = renamed(draft.parameters, { client_id: client.idParameter });
  return encode({ ...draft, parameters }, tokenRequests.format);
}

async function readDeviceAuthorization(
  raw: RawAnswer,
  party: Party,
): Promise<DeviceAuthorization | undefined> {
  const fields = raw.status >= 200 && raw.status < 300 ? decodeFields(raw) : undefined;
  if (fields === undefined) return undefined;
  // Google's first name for it, older than the RFC.
  const told = fields["verification_uri"] ?? fields["verification_url"];
  const response = Response.json(scalarsIn({ ...fields, verification_uri: told }));
  const { provider, client } = party;
  const judged = await processDeviceAuthorizationResponse(
    asServer(provider),
    asClient(client),
    response,
  ).catch(() => undefined);
  const verificationUri = judged && webAddress(judged.verification_uri);
  if (judged === undefined || verificationUri === undefined) return undefined;
  const complete = judged.verification_uri_complete;
  return {
    deviceCode: new Secret(judged.device_code),
    userCode: printable(judged.user_code),
    verificationUri,
    verificationUriComplete: complete === undefined ? undefined : webAddress(complete),
    expiresInSeconds: Math.min(judged.expires_in, MAX_LIFETIME_SECONDS),
    intervalSeconds: Math.min(judged.interval ?? DEFAULT_INTERVAL_SECONDS, MAX_INTERVAL_SECONDS),
  };
}

const MEMBERS = [
  "device_code",
  "user_code",
  "verification_uri",
  "verification_uri_complete",
  "expires_in",
  "interval",
];

/** What RFC 8628 §3.2 has, and nothing deep: who writes it out again must not trip over it. */
function scalarsIn(fields: Fields): Fields {
  const kept = MEMBERS.map((name) => [name, asNumber(name, fields[name])] as const);
  return Object.fromEntries(kept.filter(([, value]) => typeof value !== "object"));
}

/** A length of time that came as text: in a form there is nothing else. */
function asNumber(name: string, value: unknown): unknown {
  const isLength = name === "expires_in" || name === "interval";
  return isLength && typeof value === "string" && /^[0-9]{1,9}$/.test(value) ? Number(value) : value;
}

/** An address for a person's browser, as it is sent; undefined: it is none, or longer than anybody needs. */
function webAddress(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, href } = new URL(text);
  return /^https?:$/.test(protocol) && href.length <= MAX_ADDRESS_CHARACTERS ? href : undefined;
}

/** Drops what could move a terminal's cursor or colour its text. */
function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, "").slice(0, 64);
}

/** What a poll's answer means for the polling. */
export type PollStep = "pending" | "slow_down" | "final";

/**
 * A poll's answer with the error that its status stands for, where the provider says so and the body does not
 * (RFC 8628 §3.5).
 */
export function withPollMeaning(raw: RawAnswer, provider: Provider): RawAnswer {
  const meaning = provider.device.pollStatuses[String(raw.status)];
  if (meaning === undefined || typeof errorIn(raw, provider) === "string") return raw;
  return { ...raw, contentType: "application/json", body: JSON.stringify({ error: meaning }) };
}

/** Reads no more of a poll's answer than whether to go on (RFC 8628 §3.5); tokens and errors are `final`. */
export function readPoll(raw: RawAnswer, provider: Provider): PollStep {
  if (raw.status === 429) return "slow_down";
  if (raw.status >= 500) return "pending";
  switch (errorIn(raw, provider)) {
    case "authorization_pending":
      return "pending";
    case "slow_down":
      return "slow_down";
    default:
      return "final";
  }
}

function errorIn(raw: RawAnswer, provider: Provider): unknown {
  return decodeAnswer(raw, provider).members?.["error"];
}
