import { expect, test } from "vitest";
import { authorize } from "../../src/commands/authorize.ts";
import { ALLOW_ALL, consent } from "../../src/sandbox/scripted-person.ts";
import { World } from "../support/world.ts";

const REQUEST = { name: "oura", flow: undefined, timeoutSeconds: 300 } as const;
const REDIRECT_URI = "https://app.example.com/done";

/** Its provider takes https redirect URIs only. */
async function httpsOnly(): Promise<World> {
  const world = await World.create();
  const { authorizationServer, addresses } = world.sandbox;
  const { client_secret: secret, redirect_uris: uris } = addresses.authorization_server;
  authorizationServer.registerClient({ id: "https-client", secret, redirectUris: [REDIRECT_URI] });
  const rotation = ["rotation: single_use", "loopback_redirect: https_only"];
  world.declare({ name: "oura", clientId: "https-client", rotation });
  const yaml = world.declarations.get("oura") ?? "";
  world.declarations.set("oura", yaml.replace(uris[1] ?? "", REDIRECT_URI));
  return world;
}

test("a provider that takes no loopback address is authorized by pasting, without being asked", async () => {
  const world = await httpsOnly();
  const job = world.job({ owner: "process" });
  const { handler } = world.sandbox.authorizationServer;
  const prompt = {
    ...job.ports.prompt,
    interactive: true,
    text: async () => {
      const url = job.progress.lines.find((line) => line.startsWith("http")) ?? "";
      return consent(handler, url, ALLOW_ALL);
    },
  };
  const report = await authorize({ ...job.ports, prompt }, REQUEST);
  expect(report).toMatchObject({ exit: 0, results: [{ outcome: "authorized", verification: "works" }] });
});

test("a listener for such a provider is refused before anybody is asked for anything", async () => {
  const world = await httpsOnly();
  const { ports } = world.job({ owner: "process" });
  await expect(authorize(ports, { ...REQUEST, flow: "loopback" })).rejects.toMatchObject({
    code: "usage",
    hint: "run: sealring authorize oura",
  });
  expect(world.sandbox.authorizationServer.log).toEqual([]);
});

test("a client proves itself as its credential says, from its first request on", async () => {
  const world = await World.create();
  const methods = "token_endpoint_auth_methods_supported: [client_secret_post, client_secret_basic]";
  world.declare({ name: "oura", rotation: ["rotation: single_use", methods] });
  const yaml = world.declarations.get("oura") ?? "";
  const secret = "  secret: OURA_CLIENT_SECRET";
  const declared = yaml.replace(secret, `${secret}\n  token_endpoint_auth_method: client_secret_basic`);
  world.declarations.set("oura", declared);
  await world.authorize("oura");
  await world.refresh({ when: "forced" });
  const { log } = world.sandbox.authorizationServer;
  const sent = log.filter(({ operation }) => operation === "token");
  expect(sent.map(({ status, body }) => [status, body["grant_type"], "client_secret" in body])).toEqual([
    [200, "authorization_code", false],
    [200, "refresh_token", false],
  ]);
});

test("each step is said as it comes, with what became of every secret", async () => {
  const world = await World.create();
  world.declare({ name: "oura" });
  const job = world.job({ owner: "process" });
  await authorize(job.ports, REQUEST);
  const { host } = new URL(world.sandbox.addresses.authorization_server.issuer);
  expect(job.progress.lines.filter((line) => !line.startsWith("http"))).toEqual([
    `The client secret OURA_CLIENT_SECRET is read from the environment, and sent to ${host}`,
    "Checking that GitHub takes the secrets",
    "Your browser opens. If it does not, open this address:",
    `Waiting for your consent at ${host}`,
    `Exchanging the code at ${host}`,
    "Sealing the answer",
    "Writing the secrets",
    "  SEALRING_CREDENTIAL_OURA: created in environment sealring of acme/health-pipeline",
    "  OURA_CLIENT_SECRET: created in environment sealring of acme/health-pipeline",
    "  OURA_ACCESS_TOKEN: created in actions secrets of acme/health-pipeline",
    `Trying the token at ${host}`,
  ]);
});
