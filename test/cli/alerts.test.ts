import { expect, it } from "vitest";
import { REPOSITORY } from "../support/cli-setting.ts";
import { World } from "../support/cli-world.ts";
import { authorizeHere, authorizedWorld } from "../support/here.ts";
import type { Job } from "../support/cli-world.ts";
import type { Permissions } from "../../src/sandbox/github/permissions.ts";
import { BOT, issuesOf, plant, WORKFLOW_PERMISSIONS } from "../support/issues.ts";
import { answering } from "../support/misfortunes.ts";

const DEAD = answering(400, '{"error":"invalid_grant"}');

/** A job as the README's workflow sets it up: GITHUB_TOKEN writes the journal, and the issues. */
function workflowJob(world: World, permissions: Permissions = WORKFLOW_PERMISSIONS): Job {
  const repositories = [REPOSITORY];
  const { value } = world.github.addToken({
    kind: "installation",
    login: BOT.login,
    permissions,
    repositories,
  });
  world.sightings.add(value);
  const job = world.job();
  const server = { GITHUB_SERVER_URL: "https://github.com", SEALRING_JOURNAL_TOKEN: value };
  return { ...job, env: { ...job.env, ...server } };
}

it("one issue for a dead grant, over three runs, until the next success; a decoy stays as it is", async (test) => {
  const world = await World.forTest(test);
  world.write("sealring.yaml", "version: 1\nalerts: { labels: [sealring, on-call], assignees: [ada] }\n");
  const decoy = plant(world, {});
  const forged = structuredClone(decoy);
  await authorizeHere(world);
  world.authorizationServer.faults.fail("token", DEAD);
  const first = await world.inJob(["refresh", "--force"], workflowJob(world));
  expect(first).toMatchObject({ exit: 4 });
  expect(first.stderr).toContain("oura: opened an issue");
  for (let run = 0; run < 2; run += 1)
    expect(await world.inJob(["refresh"], workflowJob(world))).toMatchObject({ exit: 4 });
  const [, issue] = issuesOf(world);
  expect(issuesOf(world)).toHaveLength(2);
  expect(issue).toMatchObject({
    state: "open",
    author: { login: BOT.login },
    labels: ["sealring", "on-call"],
    assignees: ["ada"],
  });
  expect(issue?.body).toContain(`https://github.com/${REPOSITORY}/actions/runs/`);
  await world.run(["authorize", "oura"]);
  const last = await world.inJob(["refresh"], workflowJob(world));
  expect(last).toMatchObject({ exit: 0 });
  expect(last.stderr).toContain("oura: closed its issue");
  expect(issue).toMatchObject({ state: "closed", comments: [{ author: { login: BOT.login } }] });
  expect(decoy).toEqual(forged);
});

it("without the permission the job says what to add, and its exit is the credential's", async (test) => {
  const world = await authorizedWorld(test);
  const permissions = { contents: "write", actions: "read" } as const;
  const well = await world.inJob(["refresh", "--force", "--json"], workflowJob(world, permissions));
  expect(well).toMatchObject({ exit: 0 });
  expect(well.stderr).toContain("add `issues: write` to the permissions of the workflow's job");
  expect(JSON.parse(well.stdout)).toMatchObject({ ok: true, results: [{ outcome: "refreshed" }] });
});
