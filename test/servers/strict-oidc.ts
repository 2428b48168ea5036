import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Provider as OidcProvider } from "oidc-provider";
import type { ClientMetadata, Configuration } from "oidc-provider";
import type { OAuthClient } from "../../src/oauth/client.ts";
import { Secret } from "../../src/secret.ts";
import { Visitor } from "./visitor.ts";

/** The keys that a client may sign with. */
export const KEY_KINDS = ["rsa", "ec", "ed25519"] as const;

type KeyKind = (typeof KEY_KINDS)[number];

/** oidc-provider, running, with pushed authorization requests required. */
export interface StrictOidc {
  readonly issuer: string;
  /** A secret for Basic alone; it and the id are of characters that form-encoding changes. */
  readonly odd: OAuthClient;
  /** Private keys instead of secrets. */
  readonly signing: Readonly<Record<KeyKind, OAuthClient>>;
  readonly public: OAuthClient;
  /** Ada opens an authorization request, signs in and allows it. */
  consent(url: string): Promise<void>;
  close(): Promise<void>;
}

const ODD = { id: "odd: client+%&", secret: "p%w+d: x&y=~" } as const;

/** Starts it on a free loopback port, with its state in memory. */
export async function startStrictOidc(): Promise<StrictOidc> {
  const http = createServer();
  await new Promise<void>((listening) => http.listen(0, "127.0.0.1", listening));
  const issuer = `http://127.0.0.1:${String((http.address() as AddressInfo).port)}`;
  const keys = { rsa: keyPair("rsa"), ec: keyPair("ec"), ed25519: keyPair("ed25519") };
  const handle = new OidcProvider(issuer, configuration(keys)).callback();
  http.on("request", (request, response) => void handle(request, response));
  return {
    issuer,
    odd: { id: ODD.id, secret: new Secret(ODD.secret), authMethod: "client_secret_basic" },
    signing: { rsa: signer("rsa", keys), ec: signer("ec", keys), ed25519: signer("ed25519", keys) },
    public: { id: "public", secret: undefined },
    consent,
    close: async () => {
      http.closeAllConnections();
      await new Promise((closed) => http.close(closed));
    },
  };
}

/** PEM in PKCS #8, as a person sets it as a secret, and the public key in the registration. */
type KeyPair = ReturnType<typeof keyPair>;
type Keys = Readonly<Record<KeyKind, KeyPair>>;

function keyPair(kind: KeyKind) {
  const { privateKey, publicKey } = generated(kind);
  return {
    pem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    jwk: publicKey.export({ format: "jwk" }),
  };
}

function generated(kind: KeyKind) {
  switch (kind) {
    case "rsa":
      return generateKeyPairSync("rsa", { modulusLength: 2048 });
    case "ec":
      return generateKeyPairSync("ec", { namedCurve: "P-256" });
    case "ed25519":
      return generateKeyPairSync("ed25519");
  }
}

function signer(kind: KeyKind, keys: Keys): OAuthClient {
  return { id: kind, secret: new Secret(keys[kind].pem), authMethod: "private_key_jwt" };
}

function configuration(keys: Keys): Configuration {
  const signers = KEY_KINDS.map((kind) =>
    registration(kind, {
      token_endpoint_auth_method: "private_key_jwt",
      jwks: { keys: [keys[kind].jwk] },
    }),
  );
  const basic = { token_endpoint_auth_method: "client_secret_basic", client_secret: ODD.secret } as const;
  return {
    clients: [
      registration(ODD.id, basic),
      ...signers,
      registration("public", { token_endpoint_auth_method: "none" }),
    ],
    features: {
      devInteractions: { enabled: true },
      deviceFlow: { enabled: true },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
      revocation: { enabled: true },
    },
    scopes: ["openid", "daily"],
    cookies: { keys: ["for tests only"] },
    rotateRefreshToken: true,
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed("refresh_token"),
  };
}

function registration(id: string, more: Partial<ClientMetadata>): ClientMetadata {
  return {
    client_id: id,
    application_type: "native",
    redirect_uris: ["http://127.0.0.1/callback"],
    grant_types: ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"],
    response_types: ["code"],
    ...more,
  };
}

async function consent(url: string): Promise<void> {
  const ada = new Visitor();
  const question = await ada.submit(await ada.open(url), { login: "ada", password: "any" });
  await ada.submit(question);
}
