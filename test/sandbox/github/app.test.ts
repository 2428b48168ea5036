import { generateKeyPairSync } from "node:crypto";
import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/core";
import { describe, expect, it, onTestFinished } from "vitest";
import { nodeHttpServer } from "../../../src/adapters/http-server.ts";
import type { NewApp } from "../../../src/sandbox/github/apps.ts";
import { checkedHandler } from "../../support/github-contract.ts";
import type { Reply, TestClient } from "./client.ts";
import { connect, jwtOf, PATH, REPOSITORY, sender } from "./client.ts";

const NOW_SECONDS = Date.parse("2026-11-22T12:00:00Z") / 1_000;

interface Setting extends NewApp {
  readonly client: TestClient;
}

/** Made once: it takes a moment. */
const KEYS = [newKey(), newKey()] as const;

function newKey(): string {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
  return privateKey.export({ type: "pkcs1", format: "pem" }).toString();
}

/** An App on acme, with two permissions, and a repository that it does not see. */
async function install(): Promise<Setting> {
  const client = await connect();
  client.sandbox.addRepository("acme/other");
  const permissions = { contents: "write", secrets: "read" } as const;
  const asked = {
    slug: "sealring-app",
    account: "acme",
    permissions,
    repositories: [REPOSITORY],
    privateKey: KEYS[0],
  };
  return { client, ...client.sandbox.addApp(asked) };
}

function tokenOf({ body }: Reply): string {
  return (body as { token: string }).token;
}

describe("an App's JSON web token", () => {
  it("tells who it is, and where it is installed", async () => {
    const setting = await install();
    const { client, app, installation } = setting;
    const send = sender(client.sandbox, jwtOf(setting));
    expect((await send("GET", "/app")).body).toMatchObject({ client_id: app.clientId, slug: "sealring-app" });
    const shown = { id: installation.id, permissions: { contents: "write", secrets: "read" } };
    for (const path of [
      `${PATH}/installation`,
      "/orgs/acme/installation",
      `/app/installations/${String(installation.id)}`,
    ]) {
      expect((await send("GET", path)).body).toMatchObject(shown);
    }
    expect((await send("GET", "/repos/acme/other/installation")).status).toBe(404);
  });

  it.each([
    ["lives longer than ten minutes", { exp: NOW_SECONDS + 601 }],
    ["has ended", { exp: NOW_SECONDS }],
    ["was issued later than now", { iat: NOW_SECONDS + 1 }],
    ["is another App's", { iss: "Iv1.unknown" }],
  ])("is refused when it %s", async (_reason, claims) => {
    const setting = await install();
    const reply = await sender(setting.client.sandbox, jwtOf(setting, claims))("GET", "/app");
    expect(reply.status).toBe(401);
  });

  it("is refused when its signature is another's, or of another algorithm", async () => {
    const one = await install();
    const forged = jwtOf({ ...one, privateKey: KEYS[1] });
    for (const jwt of [forged, jwtOf(one, {}, "HS256")]) {
      expect((await sender(one.client.sandbox, jwt)("GET", "/app")).status).toBe(401);
    }
  });

  it("opens nothing but what is the App's, which no other token opens", async () => {
    const setting = await install();
    const { client } = setting;
    expect((await sender(client.sandbox, jwtOf(setting))("GET", "/user")).status).toBe(401);
    expect((await client.send("GET", "/app")).status).toBe(401);
  });
});

describe("an installation's token", () => {
  async function mint(setting: Setting, body?: object): Promise<Reply> {
    const path = `/app/installations/${String(setting.installation.id)}/access_tokens`;
    return sender(setting.client.sandbox, jwtOf(setting))("POST", path, body);
  }

  it("has the installation's permissions and repositories, for an hour", async () => {
    const setting = await install();
    const minted = await mint(setting);
    expect(minted).toMatchObject({ status: 201, body: { expires_at: "2026-11-22T13:00:00Z" } });
    const send = sender(setting.client.sandbox, tokenOf(minted));
    expect((await send("GET", `${PATH}/contents/README.md`)).status).toBe(200);
    expect((await send("GET", `${PATH}/environments`)).status).toBe(403);
    expect((await send("GET", "/repos/acme/other")).status).toBe(404);
    const { body, headers } = await send("GET", "/installation/repositories");
    expect(body).toMatchObject({ total_count: 1, repositories: [{ full_name: REPOSITORY }] });
    expect(headers.has("github-authentication-token-expiration")).toBe(false);
    setting.client.clock.passSeconds(3_600);
    expect((await send("GET", PATH)).status).toBe(401);
  });

  it("has less where less is asked for", async () => {
    const setting = await install();
    const minted = await mint(setting, {
      permissions: { secrets: "read" },
      repositories: ["health-pipeline"],
    });
    expect(minted.body).toMatchObject({
      permissions: { secrets: "read", metadata: "read" },
      repository_selection: "selected",
      repositories: [{ full_name: REPOSITORY }],
    });
    const send = sender(setting.client.sandbox, tokenOf(minted));
    expect((await send("GET", `${PATH}/actions/secrets`)).status).toBe(200);
    expect((await send("GET", `${PATH}/contents/README.md`)).status).toBe(403);
  });

  it.each([
    { permissions: { secrets: "write" } },
    { permissions: { administration: "read" } },
    { repositories: ["other"] },
    { repository_ids: [1] },
  ])("is not given for %j, which the installation does not have", async (body) => {
    expect((await mint(await install(), body)).status).toBe(422);
  });

  it("is revoked by itself", async () => {
    const setting = await install();
    const send = sender(setting.client.sandbox, tokenOf(await mint(setting)));
    expect((await send("DELETE", "/installation/token")).status).toBe(204);
    expect((await send("GET", PATH)).status).toBe(401);
  });

  it("shares its limit with the others of the installation", async () => {
    const setting = await install();
    const [one, other] = [tokenOf(await mint(setting)), tokenOf(await mint(setting))];
    await sender(setting.client.sandbox, one)("GET", PATH);
    const { headers } = await sender(setting.client.sandbox, other)("GET", PATH);
    expect(headers.get("x-ratelimit-used")).toBe("2");
  });
});

it("@octokit/auth-app signs in, though its clock is another than GitHub's", async () => {
  const { client, app, installation } = await install();
  client.clock.passSeconds(7 * 86_400);
  const violations: string[] = [];
  const handler = checkedHandler(client.sandbox.handler, violations);
  const server = await nodeHttpServer.serve({ kind: "loopback", port: 0 }, handler);
  onTestFinished(() => server.close());
  const auth = {
    appId: app.clientId,
    privateKey: KEYS[0],
    installationId: installation.id,
    log: { warn: () => undefined },
  };
  const octokit = new Octokit({ authStrategy: createAppAuth, auth, baseUrl: server.origin });
  const found = await octokit.request("GET /repos/{owner}/{repo}/installation", {
    ...{ owner: "acme", repo: "health-pipeline" },
  });
  expect(found.data.id).toBe(installation.id);
  expect(violations).toEqual([]);
});
