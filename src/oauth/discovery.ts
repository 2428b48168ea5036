import { discoveryRequest, processDiscoveryResponse } from "oauth4webapi";
import type { AuthorizationServer } from "oauth4webapi";
import { SealringError } from "../errors.ts";
import type { HttpClient } from "../ports.ts";
import type { Grant, Provider, ServerMetadata } from "../providers/provider.ts";
import { DEFAULT_AUTH_METHODS, ENDPOINTS } from "./client.ts";
import type { EndpointName } from "./client.ts";
import { withinOrigin } from "./redirection.ts";
import { isSecureUrl } from "../secure-url.ts";
import { rawAnswer, sendThrough } from "./transport.ts";

/** RFC 8414 §3 puts its path before the issuer's, OpenID Connect Discovery §4 behind it; servers have either. */
const WELL_KNOWN = ["oauth2", "oidc"] as const;

/** Where a grant is asked for, before there is anything to exchange at the token endpoint. */
const STARTS_FROM: Readonly<Record<Grant, readonly EndpointName[]>> = {
  authorization_code: ["authorization_endpoint"],
  device_code: ["device_authorization_endpoint"],
  client_credentials: [],
};

/**
 * Whether `discover` will ask the server: an issuer is declared, and of the endpoints that the provider's grants start
 * from, or of the token endpoint, one is not. Where nothing is said of grants, they start from the authorization endpoint.
 * To be asked of a provider as it is declared: a server may publish no more than it has, and is not asked twice.
 */
export function needsDiscovery({ metadata, grants = ["authorization_code"] }: Provider): boolean {
  if (metadata.issuer === undefined) return false;
  const needed: readonly EndpointName[] = [
    "token_endpoint",
    ...grants.flatMap((grant) => STARTS_FROM[grant]),
  ];
  return needed.some((name) => metadata[name] === undefined);
}

/**
 * Fills in the endpoints of a provider that is declared by its issuer; what is declared stays as declared. Makes no
 * request unless `needsDiscovery`.
 * @throws SealringError `transient` when the server does not answer, `provider_drift` when its metadata is missing, is
 * another issuer's (RFC 8414 §3.3) or names an endpoint without https.
 */
export async function discover(http: HttpClient, provider: Provider): Promise<Provider> {
  const { issuer } = provider.metadata;
  if (issuer === undefined || !needsDiscovery(provider)) return provider;
  const server = await publishedMetadata(http, issuer);
  if (server !== undefined) return merge(provider, server);
  throw new SealringError("provider_drift", `${issuer} publishes no authorization server metadata`, {
    hint: "declare its endpoints in the provider, and the grants that it offers",
  });
}

/**
 * What an issuer says of itself, as it came: nothing in it is to be printed or followed unchecked. undefined: it says nothing.
 * @throws SealringError `transient` when the server does not answer, `provider_drift` when its metadata is another
 * issuer's (RFC 8414 §3.3).
 */
export async function publishedMetadata(
  http: HttpClient,
  issuer: string,
): Promise<AuthorizationServer | undefined> {
  const failures: Finding[] = [];
  for (const algorithm of WELL_KNOWN) {
    const finding = await look(http, issuer, algorithm);
    if (finding.kind === "found") return finding.server;
    failures.push(finding);
  }
  const failure = failureOf(issuer, failures);
  if (failure === undefined) return undefined;
  throw failure;
}

type Finding =
  | { readonly kind: "found"; readonly server: AuthorizationServer }
  | { readonly kind: "absent" }
  | { readonly kind: "other_issuer" }
  | { readonly kind: "unreachable" };

async function look(
  http: HttpClient,
  issuer: string,
  algorithm: (typeof WELL_KNOWN)[number],
): Promise<Finding> {
  // Some servers have their metadata behind a slash at the end, and send there.
  const outcome = await sendThrough(withinOrigin(http), (options) =>
    discoveryRequest(new URL(issuer), { ...options, algorithm }),
  );
  if (outcome.kind !== "answer" || outcome.status >= 500 || outcome.status === 429)
    return { kind: "unreachable" };
  if (outcome.status !== 200) return { kind: "absent" };
  const server = await metadataIn(rawAnswer(outcome).body, issuer);
  if (server === undefined) return { kind: "absent" };
  return server.issuer === issuer ? { kind: "found", server } : { kind: "other_issuer" };
}

/** undefined: not the metadata of this issuer, not even by oauth4webapi's looser comparison. */
async function metadataIn(body: string, issuer: string): Promise<AuthorizationServer | undefined> {
  const response = new Response(body, { headers: { "content-type": "application/json" } });
  try {
    return await processDiscoveryResponse(new URL(issuer), response);
  } catch (error) {
    return isOtherIssuer(error) ? { issuer: "" } : undefined;
  }
}

function isOtherIssuer(error: unknown): boolean {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return code === "OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED";
}

function failureOf(issuer: string, findings: readonly Finding[]): SealringError | undefined {
  if (findings.some(({ kind }) => kind === "other_issuer")) {
    return new SealringError("provider_drift", `the metadata at ${issuer} is that of another issuer`, {
      hint: "declare the issuer exactly as the server's metadata writes it; a slash at the end counts",
    });
  }
  if (findings.some(({ kind }) => kind === "unreachable")) {
    return new SealringError("transient", `${issuer} did not answer when asked for its metadata`, {
      hint: "try again later; if it stays so, ask the provider",
    });
  }
  return undefined;
}

function merge(provider: Provider, server: AuthorizationServer): Provider {
  const found: ServerMetadata = {
    ...stringsOf(server),
    token_endpoint_auth_methods_supported:
      stringList(server.token_endpoint_auth_methods_supported) ?? DEFAULT_AUTH_METHODS,
    ...optional("code_challenge_methods_supported", stringList(server.code_challenge_methods_supported)),
    require_pushed_authorization_requests: server.require_pushed_authorization_requests === true,
    authorization_response_iss_parameter_supported:
      server.authorization_response_iss_parameter_supported === true,
  };
  for (const name of ENDPOINTS) assertSecure(name, found[name]);
  return { ...provider, metadata: { ...found, ...provider.metadata } };
}

function stringsOf(server: AuthorizationServer): ServerMetadata {
  const entries = ENDPOINTS.map((name) => [name, server[name]] as const);
  return Object.fromEntries(entries.filter(([, value]) => typeof value === "string"));
}

function stringList(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : undefined;
}

function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): Partial<Record<Name, Value>> {
  return value === undefined ? {} : ({ [name]: value } as Record<Name, Value>);
}

function assertSecure(name: string, endpoint: string | undefined): void {
  if (endpoint === undefined || isSecureUrl(endpoint)) return;
  throw new SealringError("provider_drift", `the server's metadata gives ${name} without https`, {
    hint: `declare ${name} in the provider, with https`,
  });
}
