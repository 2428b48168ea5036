import * as oauth from "oauth4webapi";
import { describe, expect, it } from "vitest";
import { consentOnDevicePage } from "../../../src/sandbox/scripted-person.ts";
import type { Decision } from "../../../src/sandbox/scripted-person.ts";
import type { TestClient } from "./client.ts";
import { authorize, connect, INSECURE, post, refresh, SCOPE } from "./client.ts";

async function personalInfo({ origin }: TestClient, accessToken: string): Promise<number> {
  const headers = { authorization: `Bearer ${accessToken}` };
  const response = await fetch(`${origin}/v2/usercollection/personal_info`, { headers });
  await response.body?.cancel();
  return response.status;
}

it("an independent client gets from discovery through code and PKCE to a token that works", async () => {
  const test = await connect();
  const tokens = await authorize(test);
  expect(tokens).toMatchObject({ token_type: "bearer", expires_in: 2_591_999, scope: SCOPE });
  expect(await personalInfo(test, tokens.access_token)).toBe(200);
});

it("a token answer says id_token null, as Oura's does", async () => {
  const test = await connect({ grants: ["client_credentials"] });
  const { registered, server } = test;
  const form = {
    client_id: registered.id,
    client_secret: registered.secret ?? "",
    grant_type: "client_credentials",
  };
  const { body } = await post(String(server.token_endpoint), form);
  expect(body).toMatchObject({ id_token: null });
  expect(body).not.toHaveProperty("refresh_token");
});

it("scopes that a person unticks are not granted", async () => {
  const test = await connect();
  const tokens = await authorize(test, { kind: "allow", untick: ["personal"] });
  expect(tokens.scope).toBe("extapi:daily");
  expect(await personalInfo(test, tokens.access_token)).toBe(403);
});

it("a person who says no sends the browser back with access_denied", async () => {
  const test = await connect();
  await expect(authorize(test, { kind: "deny" })).rejects.toThrow(oauth.AuthorizationResponseError);
});

describe("a refresh token", () => {
  it("is replaced by every refresh", async () => {
    const test = await connect();
    const first = await authorize(test);
    const second = await refresh(test, first.refresh_token ?? "");
    const third = await refresh(test, second.refresh_token ?? "");
    expect(new Set([first, second, third].map(({ refresh_token: token }) => token)).size).toBe(3);
    expect(third.scope).toBe(SCOPE);
  });

  it("takes the whole grant with it when it comes a second time", async () => {
    const test = await connect();
    const first = await authorize(test);
    const second = await refresh(test, first.refresh_token ?? "");
    await expect(refresh(test, first.refresh_token ?? "")).rejects.toMatchObject({ error: "invalid_grant" });
    await expect(refresh(test, second.refresh_token ?? "")).rejects.toMatchObject({ error: "invalid_grant" });
    expect(await personalInfo(test, second.access_token)).toBe(401);
    expect(test.sandbox.refreshRequests().get(first.refresh_token ?? "")).toBe(2);
  });

  it("may come again within the grace period of a server that has one, and not after it", async () => {
    const test = await connect({ rotation: { kind: "grace", seconds: 60 } });
    const { refresh_token: token = "" } = await authorize(test);
    await refresh(test, token);
    test.clock.passSeconds(59);
    await refresh(test, token);
    test.clock.passSeconds(1);
    await expect(refresh(test, token)).rejects.toMatchObject({ error: "invalid_grant" });
  });

  it("stays as it is on a server that does not rotate", async () => {
    const test = await connect({ rotation: { kind: "none" } });
    const { refresh_token: token = "" } = await authorize(test);
    expect(await refresh(test, token)).not.toHaveProperty("refresh_token");
    await refresh(test, token);
  });
});

describe("revocation", () => {
  it("of a refresh token ends the grant, and of nonsense is answered the same", async () => {
    const test = await connect();
    const tokens = await authorize(test);
    for (const token of [tokens.refresh_token ?? "", "nonsense"]) {
      const { server, client, authentication } = test;
      const answer = await oauth.revocationRequest(server, client, authentication, token, INSECURE);
      await oauth.processRevocationResponse(answer);
    }
    expect(await personalInfo(test, tokens.access_token)).toBe(401);
    await expect(refresh(test, tokens.refresh_token ?? "")).rejects.toMatchObject({ error: "invalid_grant" });
  });

  it("of an access token leaves the refresh token alone", async () => {
    const test = await connect();
    const { server, client, authentication } = test;
    const tokens = await authorize(test);
    await oauth.revocationRequest(server, client, authentication, tokens.access_token, INSECURE);
    expect(await personalInfo(test, tokens.access_token)).toBe(401);
    const next = await refresh(test, tokens.refresh_token ?? "");
    expect(await personalInfo(test, next.access_token)).toBe(200);
  });
});

