import { describe, expect, it } from "vitest";
import type { Party } from "../../src/oauth/client.ts";
import { readPoll, requestDevice, withPollMeaning } from "../../src/oauth/device.ts";
import type { HttpOutcome } from "../../src/ports.ts";
import { CANARIES, expectNoCanary } from "../support/canary.ts";
import { aProvider, departing, json, ScriptedHttp, text } from "../support/scripted-http.ts";

const party: Party = { provider: aProvider(), client: { id: "c", secret: undefined } };

const ANSWER = {
  device_code: "d",
  user_code: "ABCD-EFGH",
  verification_uri: "https://id.example.com/device",
  verification_uri_complete: "https://id.example.com/device?user_code=ABCD-EFGH",
  expires_in: 600,
  interval: 7,
};

describe("the device authorization request", () => {
  it("names client and scopes, and gives what a person types where", async () => {
    const http = new ScriptedHttp(json(200, ANSWER));
    const device = await requestDevice(http, party, ["daily"]);
    expect(http.form(0)).toEqual({ client_id: "c", scope: "daily" });
    expect(device.deviceCode.reveal()).toBe("d");
    expect(device).toMatchObject({
      userCode: "ABCD-EFGH",
      verificationUri: ANSWER.verification_uri,
      verificationUriComplete: ANSWER.verification_uri_complete,
      expiresInSeconds: 600,
      intervalSeconds: 7,
    });
  });

  it.each<[string, object, object]>([
    ["no interval means five seconds", { interval: undefined }, { intervalSeconds: 5 }],
    ["an interval out of reason is bounded", { interval: 86_400 }, { intervalSeconds: 60 }],
    ["a lifetime out of reason is bounded", { expires_in: 1e9 }, { expiresInSeconds: 3_600 }],
    ["a lifetime may come as text", { expires_in: "600" }, { expiresInSeconds: 600 }],
    [
      "the address may come by Google's name",
      { verification_uri: undefined, verification_url: "https://g.example/device" },
      { verificationUri: "https://g.example/device" },
    ],
    ["a code cannot move the cursor", { user_code: "\u001b[2JAB\r\nCD\u202e" }, { userCode: "[2JABCD" }],
    ["what is null is left out", { interval: null }, { intervalSeconds: 5 }],
    [
      "an address that is too long for anybody is left out",
      { verification_uri_complete: `https://id.example.com/?${"a".repeat(5_000)}` },
      { verificationUriComplete: undefined },
    ],
    [
      "an address is measured as it is sent",
      { verification_uri_complete: `https://id.example.com/?${"ü".repeat(400)}` },
      { verificationUriComplete: undefined },
    ],
    [
      "an address that no browser should open is left out",
      { verification_uri_complete: "javascript:alert(1)" },
      { verificationUriComplete: undefined },
    ],
  ])("%s", async (_what, answer, expected) => {
    const http = new ScriptedHttp(json(200, { ...ANSWER, ...answer }));
    expect(await requestDevice(http, party, [])).toMatchObject(expected);
  });

  it.each<[string, HttpOutcome, string]>([
    [
      "an address of another scheme",
      json(200, { ...ANSWER, verification_uri: "file:///etc/passwd" }),
      "provider_drift",
    ],
    [
      "an address that is too long",
      json(200, { ...ANSWER, verification_uri: `https://id.example.com/?${"a".repeat(5_000)}` }),
      "provider_drift",
    ],
    ["an answer without a code", json(200, { ...ANSWER, user_code: undefined }), "provider_drift"],
    ["HTML", text(200, "<html>"), "provider_drift"],
    ["a client that may not", json(400, { error: "unauthorized_client" }), "client_misconfigured"],
    ["a server in trouble", text(503, "<html>"), "transient"],
    ["no answer", { kind: "lost", reason: "timeout", partial: Buffer.of() }, "transient"],
    ["a text as error", json(400, { error: CANARIES.accessToken }), "provider_drift"],
  ])("%s is refused", async (_what, outcome, code) => {
    const failure: unknown = await requestDevice(new ScriptedHttp(outcome), party, []).catch(
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ name: "SealringError", code });
    expectNoCanary(String(failure));
  });
});

