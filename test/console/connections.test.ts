import { expect, it } from "vitest";
import type { ConsolePorts } from "../../src/console/console.ts";
import { connectGitHub } from "../../src/adapters/github/connect.ts";
import { SealringError } from "../../src/errors.ts";
import { Secret } from "../../src/secret.ts";
import { World } from "../support/world.ts";
import { consoleAtWork } from "./runs/at-work.ts";

const REFUSED = "GitHub does not know the token";

/** A console whose person has a token that GitHub refuses, until `renew`. */
async function withOldToken() {
  const world = await World.authorized();
  const { api_url: apiUrl, token: good } = world.sandbox.addresses.github;
  let [token, made] = ["old", 0];
  const connect: ConsolePorts["connect"] = async (_, repository) => {
    made += 1;
    const secrets = { token: new Secret(token), journalToken: new Secret(token) };
    const place = { apiUrl, repository, stateBranch: "sealring-state" };
    return connectGitHub({ ...place, ...secrets, clock: world.clock, version: "0.0.0", env: {} });
  };
  const console = await consoleAtWork(world, { ports: { connect } });
  return { world, console, renew: () => (token = good), made: () => made };
}

it("a new token is used a minute later, without a restart", async () => {
  const { world, console, renew } = await withOldToken();
  expect((await console.get("/")).text).toContain(REFUSED);
  renew();
  world.clock.passSeconds(60);
  expect((await console.get("/")).text).not.toContain(REFUSED);
});

it("a connection is kept for a minute, for all pages", async () => {
  const { world, console, made } = await withOldToken();
  for (let page = 0; page < 3; page += 1) await console.get("/");
  world.clock.passSeconds(59);
  await console.get("/");
  expect(made()).toBe(1);
});

it("after work that failed for the token, a new one is used at once", async () => {
  const { console, renew } = await withOldToken();
  expect((await console.get("/credentials/oura")).text).toContain(REFUSED);
  renew();
  console.console.operations.start({ kind: "refresh", credential: "oura" }, () =>
    Promise.reject(new SealringError("store_refused", REFUSED)),
  );
  await console.console.operations.settled();
  expect((await console.get("/credentials/oura/refresh")).text).toContain("Refresh now</button>");
});
