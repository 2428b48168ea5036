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