it("introspection tells what a token is good for until it has expired", async () => {
  const test = await connect({ accessTokenSeconds: 60 });
  const { server, client, authentication } = test;
  const introspect = async (token: string): Promise<oauth.IntrospectionResponse> => {
    const answer = await oauth.introspectionRequest(server, client, authentication, token, INSECURE);
    return oauth.processIntrospectionResponse(server, client, answer);
  };
  const tokens = await authorize(test);
  const expected = { active: true, client_id: "the app", scope: SCOPE };
  expect(await introspect(tokens.access_token)).toMatchObject(expected);
  test.clock.passSeconds(60);
  expect(await introspect(tokens.access_token)).toMatchObject({ active: false });
});

describe("the device grant", () => {
  async function start(test: TestClient): Promise<oauth.DeviceAuthorizationResponse> {
    const { server, client, authentication } = test;
    const parameters = { scope: SCOPE };
    const answer = await oauth.deviceAuthorizationRequest(
      server,
      client,
      authentication,
      parameters,
      INSECURE,
    );
    return oauth.processDeviceAuthorizationResponse(server, client, answer);
  }

  async function poll({ registered, server }: TestClient, deviceCode: string): ReturnType<typeof post> {
    return post(String(server.token_endpoint), {
      grant_type: "urn:ietf:params:oauth:grant-type:device_code",
      ...{ client_id: registered.id, client_secret: registered.secret ?? "", device_code: deviceCode },
    });
  }

  async function decide({ sandbox }: TestClient, url: string | undefined, decision: Decision): Promise<void> {
    await consentOnDevicePage(sandbox.handler, url ?? "", decision);
  }

  it("waits for the person, and then grants once what was left ticked", async () => {
    const test = await connect();
    const started = await start(test);
    expect((await poll(test, started.device_code)).body).toMatchObject({ error: "authorization_pending" });
    await decide(test, started.verification_uri_complete, { kind: "allow", untick: ["daily"] });
    test.clock.passSeconds(5);
    expect((await poll(test, started.device_code)).body).toMatchObject({ scope: "extapi:personal" });
    test.clock.passSeconds(5);
    expect((await poll(test, started.device_code)).body).toMatchObject({ error: "invalid_grant" });
  });

  it("slows down who polls too fast, by five seconds each time", async () => {
    const test = await connect();
    const { device_code: code, interval } = await start(test);
    expect(interval).toBe(5);
    await poll(test, code);
    test.clock.passSeconds(4);
    expect((await poll(test, code)).body).toMatchObject({ error: "slow_down" });
    test.clock.passSeconds(9);
    expect((await poll(test, code)).body).toMatchObject({ error: "slow_down" });
    test.clock.passSeconds(15);
    expect((await poll(test, code)).body).toMatchObject({ error: "authorization_pending" });
  });

  it("ends when the person says no", async () => {
    const test = await connect();
    const started = await start(test);
    await decide(test, started.verification_uri_complete, { kind: "deny" });
    expect((await poll(test, started.device_code)).body).toMatchObject({ error: "access_denied" });
  });

  it("ends when its time is over, on the page too", async () => {
    const test = await connect();
    const started = await start(test);
    test.clock.passSeconds(600);
    expect((await poll(test, started.device_code)).body).toMatchObject({ error: "expired_token" });
    const page = await fetch(started.verification_uri_complete ?? "");
    expect(page.status).toBe(400);
  });

  it("asks for the user code on a page of its own", async () => {
    const test = await connect();
    const { verification_uri: address } = await start(test);
    expect(await (await fetch(address)).text()).toContain('<input name="user_code"');
  });

  it("takes a user code in small letters and without the dash", async () => {
    const test = await connect();
    const started = await start(test);
    const typed = started.user_code.toLowerCase().replace("-", "");
    await decide(test, `${started.verification_uri}?user_code=${typed}`, { kind: "allow", untick: [] });
    expect((await poll(test, started.device_code)).status).toBe(200);
  });
});

it("a person who withdraws consent at the provider ends every token", async () => {
  const test = await connect();
  const tokens = await authorize(test);
  test.sandbox.revokeEverything();
  expect(await personalInfo(test, tokens.access_token)).toBe(401);
  await expect(refresh(test, tokens.refresh_token ?? "")).rejects.toMatchObject({ error: "invalid_grant" });
});