it("what nobody asked for, however deep it is, is not looked at", async () => {
  const deep = "[".repeat(200_000) + "]".repeat(200_000);
  const body = `${JSON.stringify(ANSWER).slice(0, -1)},"x":${deep}}`;
  const answers = [body, body.replace('"interval":7', `"interval":${deep}`)];
  for (const [index, answer] of answers.entries())
    expect(await requestDevice(new ScriptedHttp(text(200, answer)), party, [])).toMatchObject({
      intervalSeconds: [7, 5][index],
    });
});

describe("otherwise than by RFC 8628", () => {
  it("client and scopes go by the provider's names, beside parameters of its own", async () => {
    const http = new ScriptedHttp(json(200, ANSWER));
    const provider = departing({
      client_id_parameter: "client_key",
      scope_separator: ",",
      device_authorization: { scope_parameter: "scopes", parameters: { response_type: "device_code" } },
    });
    await requestDevice(http, { ...party, provider }, ["daily", "email"]);
    expect(http.form(0)).toEqual({
      client_key: "c",
      scopes: "daily,email",
      response_type: "device_code",
    });
  });

  it("a server that takes JSON gets JSON", async () => {
    const http = new ScriptedHttp(json(200, ANSWER));
    await requestDevice(http, { ...party, provider: departing({ token_request_format: "json" }) }, []);
    expect(http.requests[0]).toMatchObject({ body: '{"client_id":"c"}' });
    expect(http.requests[0]?.headers["content-type"]).toBe("application/json");
  });

  const provider = departing({
    device_authorization: {
      poll_statuses: { "400": "authorization_pending", "418": "access_denied", "420": "slow_down" },
    },
  });

  it.each<[number, string, string]>([
    [400, "", "pending"],
    [420, "<html>", "slow_down"],
    [418, "", "final"],
    [400, '{"error":"expired_token"}', "final"],
    [403, '{"error":"authorization_pending"}', "pending"],
  ])("a poll's status %i with the body %s is %s", (status, body, step) => {
    const raw = withPollMeaning({ status, contentType: "", body }, provider);
    expect(readPoll(raw, provider)).toBe(step);
  });

  it("a status takes the place of what the body does not say, and of nothing else", () => {
    const silent = { status: 418, contentType: "text/html", body: "" };
    expect(withPollMeaning(silent, provider)).toEqual({
      status: 418,
      contentType: "application/json",
      body: '{"error":"access_denied"}',
    });
    const telling = { ...silent, body: '{"error":"expired_token"}' };
    expect(withPollMeaning(telling, provider)).toBe(telling);
    const undeclared = { ...silent, status: 404 };
    expect(withPollMeaning(undeclared, provider)).toBe(undeclared);
  });
});

describe("a poll's answer", () => {
  it.each<[string, number, string]>([
    ['{"error":"authorization_pending"}', 400, "pending"],
    ['{"error":"authorization_pending"}', 200, "pending"],
    ['{"error":"slow_down"}', 400, "slow_down"],
    ["", 429, "slow_down"],
    ["<html>", 502, "pending"],
    ['{"error":"expired_token"}', 400, "final"],
    ['{"error":"access_denied"}', 400, "final"],
    ['{"access_token":"a"}', 200, "final"],
    ["<html>", 200, "final"],
  ])("%s with status %i is %s", (body, status, step) => {
    expect(readPoll({ status, contentType: "", body }, aProvider())).toBe(step);
  });
});

it("an answer may be a form, as GitHub writes it to those who ask for nothing else", async () => {
  const form =
    "device_code=d&expires_in=899&interval=5&user_code=ABCD-1234&verification_uri=https%3A%2F%2Fgithub.com%2Flogin%2Fdevice";
  const http = new ScriptedHttp(text(200, form, "application/x-www-form-urlencoded"));
  const party = { provider: aProvider(), client: { id: "c", secret: undefined } };
  expect(await requestDevice(http, party, [])).toMatchObject({
    userCode: "ABCD-1234",
    expiresInSeconds: 899,
    intervalSeconds: 5,
  });
});
