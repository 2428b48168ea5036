import { ClientSecretBasic, ClientSecretPost, None } from "oauth4webapi";
import type { AuthorizationServer, Client, ClientAuth } from "oauth4webapi";
import { SealringError } from "../errors.ts";
import type { ClientAuthMethod, Provider } from "../providers/provider.ts";
import type { Secret } from "../secret.ts";
import { clientAssertion } from "./client-key.ts";

/** Who we are at an authorization server. Without a secret: a public client (RFC 6749 §2.1). */
export interface OAuthClient {
  readonly id: string;
  /** A private key, where it proves itself by private_key_jwt. */
  readonly secret: Secret | undefined;
  /** undefined: as the provider prefers. */
  readonly authMethod?: ClientAuthMethod | undefined;
}

/** The two ends of every request: the authorization server, and we. */
export interface Party {
  readonly provider: Provider;
  readonly client: OAuthClient;
  /** As declared; for servers that want it with a refresh, too. */
  readonly redirectUri?: string | undefined;
}

/** RFC 8414 §2: what a server takes that does not say what it takes. */
export const DEFAULT_AUTH_METHODS: readonly string[] = ["client_secret_basic"];

/**
 * How the client proves itself: as it is declared, else by its secret in the body where that is offered, by HTTP Basic
 * (RFC 6749 §2.3.1), or by its private key (RFC 7523 §2.2), in this order.
 * @throws SealringError `client_misconfigured` when the server takes none of these, or the key cannot sign.
 */
export function clientAuthentication({ provider, client }: Party): ClientAuth {
  if (client.secret === undefined) return None();
  switch (client.authMethod ?? preferredMethod(provider)) {
    case "none":
      return None();
    case "client_secret_post":
      return ClientSecretPost(client.secret.reveal());
    case "client_secret_basic":
      return basic(provider, client.secret);
    case "private_key_jwt":
      return clientAssertion(provider, client.secret);
  }
}

const WITH_SECRET = ["client_secret_post", "client_secret_basic", "private_key_jwt"] as const;

function preferredMethod({ name, metadata }: Provider): ClientAuthMethod {
  const offered = metadata.token_endpoint_auth_methods_supported ?? DEFAULT_AUTH_METHODS;
  const method = WITH_SECRET.find((candidate) => offered.includes(candidate));
  if (method !== undefined) return method;
  throw new SealringError("client_misconfigured", `${name} takes neither a client secret nor a private key`, {
    hint: `register the client for one of ${WITH_SECRET.join(", ")}, or remove client.secret from its file`,
  });
}

function basic({ client: { basicEncoding, basicUser } }: Provider, secret: Secret): ClientAuth {
  if (basicUser === "client_id" && basicEncoding === "form") return ClientSecretBasic(secret.reveal());
  return (...[, { client_id: id }, , headers]) => {
    const pair = basicUser === "client_secret" ? `${secret.reveal()}:` : `${id}:${secret.reveal()}`;
    headers.set("authorization", `Basic ${Buffer.from(pair).toString("base64")}`);
  };
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

/** The endpoints that sealring calls, by their RFC 8414 names. */
export const ENDPOINTS = [
  "authorization_endpoint",
  "token_endpoint",
  "device_authorization_endpoint",
  "pushed_authorization_request_endpoint",
  "revocation_endpoint",
] as const;

export type EndpointName = (typeof ENDPOINTS)[number];

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
