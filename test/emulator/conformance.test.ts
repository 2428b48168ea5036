import { generateKeyPairSync, webcrypto } from "node:crypto";
import * as oauth from "oauth4webapi";
import { describe, expect, it, test } from "vitest";
import type { Emulator } from "./emulator.ts";
import { CLIENT, emulate, STANDARD } from "./standard.ts";

/** oauth4webapi refuses plain http unless it is told; the emulator is on loopback. */
// eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so as to stand out, not because it goes away
const INSECURE = { [oauth.allowInsecureRequests]: true };
const APP: oauth.Client = { client_id: CLIENT.id };
const SECRET = CLIENT.secret ?? "";
const SCOPE = "read:daily write";

async function discover({ declared }: Emulator): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(declared.issuer ?? "");
  const response = await oauth.discoveryRequest(issuer, { algorithm: "oauth2", ...INSECURE });
  return oauth.processDiscoveryResponse(issuer, response);
}

interface Party {
  readonly server: oauth.AuthorizationServer;
  readonly authentication: oauth.ClientAuth;
}

/** Code and PKCE from end to end. */
async function authorize({ server, authentication }: Party, how: "direct" | "pushed" = "direct") {
  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const parameters = new URLSearchParams({
    ...{ response_type: "code", client_id: CLIENT.id, redirect_uri: CLIENT.redirectUri, scope: SCOPE, state },
    ...{ code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: "S256" },
  });
  const url = new URL(server.authorization_endpoint ?? "");
  url.search = (
    how === "direct" ? parameters : await push({ server, authentication }, parameters)
  ).toString();
  const sentBack = await fetch(url, { redirect: "manual" });
  const returned = new URL(sentBack.headers.get("location") ?? "");
  const callback = oauth.validateAuthResponse(server, APP, returned, state);
  const response = await oauth.authorizationCodeGrantRequest(
    ...([server, APP, authentication, callback, CLIENT.redirectUri, verifier] as const),
    INSECURE,
  );
  return oauth.processAuthorizationCodeResponse(server, APP, response);
}

async function push({ server, authentication }: Party, parameters: URLSearchParams) {
  const response = await oauth.pushedAuthorizationRequest(server, APP, authentication, parameters, INSECURE);
  const { request_uri } = await oauth.processPushedAuthorizationResponse(server, APP, response);
  return new URLSearchParams({ client_id: CLIENT.id, request_uri });
}

async function refresh({ server, authentication }: Party, token = "") {
  const response = await oauth.refreshTokenGrantRequest(server, APP, authentication, token, INSECURE);
  return oauth.processRefreshTokenResponse(server, APP, response);
}

async function works({ declared }: Emulator, token: string): Promise<boolean> {
  const headers = { authorization: `Bearer ${token}` };
  return (await fetch(declared.verification_endpoint ?? "", { headers })).status === 200;
}

async function aKey() {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const pkcs8 = privateKey.export({ type: "pkcs8", format: "der" });
  const algorithm = { name: "ECDSA", namedCurve: "P-256" };
  return {
    secret: publicKey.export({ type: "spki", format: "pem" }).toString(),
    key: await webcrypto.subtle.importKey("pkcs8", pkcs8, algorithm, false, ["sign"]),
  };
}

