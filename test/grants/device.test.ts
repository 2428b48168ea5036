import { describe, expect, it } from "vitest";
import { prepareDevice } from "../../src/grants/device.ts";
import type { GrantRequest } from "../../src/grants/prepared.ts";
import type { Exchange } from "../../src/oauth/token.ts";
import type { HttpOutcome } from "../../src/ports.ts";
import { RecordingProgress, SteppingClock } from "../support/grant-ports.ts";
import { aProvider, departing, json, ScriptedHttp, text } from "../support/scripted-http.ts";

const request: GrantRequest = {
  provider: aProvider(),
  client: { id: "c", secret: undefined },
  scopes: ["daily"],
  redirectUri: undefined,
  timeoutSeconds: 900,
};

const DEVICE = {
  device_code: "d",
  user_code: "ABCD-EFGH",
  verification_uri: "https://id.example.com/device",
  expires_in: 60,
};

const PENDING = json(400, { error: "authorization_pending" });
const SLOW_DOWN = json(400, { error: "slow_down" });
const TOKENS = json(200, { access_token: "a" });
const LOST: HttpOutcome = { kind: "lost", reason: "timeout", partial: Buffer.of() };

/** Burns with these polls in turn. */
async function polled(
  device: object,
  ...polls: HttpOutcome[]
): Promise<{ exchange: Exchange; slept: readonly number[] }> {
  const clock = new SteppingClock();
  const http = new ScriptedHttp(json(200, { ...DEVICE, ...device }), ...polls);
  const prepared = await prepareDevice(request, { http, clock, progress: new RecordingProgress() });
  return { exchange: await prepared.burn(), slept: clock.sleptSeconds };
}

describe("polling", () => {
  it("waits for five seconds, before the first time too, where no interval is given", async () => {
    const { exchange, slept } = await polled({}, PENDING, PENDING, TOKENS);
    expect(exchange).toMatchObject({ kind: "answered", raw: { body: '{"access_token":"a"}' } });
    expect(slept).toEqual([5, 5, 5]);
  });

  it("waits as long as the server asks for", async () => {
    expect((await polled({ interval: 7 }, PENDING, TOKENS)).slept).toEqual([7, 7]);
  });

  it("never waits for less than a second", async () => {
    expect((await polled({ interval: 0.01 }, PENDING, TOKENS)).slept).toEqual([1, 1]);
  });

  it("a slow_down answer lengthens the polling interval by five seconds, for good", async () => {
    expect((await polled({}, SLOW_DOWN, PENDING, SLOW_DOWN, TOKENS)).slept).toEqual([5, 10, 10, 15]);
  });

  it.each<[string, HttpOutcome]>([
    ["no answer", LOST],
    ["a request that was not sent", { kind: "not_sent", reason: "dns" }],
  ])("backs off after %s, and asks again", async (_what, outcome) => {
    expect((await polled({ expires_in: 600 }, outcome, outcome, PENDING, TOKENS)).slept).toEqual([
      5, 10, 20, 20,
    ]);
  });

  it("goes on while the server is in trouble", async () => {
    expect((await polled({}, text(503, "<html>"), TOKENS)).exchange).toMatchObject({ raw: { status: 200 } });
  });

  it("hands over an answer that broke off: there may be tokens in it", async () => {
    const head = { status: 200, headers: {} };
    const partial = Buffer.from('{"access_token":"a"');
    const { exchange } = await polled({}, { kind: "lost", reason: "truncated", head, partial });
    expect(exchange).toMatchObject({ kind: "lost", raw: { body: '{"access_token":"a"' } });
  });

  it.each(["access_denied", "expired_token", "invalid_grant"])("ends with %s", async (error) => {
    const { exchange } = await polled({}, PENDING, json(400, { error }));
    expect(exchange).toMatchObject({ kind: "answered", raw: { status: 400 } });
  });

  it("goes by statuses where the provider says what they mean, and ends with an error that others can read", async () => {
    const http = new ScriptedHttp(json(200, DEVICE), text(400, ""), text(418, ""));
    const poll_statuses = { "400": "authorization_pending", "418": "access_denied" } as const;
    const provider = departing({ device_authorization: { poll_statuses } });
    const ports = { http, clock: new SteppingClock(), progress: new RecordingProgress() };
    const prepared = await prepareDevice({ ...request, provider }, ports);
    expect(await prepared.burn()).toMatchObject({ raw: { status: 418, body: '{"error":"access_denied"}' } });
    expect(prepared.provider).toBe(provider);
  });

  it("ends when the code has expired, without asking once more", async () => {
    await expect(polled({ expires_in: 14 }, PENDING, PENDING)).rejects.toMatchObject({
      code: "reauthorization_required",
      message: "nobody entered and allowed the user code in time",
    });
  });

  it("ends when the person's time is over", async () => {
    const clock = new SteppingClock();
    const http = new ScriptedHttp(json(200, { ...DEVICE, expires_in: 900 }), PENDING, PENDING);
    const brief = { ...request, timeoutSeconds: 10 };
    const prepared = await prepareDevice(brief, { http, clock, progress: new RecordingProgress() });
    expect(prepared.maxSeconds).toBe(70);
    await expect(prepared.burn()).rejects.toMatchObject({ code: "reauthorization_required" });
  });
});

describe("the person sees", () => {
  async function shown(device: object): Promise<readonly string[]> {
    const progress = new RecordingProgress();
    const http = new ScriptedHttp(json(200, { ...DEVICE, ...device }), TOKENS);
    const prepared = await prepareDevice(request, { http, clock: new SteppingClock(), progress });
    expect(progress.lines).toEqual([]);
    await prepared.burn();
    return progress.lines;
  }

  it("where to enter what", async () => {
    expect(await shown({})).toEqual([
      "Open https://id.example.com/device on any device",
      "and enter the code ABCD-EFGH",
      "Waiting for your consent at Example",
    ]);
  });

  it("a QR code that fits a terminal, where the server has an address for one", async () => {
    const lines = await shown({
      verification_uri_complete: "https://id.example.com/device?user_code=ABCD-EFGH",
    });
    const code = (lines[3] ?? "").split("\n");
    expect(code.length).toBeGreaterThan(10);
    expect(Math.max(...code.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it.each([900, 1_966, 5_000])("no QR code that would not fit: %d characters", async (length) => {
    const lines = await shown({
      verification_uri_complete: `https://id.example.com/device?x=${"y".repeat(length)}`,
    });
    expect(lines).toHaveLength(3);
  });
});
