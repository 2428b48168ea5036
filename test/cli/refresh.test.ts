import { expect, it } from "vitest";
import { documentOf } from "../support/cli.ts";
import { REPOSITORY } from "../support/cli-setting.ts";
import { ENVELOPES, STATE_BRANCH, World } from "../support/cli-world.ts";
import { authorizedWorld } from "../support/here.ts";

/** The operations by which GitHub was changed since the authorization. A GraphQL query is a POST, too, and changes nothing. */
function writesOf(world: World, since: number): readonly string[] {
  return world.github.log
    .slice(since)
    .flatMap(({ method, operation, body }) =>
      method === "GET" || /^query\b/.test(String(body["query"])) ? [] : [operation],
    );
}

it.concurrent("--dry-run says what is due, and neither spends nor writes anything", async (test) => {
  const world = await authorizedWorld(test);
  const since = world.github.log.length;
  const forced = await world.inJob(["refresh", "--force", "--dry-run", "--json"]);
  expect(forced.exit).toBe(0);
  expect(documentOf(forced).results).toMatchObject([{ credential: "oura", outcome: "due", generation: 1 }]);
  const due = await world.inJob(["refresh", "--dry-run", "--json"]);
  expect(documentOf(due).results).toMatchObject([{ outcome: "fresh" }]);
  expect(writesOf(world, since)).toEqual([]);
  expect(world.authorizationServer.refreshRequests().size).toBe(0);
});

it.concurrent(
  "what is not due is not refreshed, and `recover` with nothing to settle writes nothing",
  async (test) => {
    const world = await authorizedWorld(test);
    const since = world.github.log.length;
    for (const command of ["refresh", "recover"]) {
      const ended = await world.inJob([command, "--json"]);
      expect(ended.exit).toBe(0);
      expect(documentOf(ended)).toMatchObject({
        command,
        ok: true,
        results: [{ outcome: "fresh" }],
        faults: [],
      });
    }
    expect(writesOf(world, since)).toEqual([]);
    expect(world.authorizationServer.refreshRequests().size).toBe(0);
  },
);

it.concurrent("a credential with less left than its margin is due", async (test) => {
  const world = await authorizedWorld(test);
  // The sandbox's tokens live for thirty days less a second.
  world.declare("oura", { lines: "refresh: { margin: 30d }\n" });
  const ended = await world.inJob(["refresh", "--json"]);
  expect(documentOf(ended).results).toMatchObject([{ outcome: "refreshed", generation: 2 }]);
});

it.concurrent(
  "without an envelope nothing is asked of the provider, and the command to run is named",
  async (test) => {
    const world = await World.forTest(test);
    const ended = await world.inJob(["refresh", "--force", "--json"]);
    expect(ended.exit).toBe(4);
    expect(documentOf(ended).results).toMatchObject([{ outcome: "reauthorization_required" }]);
    expect(ended.stdout).toContain("sealring authorize oura");
    expect(world.authorizationServer.log).toEqual([]);
  },
);

it.concurrent("a declaration that was changed to another client makes no request", async (test) => {
  const world = await authorizedWorld(test);
  const other = world.authorizationServer.registerClient({
    id: "another",
    redirectUris: world.client.redirectUris,
  });
  const requests = world.authorizationServer.log.length;
  world.declare("oura", { client: other });
  const ended = await world.inJob(["refresh", "--force", "--json"]);
  expect(ended.exit).toBe(4);
  expect(documentOf(ended).results).toMatchObject([{ outcome: "client_misconfigured" }]);
  expect(world.authorizationServer.log).toHaveLength(requests);
});

it.concurrent("an old envelope that somebody put back is not spent", async (test) => {
  const world = await authorizedWorld(test);
  const before = world.github.revealSecret(ENVELOPES, "SEALRING_CREDENTIAL_OURA") ?? "";
  await world.inJob(["refresh", "--force"]);
  const { env } = world.job();
  const ended = await world.run(["refresh", "--force", "--json"], {
    ...env,
    SEALRING_CREDENTIAL_OURA: before,
  });
  expect(ended.exit).toBe(4);
  expect(documentOf(ended).results).toMatchObject([{ outcome: "reauthorization_required" }]);
  expect([...world.authorizationServer.refreshRequests().values()]).toEqual([1]);
});

it.concurrent("a journal that is gone stops the credential", async (test) => {
  const world = await authorizedWorld(test);
  world.github.repository(REPOSITORY).refs.delete(`refs/heads/${STATE_BRANCH}`);
  const ended = await world.inJob(["refresh", "--force", "--json"]);
  expect(ended.exit).toBe(4);
  expect(documentOf(ended).results).toMatchObject([{ outcome: "reauthorization_required" }]);
  expect(world.authorizationServer.refreshRequests().size).toBe(0);
});

it.concurrent(
  "of several credentials each has its own end, and the gravest is the exit code",
  async (test) => {
    const world = await authorizedWorld(test);
    world.declare("whoop");
    const ended = await world.inJob(["refresh", "--force", "--json"]);
    expect(ended.exit).toBe(4);
    expect(documentOf(ended).results).toMatchObject([
      { credential: "oura", outcome: "refreshed" },
      { credential: "whoop", outcome: "reauthorization_required" },
    ]);
    const check = await world.run(["status", "--check"]);
    expect(check.exit).toBe(4);
    expect(check.stdout).toMatch(/^oura +fresh[^]*^whoop +never authorized/m);
    expect((await world.run(["status"])).exit).toBe(0);
  },
);
