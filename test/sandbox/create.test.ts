import { randomBytes } from "node:crypto";
import { expect, it, onTestFinished } from "vitest";
import { parse } from "yaml";
import { nodeHttpServer } from "../../src/adapters/http-server.ts";
import { runSandbox } from "../../src/sandbox/command.ts";
import type { Sandbox, SandboxAddresses } from "../../src/sandbox/create.ts";
import { createSandbox } from "../../src/sandbox/create.ts";
import { World } from "../support/world.ts";
import { ManualClock } from "./clock.ts";

const parts = { randomBytes, server: nodeHttpServer };

async function start(): Promise<Sandbox> {
  const sandbox = await createSandbox({ ...parts, clock: new ManualClock() });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

it("a sandbox has a repository with an environment and a token that may do everything", async () => {
  const { addresses } = await start();
  const { api_url, repository, environment, token } = addresses.github;
  const path = `/repos/${repository}/environments/${environment}/secrets`;
  const response = await fetch(api_url + path, { headers: { authorization: `Bearer ${token}` } });
  expect(await response.json()).toEqual({ total_count: 0, secrets: [] });
});

it("what a sandbox says of its authorization server agrees with the server's own metadata", async () => {
  const { addresses } = await start();
  const { issuer, client_id, client_secret, redirect_uris, verification_endpoint, legacy, ...metadata } =
    addresses.authorization_server;
  const response = await fetch(`${issuer}/.well-known/openid-configuration`);
  expect(await response.json()).toMatchObject({ issuer, ...metadata });
  expect([client_id, client_secret, ...redirect_uris, verification_endpoint, legacy.client_id]).not.toContain(
    "",
  );
});

it("two sandboxes run side by side and share nothing", async () => {
  const [one, other] = [await start(), await start()];
  expect(one.addresses.github.token).not.toBe(other.addresses.github.token);
  const headers = { authorization: `Bearer ${one.addresses.github.token}` };
  expect((await fetch(`${other.addresses.github.api_url}/user`, { headers })).status).toBe(401);
});

it("`sealring sandbox` prints addresses as JSON and instructions beside it, and runs until it is stopped", async () => {
  const stop = new AbortController();
  const said: string[] = [];
  const printed: string[] = [];
  const progress = { mask: () => undefined, say: (line: string) => void said.push(line) };
  const { ports } = (await World.create()).job({ owner: "process" });
  const running = runSandbox({
    ports: { ...ports, clock: new ManualClock(), progress, stop: stop.signal },
    server: nodeHttpServer,
    connectTo: () => Promise.reject(new Error("no run is dispatched here")),
    print: (text) => void printed.push(text),
  });
  await expect.poll(() => said.at(-1)).toContain("Refresh now in the console");
  const addresses = JSON.parse(printed.join("")) as SandboxAddresses;
  expect(addresses.github).toMatchObject({ repository: "acme/health-pipeline", environment: "sealring" });
  expect((await fetch(addresses.github.api_url)).status).toBe(200);
  const prose = said.filter((line) => !line.startsWith("  "));
  expect(prose.filter((line) => line.length > 80)).toEqual([]);
  const yaml = said.slice(said.indexOf("credentials/sandbox.yaml:") + 1, said.lastIndexOf(""));
  const { token_endpoint } = addresses.authorization_server;
  expect(parse(yaml.join("\n"))).toMatchObject({ name: "sandbox", provider: { token_endpoint } });
  stop.abort();
  await running;
  await expect(fetch(addresses.github.api_url)).rejects.toThrow("fetch failed");
});
