import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Provider as OidcProvider } from "oidc-provider";
import type { ClientMetadata, Configuration, KoaContextWithOIDC } from "oidc-provider";
import type { Page } from "playwright-core";
import type { OAuthClient } from "../../src/oauth/client.ts";
import { toProvider } from "../../src/providers/model.ts";
import type { Provider } from "../../src/providers/provider.ts";
import { Secret } from "../../src/secret.ts";
import { CANARIES } from "./canary.ts";

/** oidc-provider, running: an authorization server that nobody here wrote. */
export interface OidcServer {
  readonly issuer: string;
  /** As a declaration with nothing but an issuer gives it: its endpoints are to be discovered. */
  readonly provider: Provider;
  readonly clients: { readonly basic: OAuthClient; readonly post: OAuthClient; readonly public: OAuthClient };
  /** The form that the client authentication of each granted token request took: `basic`, `post` or `none`. */
  readonly authentications: readonly string[];
  close(): Promise<void>;
}

/** Registered for every client; a native client may use any port of it (RFC 8252 §7.3). */
export const REGISTERED_REDIRECT_URI = "http://127.0.0.1/callback";

const GRANT_TYPES = ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"];

/** Starts a server on a free loopback port, with its state in memory. The caller closes it. */
export async function startOidcServer(): Promise<OidcServer> {
  const http = createServer();
  await new Promise<void>((listening) => http.listen(0, "127.0.0.1", listening));
  const issuer = `http://127.0.0.1:${String((http.address() as AddressInfo).port)}`;
  const oidc = new OidcProvider(issuer, configuration());
  const authentications: string[] = [];
  oidc.on("grant.success", (ctx) => authentications.push(authenticationOf(ctx)));
  const handle = oidc.callback();
  http.on("request", (request, response) => void handle(request, response));
  return {
    issuer,
    provider: inlineProvider(issuer),
    clients: {
      basic: { id: "basic", secret: new Secret(CANARIES.clientSecret) },
      post: { id: "post", secret: new Secret(CANARIES.clientSecret) },
      public: { id: "public", secret: undefined },
    },
    authentications,
    close: async () => {
      http.closeAllConnections();
      await new Promise((closed) => http.close(closed));
    },
  };
}

/** Signs in and consents, as a person does: types a name and a password, presses the buttons. */
export async function signInAndConsent(page: Page): Promise<void> {
  await page.getByPlaceholder("Enter any login").fill("ada");
  await page.getByPlaceholder("and password").fill("any");
  await page.getByRole("button", { name: "Sign-in" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
}

function inlineProvider(issuer: string): Provider {
  const declaration = {
    issuer,
    rotation: "single_use",
    verification_endpoint: `${issuer}/me`,
    loopback_redirect: "any_port",
  } as const;
  return toProvider(declaration, { id: "inline", name: "oidc-provider" });
}

function configuration(): Configuration {
  return {
    clients: [
      registration("basic", { token_endpoint_auth_method: "client_secret_basic" }),
      registration("post", { token_endpoint_auth_method: "client_secret_post" }),
      registration("public", { token_endpoint_auth_method: "none", client_secret: undefined }),
    ],
    features: {
      devInteractions: { enabled: true },
      deviceFlow: { enabled: true },
      revocation: { enabled: true },
      clientCredentials: { enabled: true },
    },
    scopes: ["openid", "daily", "heartrate"],
    cookies: { keys: ["for tests only"] },
    rotateRefreshToken: true,
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed("refresh_token"),
  };
}

function registration(id: string, more: Partial<ClientMetadata>): ClientMetadata {
  return {
    client_id: id,
    client_secret: CANARIES.clientSecret,
    application_type: "native",
    redirect_uris: [REGISTERED_REDIRECT_URI, "http://localhost/callback"],
    grant_types:
      more.token_endpoint_auth_method === "none" ? GRANT_TYPES : [...GRANT_TYPES, "client_credentials"],
    response_types: ["code"],
    ...more,
  };
}

function authenticationOf({ headers, oidc }: KoaContextWithOIDC): string {
  if (oidc.client?.clientAuthMethod === "none") return "none";
  return headers.authorization?.startsWith("Basic ") === true ? "basic" : "post";
}
