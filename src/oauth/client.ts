import { ClientSecretBasic, ClientSecretPost, None } from "oauth4webapi";
import type { AuthorizationServer, Client, ClientAuth } from "oauth4webapi";
import { SealringError } from "../errors.ts";
import type { Provider } from "../providers/provider.ts";
import type { Secret } from "../secret.ts";

/** Who we are at an authorization server. Without a secret: a public client (RFC 6749 §2.1). */
export interface OAuthClient {
  readonly id: string;
  readonly secret: Secret | undefined;
}

/** The two ends of every request: the authorization server, and we. */
export interface Party {
  readonly provider: Provider;
  readonly client: OAuthClient;
}

/** RFC 8414 §2: what a server takes that does not say what it takes. */
export const DEFAULT_AUTH_METHODS: readonly string[] = ["client_secret_basic"];

/**
 * How the client proves itself: by its secret in the form body where that is offered, else by HTTP Basic (RFC 6749 §2.3.1).
 * @throws SealringError `client_misconfigured` when the server takes neither.
 */
export function clientAuthentication({ provider, client }: Party): ClientAuth {
  if (client.secret === undefined) return None();
  const offered = provider.metadata.token_endpoint_auth_methods_supported ?? DEFAULT_AUTH_METHODS;
  if (offered.includes("client_secret_post")) return ClientSecretPost(client.secret.reveal());
  if (offered.includes("client_secret_basic")) return ClientSecretBasic(client.secret.reveal());
  throw new SealringError(
    "client_misconfigured",
    `${provider.name} takes no client secret, neither in the body nor by Basic`,
    {
      hint: "register the client for client_secret_post or client_secret_basic, or remove client.secret from its file",
    },
  );
}

/** The client in oauth4webapi's words. */
export function asClient(client: OAuthClient): Client {
  return { client_id: client.id };
}

/**
 * The provider in oauth4webapi's words. The library asks for an issuer even where none is known; such a server's
 * token endpoint stands in for it, and nothing is compared with it.
 */
export function asServer({ metadata }: Provider): AuthorizationServer {
  const { token_endpoint_auth_methods_supported, code_challenge_methods_supported, ...rest } = metadata;
  return {
    ...rest,
    issuer: metadata.issuer ?? metadata.token_endpoint ?? "https://issuer.invalid",
    ...(token_endpoint_auth_methods_supported && {
      token_endpoint_auth_methods_supported: [...token_endpoint_auth_methods_supported],
    }),
    ...(code_challenge_methods_supported && {
      code_challenge_methods_supported: [...code_challenge_methods_supported],
    }),
  };
}

/** The names of the endpoints that sealring calls, by RFC 8414. */
export type EndpointName =
  "authorization_endpoint" | "token_endpoint" | "device_authorization_endpoint" | "revocation_endpoint";

/**
 * The address of an endpoint.
 * @throws SealringError `client_misconfigured` when the provider has none.
 */
export function endpointOf(provider: Provider, name: EndpointName): string {
  const endpoint = provider.metadata[name];
  if (endpoint !== undefined) return endpoint;
  throw new SealringError("client_misconfigured", `${provider.name} has no ${name}`, {
    hint: `declare ${name} in the provider, or choose another grant`,
  });
}
