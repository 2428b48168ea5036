import { describe, expect, it } from "vitest";
import { connect, PATH, REPOSITORY, sender } from "./client.ts";

const SECRETS = `${PATH}/environments/sealring/secrets`;

describe("a token", () => {
  it("that is none is answered 401", async () => {
    const { sandbox } = await connect();
    const reply = await sender(sandbox, "wrong")("GET", "/user");
    expect(reply).toMatchObject({ status: 401, body: { message: "Bad credentials" } });
  });

  it("that ends says when with every answer, refusals too, and is none afterwards", async () => {
    const { sandbox, clock } = await connect();
    const asked = { kind: "personal", login: "ada", permissions: {}, repositories: "all" } as const;
    const send = sender(
      sandbox,
      sandbox.addToken({ ...asked, expiresAt: new Date(Date.parse("2026-11-22T12:00:30Z")) }).value,
    );
    for (const path of ["/user", SECRETS]) {
      const { headers } = await send("GET", path);
      expect(headers.get("github-authentication-token-expiration")).toBe("2026-11-22 12:00:30 UTC");
    }
    clock.passSeconds(60);
    expect((await send("GET", "/user")).status).toBe(401);
  });

  it("that never ends says nothing of an end", async () => {
    const { send } = await connect();
    expect((await send("GET", "/user")).headers.has("github-authentication-token-expiration")).toBe(false);
  });

  it("without the permission is told which one it lacks", async () => {
    const { send } = await connect({ environments: "read" });
    expect((await send("GET", SECRETS)).status).toBe(200);
    const refused = await send("DELETE", `${SECRETS}/TOKEN`);
    expect(refused.status).toBe(403);
    expect(refused.headers.get("x-accepted-github-permissions")).toBe("environments=write");
  });

  it("sees no repository that it was not given", async () => {
    const { sandbox } = await connect();
    sandbox.addRepository("acme/other");
    const asked = { kind: "installation", login: "app[bot]", permissions: { contents: "read" } } as const;
    const token = sandbox.addToken({ ...asked, repositories: [REPOSITORY] });
    const send = sender(sandbox, token.value);
    expect((await send("GET", PATH.toUpperCase().replace("/REPOS", "/repos"))).status).toBe(200);
    expect((await send("GET", "/repos/acme/other")).status).toBe(404);
  });
});

describe("the rate limit", () => {
  it("is told with every answer, and not counted down by asking for it", async () => {
    const { send } = await connect();
    await send("GET", "/user");
    const refused = await send("GET", "/repos/acme/nothing");
    expect(refused.headers.get("x-ratelimit-remaining")).toBe("4998");
    const { body, headers } = await send("GET", "/rate_limit");
    expect(body).toMatchObject({ rate: { limit: 5_000, used: 2, remaining: 4_998 } });
    expect(headers.get("x-ratelimit-used")).toBe("2");
  });

  it("refuses with 403 once it is used up, until the hour is over", async () => {
    const { sandbox, clock, send } = await connect();
    sandbox.limiter.limits = { requestsPerHour: 1, pointsPerMinute: undefined };
    await send("GET", "/user");
    const refused = await send("GET", "/user");
    expect(refused.status).toBe(403);
    expect(refused.headers.get("x-ratelimit-remaining")).toBe("0");
    expect(refused.headers.get("x-ratelimit-reset")).toBe(String(Date.parse("2026-11-22T13:00:00Z") / 1_000));
    clock.passSeconds(3_600);
    expect((await send("GET", "/user")).status).toBe(200);
  });

  it("has a second kind: 900 points a minute, of which writing costs five", async () => {
    const { clock, send } = await connect();
    for (let writes = 0; writes < 179; writes += 1) await send("DELETE", `${SECRETS}/TOKEN`);
    for (let reads = 0; reads < 4; reads += 1) await send("GET", SECRETS);
    clock.passSeconds(20);
    const refused = await send("DELETE", `${SECRETS}/TOKEN`);
    expect(refused.status).toBe(403);
    expect(refused.headers.get("retry-after")).toBe("40");
    expect((await send("GET", SECRETS)).status).toBe(200);
    clock.passSeconds(40);
    expect((await send("DELETE", `${SECRETS}/TOKEN`)).status).toBe(404);
  });
});

it("a path that GitHub does not describe is not found", async () => {
  const { sandbox } = await connect();
  const { response } = await sandbox.handler(new Request("http://127.0.0.1/repos/acme/x/rulesets"));
  expect(response.status).toBe(404);
});

it("a body that is not JSON is answered 400", async () => {
  const { sandbox } = await connect();
  const request = new Request(`http://127.0.0.1${SECRETS}/TOKEN`, { method: "PUT", body: "{" });
  expect((await sandbox.handler(request)).response.status).toBe(400);
});
