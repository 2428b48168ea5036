import type { ProviderDeclaration } from "./generated/provider.ts";
import type {
  AnswerDepartures,
  ErrorMatcher,
  Provider,
  Rotation,
  ScopeRules,
  ServerMetadata,
} from "./provider.ts";
import { requestsOf } from "./requests.ts";

/** What a provider is called. */
export interface ProviderIdentity {
  readonly id: string;
  readonly name: string;
}

/** A provider that a credential describes itself. Named after its host. */
export function providerFromDeclaration(declaration: ProviderDeclaration): Provider {
  const address = declaration.issuer ?? declaration.token_endpoint ?? "";
  const name = URL.canParse(address) ? new URL(address).host : "inline";
  return toProvider(declaration, { id: "inline", name });
}

/** The model of a declaration, its parameters filled in: what is left out is unknown, and no guess. */
export function toProvider(declaration: ProviderDeclaration, identity: ProviderIdentity): Provider {
  const { generations = [], ...base } = declaration;
  return {
    ...single(base, identity),
    generations: generations.map((generation) => single(overlaid(base, generation), identity)),
  };
}

type Generation = NonNullable<ProviderDeclaration["generations"]>[number];

/** How the endpoints departed that it replaces says nothing of its own. */
function overlaid(base: ProviderDeclaration, generation: Generation): ProviderDeclaration {
  const { revocation, verification, ...rest } = base;
  return {
    ...rest,
    ...(generation.revocation_endpoint === undefined && revocation !== undefined ? { revocation } : {}),
    ...(generation.verification_endpoint === undefined && verification !== undefined ? { verification } : {}),
    ...generation,
  };
}

function single(declaration: ProviderDeclaration, identity: ProviderIdentity): Provider {
  return {
    ...identity,
    ...requestsOf(declaration),
    metadata: metadataOf(declaration),
    generations: [],
    grants: declaration.grants,
    answer: answerOf(declaration),
    rotation: rotationOf(declaration),
    reuse: declaration.reuse ?? "unknown",
    issuesRefreshToken: declaration.issues_refresh_token ?? true,
    scopes: declaration.scopes,
    offlineScopes: declaration.offline_scopes ?? [],
    scopeRules: scopeRulesOf(declaration),
    loopback: declaration.loopback_redirect ?? "unknown",
    redirectAlias: declaration.redirect_uri_alias,
    registration: registrationOf(declaration),
    refreshTokenLifetimeSeconds: declaration.refresh_token_lifetime_seconds,
    refreshTokenIdleSeconds: declaration.refresh_token_idle_seconds,
    errors: errorsOf(declaration),
  };
}

function answerOf(declaration: ProviderDeclaration): AnswerDepartures {
  const { token_response: response = {} } = declaration;
  const otherwise = declaration.access_token_is_jwt === true ? "jwt" : "told";
  return {
    members: response.members ?? {},
    success: response.success,
    expiry: declaration.access_token_expires === false ? "never" : otherwise,
    lifetimeSeconds: declaration.access_token_lifetime_seconds,
  };
}

function scopeRulesOf(declaration: ProviderDeclaration): ScopeRules {
  return {
    prefix: declaration.scope_prefix ?? "",
    separator: declaration.scope_separator ?? " ",
    parameter: declaration.scope_parameter ?? "scope",
    marked: declaration.scope_parameters ?? [],
  };
}

function registrationOf({ registration = {} }: ProviderDeclaration): Provider["registration"] {
  return { url: registration.url, redirectUri: registration.redirect_uri, note: registration.note };
}

function errorsOf({ errors = [] }: ProviderDeclaration): readonly ErrorMatcher[] {
  return errors.map(({ error, status, description_contains: descriptionContains, body, means }) => ({
    error,
    status,
    descriptionContains,
    body,
    means,
  }));
}

const METADATA_KEYS = [
  "issuer",
  "authorization_endpoint",
  "token_endpoint",
  "device_authorization_endpoint",
  "pushed_authorization_request_endpoint",
  "require_pushed_authorization_requests",
  "revocation_endpoint",
  "token_endpoint_auth_methods_supported",
  "code_challenge_methods_supported",
  "authorization_response_iss_parameter_supported",
] as const satisfies readonly (keyof ServerMetadata & keyof ProviderDeclaration)[];

function metadataOf(declaration: ProviderDeclaration): ServerMetadata {
  const given = METADATA_KEYS.filter((key) => declaration[key] !== undefined);
  return Object.fromEntries(given.map((key) => [key, declaration[key]]));
}

function rotationOf({ rotation, rotation_grace_seconds: seconds }: ProviderDeclaration): Rotation {
  if (rotation === undefined) return { kind: "unknown" };
  if (rotation !== "grace") return { kind: rotation };
  // The schema asks for the seconds; a grace of unknown length is none that may be counted on.
  return seconds === undefined ? { kind: "unknown" } : { kind: "grace", seconds };
}

/** A scope without the provider's prefix, as it is declared and compared. */
export function bareScope({ scopeRules: { prefix } }: Pick<Provider, "scopeRules">, scope: string): string {
  return prefix !== "" && scope.startsWith(prefix) ? scope.slice(prefix.length) : scope;
}