describe("a client that others wrote", () => {
  const WAYS: readonly [string, oauth.ClientAuth][] = [
    ["Basic", oauth.ClientSecretBasic(SECRET)],
    ["the body", oauth.ClientSecretPost(SECRET)],
  ];

  it.each(WAYS)("lives a life with its secret in %s", async (_way, authentication) => {
    const emulator = await emulate();
    const party = { server: await discover(emulator), authentication };
    const first = await authorize(party);
    expect(first).toMatchObject({ expires_in: 3600, scope: SCOPE, token_type: "bearer" });
    expect(await works(emulator, first.access_token)).toBe(true);
    const second = await refresh(party, first.refresh_token);
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect(emulator.books.liveToken()).toBe(second.refresh_token);
    const { server } = party;
    const revoked = await oauth.revocationRequest(
      ...([server, APP, authentication, second.refresh_token ?? ""] as const),
      INSECURE,
    );
    await oauth.processRevocationResponse(revoked);
    expect(await works(emulator, second.access_token)).toBe(false);
    expect(emulator.books.refusals).toHaveLength(1);
  });

  it("without a secret says its id alone", async () => {
    const emulator = await emulate({ client: { ...CLIENT, secret: undefined } });
    const party = { server: await discover(emulator), authentication: oauth.None() };
    const { access_token: token } = await authorize(party);
    expect(await works(emulator, token)).toBe(true);
  });

  it("signs with its key", async () => {
    const { secret, key } = await aKey();
    const emulator = await emulate({ client: { ...CLIENT, secret } });
    const party = { server: await discover(emulator), authentication: oauth.PrivateKeyJwt(key) };
    const { refresh_token: token } = await authorize(party);
    await refresh(party, token);
    expect(emulator.books.renewals).toMatchObject([{ presented: token, standing: "live" }]);
  });

  it("leaves its request before the browser is sent", async () => {
    const declared = { ...STANDARD, require_pushed_authorization_requests: true };
    const emulator = await emulate({ declared });
    const party = { server: await discover(emulator), authentication: oauth.ClientSecretBasic(SECRET) };
    await authorize(party, "pushed");
    await expect(authorize(party)).rejects.toThrow();
    expect(emulator.books.refusals).toEqual(["authorization: invalid_request: the request was not pushed"]);
  });

  it("polls for a device until the person has decided", async () => {
    const emulator = await emulate();
    const server = await discover(emulator);
    const authentication = oauth.ClientSecretPost(SECRET);
    const asked = await oauth.deviceAuthorizationRequest(
      server,
      APP,
      authentication,
      { scope: SCOPE },
      INSECURE,
    );
    const { device_code: code } = await oauth.processDeviceAuthorizationResponse(server, APP, asked);
    const poll = async () => {
      const response = await oauth.deviceCodeGrantRequest(server, APP, authentication, code, INSECURE);
      return oauth.processDeviceCodeResponse(server, APP, response);
    };
    await expect(poll()).rejects.toMatchObject({ error: "authorization_pending" });
    await expect(poll()).rejects.toMatchObject({ error: "slow_down" });
    expect(await works(emulator, (await poll()).access_token)).toBe(true);
  });

  it("has tokens of its own", async () => {
    const emulator = await emulate();
    const server = await discover(emulator);
    const parameters = new URLSearchParams({ scope: "write" });
    const response = await oauth.clientCredentialsGrantRequest(
      ...([server, APP, oauth.ClientSecretBasic(SECRET), parameters] as const),
      INSECURE,
    );
    const tokens = await oauth.processClientCredentialsResponse(server, APP, response);
    expect(tokens).toMatchObject({ scope: "write" });
    expect(tokens.refresh_token).toBeUndefined();
  });
});

describe("a used refresh token that comes again", () => {
  async function reused(reuse: "harmless" | "revokes_family" | undefined) {
    const emulator = await emulate({ declared: { ...STANDARD, ...(reuse && { reuse }) } });
    const party = { server: await discover(emulator), authentication: oauth.ClientSecretBasic(SECRET) };
    const first = await authorize(party);
    const second = await refresh(party, first.refresh_token);
    await expect(refresh(party, first.refresh_token)).rejects.toMatchObject({ error: "invalid_grant" });
    expect(emulator.books.renewals.at(-1)).toMatchObject({ standing: "spent", outcome: "refused" });
    return works(emulator, second.access_token);
  }

  it("ends the grant, where that is known or nobody knows", async () => {
    expect(await reused("revokes_family")).toBe(false);
    expect(await reused(undefined)).toBe(false);
  });

  it("does no harm where it is harmless", async () => {
    expect(await reused("harmless")).toBe(true);
  });
});

test("an answer is lost before the server acts, or after", async () => {
  const emulator = await emulate();
  const party = { server: await discover(emulator), authentication: oauth.ClientSecretBasic(SECRET) };
  const { refresh_token: token } = await authorize(party);
  emulator.lose("refresh", "before");
  await expect(refresh(party, token)).rejects.toThrow();
  expect(emulator.books.renewals).toEqual([]);
  emulator.lose("refresh", "after");
  await expect(refresh(party, token)).rejects.toThrow();
  expect(emulator.books.renewals).toMatchObject([{ presented: token, outcome: "granted" }]);
  expect(emulator.arrivals.filter((role) => role === "refresh")).toHaveLength(2);
});
