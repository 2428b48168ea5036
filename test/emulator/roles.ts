import type { Declared, Named } from "./declared.ts";
import type { Incoming } from "./wire.ts";

/** What a request is for. */
export type Role =
  | "authorization"
  | "pushed_authorization"
  | "token"
  | "refresh"
  | "exchange"
  | "device_authorization"
  | "device_token"
  | "revocation"
  | "verification";

type Claim = (incoming: Incoming) => boolean;

/**
 * Which endpoint a request is for, and the request without the endpoint's own query. Several may lie at one address: the
 * first that claims the request has it. `front`: the generation whose authorization endpoint it is.
 */
export function roleOf(
  declared: Declared,
  front: Declared,
  incoming: Incoming,
): { readonly role: Role; readonly incoming: Incoming } | undefined {
  for (const [role, endpoint, claims] of candidates(declared, front)) {
    const own = endpoint === undefined ? undefined : ownQuery(endpoint, incoming);
    if (own === undefined) continue;
    const query = new URLSearchParams([...incoming.query].filter(([name]) => !own.includes(name)));
    const rest = { ...incoming, query };
    if (claims(rest)) return { role, incoming: rest };
  }
  return undefined;
}

function candidates(declared: Declared, front: Declared): readonly [Role, string | undefined, Claim][] {
  const { token_endpoint: token, refresh_request: refresh = {}, exchange_request: exchange } = declared;
  const always: Claim = () => true;
  return [
    ["authorization", front.authorization_endpoint, always],
    ["pushed_authorization", front.pushed_authorization_request_endpoint, always],
    ["verification", declared.verification_endpoint, always],
    ["revocation", declared.revocation_endpoint, beside(declared, token) ? isRevocation(declared) : always],
    [
      "device_authorization",
      declared.device_authorization_endpoint,
      (incoming) => given(incoming, "grant_type") === undefined,
    ],
    [
      "exchange",
      exchange === undefined ? undefined : (declared.exchange_endpoint ?? token),
      (incoming) => given(incoming, exchange?.token_parameter ?? "refresh_token") !== undefined,
    ],
    [
      "refresh",
      declared.refresh_endpoint ?? token,
      (incoming) =>
        declared.refresh_endpoint !== undefined ||
        given(incoming, refresh.token_parameter ?? "refresh_token") !== undefined,
    ],
    [
      "device_token",
      declared.device_token_endpoint ?? token,
      (incoming) => given(incoming, "grant_type")?.endsWith(":device_code") === true,
    ],
    ["token", token, always],
  ];
}

function beside({ revocation_endpoint: revocation }: Declared, token: string | undefined): boolean {
  return revocation !== undefined && revocation === token;
}

function isRevocation({ revocation = {} }: Declared): Claim {
  const extra: Named = revocation.parameters ?? {};
  return (incoming) =>
    Object.entries(extra).every(([name, value]) => given(incoming, name) === value) &&
    given(incoming, "grant_type") === undefined;
}

/** A parameter, wherever it is. */
function given({ query, body }: Incoming, name: string): string | undefined {
  const inBody =
    body.kind === "form" ? body.fields.get(name) : body.kind === "json" ? body.members[name] : undefined;
  return typeof inBody === "string" ? inBody : (query.get(name) ?? undefined);
}

/** The names in the endpoint's own query; undefined: the request is for another address. */
function ownQuery(endpoint: string, { path, query }: Incoming): readonly string[] | undefined {
  const url = new URL(endpoint);
  const own = [...url.searchParams];
  const isThere = decodeURI(url.pathname) === decodeURI(path);
  return isThere && own.every(([name, value]) => query.get(name) === value)
    ? own.map(([name]) => name)
    : undefined;
}
