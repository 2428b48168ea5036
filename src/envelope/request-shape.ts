import { createHash } from "node:crypto";
import type { Provider } from "../providers/provider.ts";
import { requestsOf } from "../providers/requests.ts";

const HEX_DIGITS = 32;

/**
 * Stands for all in which the requests of a job depart from the RFCs: the first hex digits of a SHA-256 over it. null: they
 * do not, or the provider is the catalogue's. An origin alone does not say who reads what is sent there: many a host takes
 * messages for anybody, and a departure could make one of a refresh.
 */
export function requestShape(provider: Provider): string | null {
  if (provider.id !== "inline") return null;
  const departures = Object.entries(shapeOf(provider)).filter(([name, value]) => PLAIN[name] !== value);
  if (departures.length === 0) return null;
  return createHash("sha256")
    .update(canonical(Object.fromEntries(departures)))
    .digest("hex")
    .slice(0, HEX_DIGITS);
}

type Requests = Pick<Provider, "client" | "tokenRequests" | "refresh" | "revocation" | "verification">;

/**
 * What shapes them, each in canonical JSON by a name of its own, so that a departure that a later version knows breaks no pin
 * while nobody declares it. Endpoints have pins of their own; how an answer is read shapes no request.
 */
function shapeOf(requests: Requests): Readonly<Record<string, string>> {
  const { client, tokenRequests, refresh, revocation, verification } = requests;
  const shape = {
    client_id_parameter: client.idParameter,
    basic_encoding: client.basicEncoding,
    basic_user: client.basicUser,
    token_format: tokenRequests.format,
    token_headers: tokenRequests.headers,
    ...prefixed("refresh", { ...refresh, endpoint: null }),
    ...prefixed("revocation", { ...revocation, success: null }),
    ...prefixed("verification", { ...verification, endpoint: null, success: null }),
  };
  return Object.fromEntries(Object.entries(shape).map(([name, value]) => [name, canonical(value)]));
}

function prefixed(prefix: string, members: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [`${prefix}.${name}`, value]));
}

/** The names of members in order, whatever order they were declared in. */
function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_name, member: unknown) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([one], [other]) => (one < other ? -1 : 1)))
      : member,
  );
}

/** Without a verification endpoint there is no such request, and nothing of one departs. */
const PLAIN: Readonly<Record<string, string>> = shapeOf(requestsOf({ verification_endpoint: "https://a" }));
