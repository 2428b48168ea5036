import type { ProviderDeclaration } from "./generated/provider.ts";
import type { ErrorMatcher, Provider, Rotation, ServerMetadata } from "./provider.ts";

/** A provider that a credential describes itself. Named after its host. */
export function providerFromDeclaration(declaration: ProviderDeclaration): Provider {
  const address = declaration.issuer ?? declaration.token_endpoint ?? "";
  const name = URL.canParse(address) ? new URL(address).host : "inline";
  return toProvider(declaration, { id: "inline", name });
}

/** The model of a declaration: what is left out is unknown, and no guess. */
export function toProvider(
  declaration: ProviderDeclaration,
  identity: { readonly id: string; readonly name: string },
): Provider {
  return {
    id: identity.id,
    name: identity.name,
    metadata: metadataOf(declaration),
    grants: declaration.grants,
    rotation: rotationOf(declaration),
    scopes: declaration.scopes,
    scopePrefix: declaration.scope_prefix ?? "",
    revocation:
      declaration.revocation === undefined
        ? { kind: "rfc7009" }
        : { kind: "query", parameter: declaration.revocation.query, method: declaration.revocation.method },
    verificationEndpoint: declaration.verification_endpoint,
    loopback: declaration.loopback_redirect ?? "unknown",
    refreshTokenLifetimeSeconds: declaration.refresh_token_lifetime_seconds,
    refreshTokenIdleSeconds: declaration.refresh_token_idle_seconds,
    errors: errorsOf(declaration),
  };
}

function errorsOf({ errors = [] }: ProviderDeclaration): readonly ErrorMatcher[] {
  return errors.map(({ error, status, description_contains: descriptionContains, means }) => ({
    error,
    status,
    descriptionContains,
    means,
  }));
}

const METADATA_KEYS = [
  "issuer",
  "authorization_endpoint",
  "token_endpoint",
  "device_authorization_endpoint",
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
export function bareScope(provider: Pick<Provider, "scopePrefix">, scope: string): string {
  const { scopePrefix } = provider;
  return scopePrefix !== "" && scope.startsWith(scopePrefix) ? scope.slice(scopePrefix.length) : scope;
}
