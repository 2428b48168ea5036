import { afterEach, beforeEach, expect, test } from "vitest";
import { expectNoLeak } from "./leaks.ts";
import { CONSUMERS, REPOSITORY } from "./repository.ts";
import { RunnerWorld } from "./world.ts";

/** A consumer's workflow, which calls the generated one before it needs a fresh token. */
const CONSUMER = `
name: consumer
on: workflow_dispatch
permissions: {}
jobs:
  fresh:
    uses: ./.github/workflows/sealring.yml
    with: { credential: hourly }
    permissions: { contents: write, actions: write, issues: write }
    secrets: inherit
  use:
    needs: fresh
    runs-on: ubuntu-latest
    permissions: {}
    environment: ${CONSUMERS}
    steps:
      - run: use-token
        env: { TOKEN: "\${{ secrets.HOURLY_ACCESS_TOKEN }}" }
`;

const HOUR_MILLISECONDS = 3_600_000;
const TRIGGER = { event: "workflow_dispatch", workflowFile: "consumer.yml" } as const;

let world: RunnerWorld;

beforeEach(async () => {
  world = await RunnerWorld.open({ chance: () => 0.5 });
});

afterEach(() => world.close());

/** An hourly credential whose only destination is given, two hours after it was authorized. */
async function worldWith(consumer: string, destination: string): Promise<void> {
  const hourly = {
    ...{ name: "hourly", environment: "sealring", accessTokenSeconds: 3_600 },
    destinations: [destination],
  };
  const other = { name: "oura", environment: "partners", accessTokenSeconds: 86_400 };
  world.declare([hourly, other], { ".github/workflows/consumer.yml": consumer });
  for (const name of ["hourly", "oura"]) await world.authorize(name);
  world.clock.pass(2 * HOUR_MILLISECONDS);
}

const ENVIRONMENT = `{ repository: ${REPOSITORY}, environment: ${CONSUMERS} }`;

test("a job that needs the called workflow reads a token that was refreshed just before, and no other secret", async () => {
  await worldWith(CONSUMER, ENVIRONMENT);
  const report = await world.actions.run(TRIGGER);
  expect(report.results).toEqual({ fresh: "success", use: "success" });
  // The other environment's job is left out: it has no such credential.
  expect(report.jobs.map(({ name }) => name)).toEqual(["fresh / sealring", "use"]);
  expectNoLeak(world, [report]);
});

test("a repository secret would be of the moment at which the run was queued, and so the old one", async () => {
  await worldWith(CONSUMER.replace(`    environment: ${CONSUMERS}\n`, ""), `{ repository: ${REPOSITORY} }`);
  const report = await world.actions.run(TRIGGER);
  expect(report.results).toEqual({ fresh: "success", use: "failure" });
  expect(report.jobs.at(-1)?.job.log.shown).toBe("this token has ended");
});

test("a caller that passes no secrets on gets no fresh token", async () => {
  await worldWith(CONSUMER.replace("    secrets: inherit\n", ""), ENVIRONMENT);
  const report = await world.actions.run(TRIGGER);
  expect(report.results).toEqual({ fresh: "failure", use: "skipped" });
});

test("a caller that may not do what the called workflow asks for starts nothing", async () => {
  await worldWith(CONSUMER.replace("contents: write, ", ""), ENVIRONMENT);
  await expect(world.actions.run(TRIGGER)).rejects.toThrow("asks for contents: write");
});
