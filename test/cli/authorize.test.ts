import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, it } from "vitest";
import { documentOf } from "../support/cli.ts";
import { REPOSITORY } from "../support/cli-setting.ts";
import { ENVELOPES, STATE_BRANCH, World } from "../support/cli-world.ts";
import { authorizedWorld } from "../support/here.ts";
import { ALLOW_ALL, consent, consentOnDevicePage } from "../../src/sandbox/scripted-person.ts";

const ADDRESS = /^(http:\S+code_challenge\S+)$/m;

it.concurrent(
  "--no-browser prints the address, and the redirect is taken from whatever browser comes",
  async (test) => {
    const world = await World.forTest(test);
    const running = world.start(["authorize", "oura", "--no-browser"]);
    const address = await running.prints(ADDRESS);
    const home = await consent(world.authorizationServer.handler, address, ALLOW_ALL);
    expect(await (await fetch(home)).text()).toContain("You can close this tab");
    expect(await running.ended).toMatchObject({ exit: 0 });
  },
);

it.concurrent(
  "--flow paste takes the pasted address of this authorization, after one of another",
  async (test) => {
    const world = await World.forTest(test);
    const running = world.start(["authorize", "oura", "--flow", "paste", "--json"]);
    const address = await running.prints(ADDRESS);
    running.type("http://127.0.0.1:1/callback?code=x&state=y");
    await running.prints(/That is not it/);
    const home = await consent(world.authorizationServer.handler, address, ALLOW_ALL);
    running.type(home.replace(/state=[^&]+/, "state=of-another"));
    await running.prints(/belongs to another authorization/);
    running.type(home);
    const ended = await running.ended;
    expect(ended.exit).toBe(0);
    expect(documentOf(ended)).toMatchObject({
      ok: true,
      results: [{ outcome: "authorized", verification: "works" }],
    });
  },
);

it.concurrent("the device grant shows a code that is entered elsewhere", async (test) => {
  const world = await World.forTest(test);
  world.declare("oura", { grant: "device_code" });
  const running = world.start(["authorize", "oura", "--json"]);
  const code = await running.prints(/enter the code (\S+)/);
  const page = await running.prints(/Open (\S+) on any device/);
  await consentOnDevicePage(world.authorizationServer.handler, `${page}?user_code=${code}`, ALLOW_ALL);
  expect(documentOf(await running.ended)).toMatchObject({ ok: true, results: [{ generation: 1 }] });
  const refreshed = documentOf(await world.inJob(["refresh", "--force", "--json"]));
  expect(refreshed.results).toMatchObject([{ outcome: "refreshed" }]);
});

it.concurrent("client credentials need nobody, and are refreshed without a refresh token", async (test) => {
  const world = await World.forTest(test);
  world.declare("oura", { grant: "client_credentials", rotation: "none" });
  expect(await world.run(["authorize", "oura", "--no-input"])).toMatchObject({ exit: 0 });
  expect(world.authorizationServer.log.map(({ operation }) => operation)).not.toContain("authorization");
  const refreshed = documentOf(await world.inJob(["refresh", "--force", "--json"]));
  expect(refreshed.results).toMatchObject([{ outcome: "refreshed", generation: 2 }]);
});

it.concurrent("a person who refuses ends it: exit 4, no intent, no secret", async (test) => {
  const world = await World.forTest(test);
  const env = world.person();
  const ended = await world.run(["authorize", "oura", "--json"], {
    ...env,
    BROWSER: `${env["BROWSER"] ?? ""} deny`,
  });
  expect(ended.exit).toBe(4);
  expect(documentOf(ended).faults).toMatchObject([{ code: "reauthorization_required" }]);
  expect(ended.stderr).toContain("(access_denied)");
  expect(world.github.commits(REPOSITORY, STATE_BRANCH)).toEqual([]);
  expect([...world.github.revealSecrets(ENVELOPES).keys()]).toEqual(["SEALRING_CANARY"]);
});

it.concurrent(
  "a client secret that the provider refuses: exit 4, and the intent is given back",
  async (test) => {
    const world = await World.forTest(test);
    const env = { ...world.person(), OURA_CLIENT_SECRET: "canary.of-a-wrong-client-secret" };
    world.sightings.add(env.OURA_CLIENT_SECRET);
    const ended = await world.run(["authorize", "oura", "--json"], env);
    expect(ended.exit).toBe(4);
    expect(documentOf(ended).faults).toMatchObject([{ code: "client_misconfigured" }]);
    const status = documentOf(await world.run(["status", "--json"]));
    expect(status.results).toMatchObject([{ outcome: "never_authorized" }]);
  },
);

