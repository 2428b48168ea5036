import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { documentOf } from "../support/cli.ts";
import { REPOSITORY } from "../support/cli-setting.ts";
import { ENVELOPES, STATE_BRANCH, World } from "../support/cli-world.ts";

const EVERY_DESTINATION = `destinations:
  - { repository: ${REPOSITORY} }
  - { repository: ${REPOSITORY}, environment: sealring }
  - { repository: ${REPOSITORY}, app: dependabot }
  - { repository: ${REPOSITORY}, app: codespaces }
  - { organization: acme, visibility: all }
  - { organization: acme, visibility: private, app: dependabot }
  - { organization: acme, visibility: selected, repositories: [dashboards], app: codespaces }
`;

it("a credential with every kind of destination lives from its authorization to its revocation", async (test) => {
  const world = await World.forTest(test);
  world.declare("oura", { lines: EVERY_DESTINATION });
  const authorized = documentOf(await world.run(["authorize", "oura", "--json"]));
  expect(authorized).toMatchObject({ command: "authorize", ok: true, faults: [] });
  const [life] = authorized.results;
  expect(life).toMatchObject({
    credential: "oura",
    outcome: "authorized",
    generation: 1,
    verification: "works",
  });
  expect(life?.["destinations"]).toHaveLength(9);

  const first = world.output();
  const refreshed = documentOf(await world.inJob(["refresh", "--force", "--json"]));
  expect(refreshed).toMatchObject({ command: "refresh", ok: true, faults: [] });
  expect(refreshed.results).toMatchObject([{ credential: "oura", outcome: "refreshed", generation: 2 }]);
  expect(world.output()).not.toBe(first);
  expect(await world.consumersAreServed()).toBe(true);

  const fresh = await world.inJob(["refresh"]);
  expect(fresh).toMatchObject({ exit: 0, stderr: "oura: fresh\n" });
  expect(fresh.stdout).toMatch(/^CREDENTIAL +OUTCOME .*\noura +fresh +2 /);

  const page = join(world.directory, "status.html");
  const status = documentOf(await world.run(["status", "--check", "--json", "--html", page]));
  expect(status).toMatchObject({
    ok: true,
    results: [{ outcome: "fresh", phase: "committed", generation: 2 }],
  });
  // That no secret is in it, the world finds out at its end.
  expect(readFileSync(page, "utf8")).toContain('<span class="badge badge-good">fresh</span>');

  const revoked = await world.inJob(["revoke", "oura"]);
  expect(revoked).toMatchObject({ exit: 0 });
  expect(world.output()).toBe("");
  expect([...world.github.revealSecrets(ENVELOPES).keys()]).toEqual(["SEALRING_CANARY"]);
  expect([...world.authorizationServer.refreshRequests().values()]).toEqual([1]);

  const after = await world.run(["status", "--check"]);
  expect(after).toMatchObject({ exit: 0 });
  expect(after.stdout).toMatch(/^oura +revoked /m);

  const log = documentOf(await world.run(["log", "oura", "--json"]));
  expect(log.results.map((line) => [line["generation"], line["outcome"], line["run_url"] !== null])).toEqual([
    [3, "revoked", true],
    [3, "intended", true],
    [2, "refreshed", true],
    [2, "intended", true],
    [1, "authorized", false],
    [1, "intended", false],
  ]);
  expect((await world.run(["log", "--compact"])).exit).toBe(2);
  expect(await world.run(["log", "--compact", "--yes"])).toMatchObject({ exit: 0 });
  expect(world.github.commits(REPOSITORY, STATE_BRANCH)).toHaveLength(1);
  expect((await world.run(["log"])).stdout).toMatch(
    /^[-0-9]{10} [:0-9]{8} {2}- .* history compacted: 6 commits$/m,
  );
});