it.concurrent("nobody comes: exit 4 after --timeout", async (test) => {
  const world = await World.forTest(test);
  const ended = await world.run(["authorize", "oura", "--no-browser", "--timeout", "1s"]);
  expect(ended).toMatchObject({ exit: 4, stdout: "" });
  expect(ended.stderr).toContain("within 1s");
});

it.concurrent(
  "a redirect port that is taken is told before anything is asked of the provider",
  async (test) => {
    const world = await World.forTest(test);
    const squatter = createServer();
    const port = Number(new URL(world.client.redirectUris.join("")).port);
    await new Promise<void>((listens) => squatter.listen(port, "127.0.0.1", listens));
    test.onTestFinished(() => void squatter.close());
    const ended = await world.run(["authorize", "oura"]);
    expect(ended).toMatchObject({ exit: 2, stdout: "" });
    expect(ended.stderr).toContain(String(port));
    expect(world.authorizationServer.log).toEqual([]);
  },
);

it.concurrent(
  "without a client secret and a terminal to ask at: exit 2, and the variable is named",
  async (test) => {
    const world = await World.forTest(test);
    const ended = await world.run(["authorize", "oura", "--no-input"], {
      ...world.person(),
      OURA_CLIENT_SECRET: "",
    });
    expect(ended).toMatchObject({ exit: 2, stdout: "" });
    expect(ended.stderr).toContain("OURA_CLIENT_SECRET");
    expect(world.github.log).toEqual([]);
  },
);

it.concurrent(
  "authorizing again counts on, and the old envelope's family is left to the provider",
  async (test) => {
    const world = await authorizedWorld(test);
    world.authorizationServer.revokeEverything();
    const dead = await world.inJob(["refresh", "--force", "--json"]);
    expect(documentOf(dead).results).toMatchObject([{ outcome: "reauthorization_required" }]);
    const again = documentOf(await world.run(["authorize", "oura", "--json"]));
    expect(again.results).toMatchObject([{ outcome: "authorized", generation: 3 }]);
    const next = await world.inJob(["refresh", "--json"]);
    expect(documentOf(next).results).toMatchObject([{ outcome: "fresh", generation: 3 }]);
  },
);

it.concurrent(
  "revoke outside a job starts the workflow to do it, and removes nothing itself",
  async (test) => {
    const world = await authorizedWorld(test);
    const ended = await world.run(["revoke", "oura", "--json"]);
    expect(ended.exit).toBe(0);
    expect(documentOf(ended).results).toMatchObject([{ outcome: "dispatched", workflow: "sealring.yml" }]);
    const [run] = world.github.repository(REPOSITORY).runs.values();
    expect(run?.inputs).toEqual({ command: "revoke", credential: "oura" });
    expect(await world.consumersAreServed()).toBe(true);
  },
);

it.concurrent(
  "boxes and the browser see no secret: the disk and the child's environment are bare",
  async (test) => {
    const world = await World.forTest(test);
    mkdirSync(join(world.directory, "state"));
    const env = { ...world.person(), XDG_STATE_HOME: join(world.directory, "state"), HTTPS_PROXY: "" };
    expect(await world.run(["authorize", "oura", "--verbose"], env)).toMatchObject({ exit: 0 });
    const { default: record } = (await import(world.browserRecord, { with: { type: "json" } })) as {
      readonly default: { readonly env: Readonly<Record<string, string>> };
    };
    expect(Object.keys(record.env).toSorted()).toEqual(["HOME", "PATH", "XDG_STATE_HOME"]);
  },
);

it.concurrent.for(["", "state"])(
  "XDG_STATE_HOME=%j is as good as none: boxes go to the home directory, not into the repository",
  async (state, test) => {
    const world = await World.forTest(test);
    const env = { ...world.person(), XDG_STATE_HOME: state };
    expect(await world.run(["authorize", "oura"], env)).toMatchObject({ exit: 0 });
    expect(existsSync(join(world.directory, "home", ".local", "state", "sealring", "boxes"))).toBe(true);
    expect(readdirSync(join(world.directory, "repository"))).toEqual(["credentials"]);
  },
);
