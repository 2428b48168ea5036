import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { GitHubSandbox } from "../../src/sandbox/github/sandbox.ts";
import { Actions } from "./actions.ts";
import type { RunReport, Site } from "./actions.ts";
import { VirtualClock } from "./clock.ts";
import { uploadArtifact } from "./uses.ts";

const REPOSITORY = "acme/emulated";

let site: Site;
let actions: Actions;

beforeEach(async () => {
  const clock = new VirtualClock("2026-11-22T12:00:00Z");
  const github = await GitHubSandbox.create(clock, randomBytes);
  github.addOrganization("acme");
  github.addRepository(REPOSITORY);
  site = {
    ...{ github, clock, repository: REPOSITORY, apiUrl: "http://127.0.0.1:1", product: "github.com" },
    folder: mkdtempSync(join(tmpdir(), "sealring-runner-")),
    tools: "/usr/bin",
    actions: { "actions/upload-artifact": uploadArtifact(github), interrupt: async () => interrupted() },
    queueMilliseconds: () => 1_000,
    stepMilliseconds: () => 1_000,
  };
  actions = new Actions(site);
});

afterEach(() => rmSync(site.folder, { recursive: true, force: true }));

/** Somebody cancels the run while a step is under way. */
function interrupted(): number {
  for (const { run } of actions.live) actions.cancel(run);
  return 0;
}

/** Runs one job of these steps, as lines of YAML. */
async function run(steps: string, job = ""): Promise<RunReport> {
  const text = `on: workflow_dispatch
env: { PLACE: workflow, ONE: workflow }
jobs:
  job:
    runs-on: ubuntu-latest
    permissions: { contents: read }
    env: { PLACE: job, TWO: job }
    ${job}
    steps:
${steps.replace(/^/gm, "      ")}
`;
  const files = { ".github/workflows/x.yml": text };
  site.github.commit(REPOSITORY, { branch: "main", message: "Try", files });
  return actions.run({ event: "workflow_dispatch", workflowFile: "x.yml" });
}

function logOf({ jobs }: RunReport): readonly string[] {
  return (jobs[0]?.job.log.shown ?? "").split("\n");
}

// What is expected is what docs.github.com says: "Workflow syntax", "Variables", "Workflow commands", "Evaluate expressions".
test("of variables of one name the step's goes before the job's, and that before the workflow's", async () => {
  const report = await run('- run: echo "$PLACE $ONE $TWO"\n- { run: "echo $PLACE", env: { PLACE: step } }');
  expect(logOf(report)).toEqual(["job workflow job", "step"]);
});

test("what a step writes into GITHUB_ENV, GITHUB_PATH and GITHUB_OUTPUT is there for later steps, and not for itself", async () => {
  const report = await run(`- id: first
  run: |
    echo 'LATER=yes' >> "$GITHUB_ENV"; echo /somewhere >> "$GITHUB_PATH"; echo 'said=it' >> "$GITHUB_OUTPUT"
    echo "now \${LATER:-no}"
- run: echo "then $LATER \${{ steps.first.outputs.said }} \${{ env.LATER }} \${PATH%%:*}"`);
  expect(logOf(report)).toEqual(["now no", "then yes it yes /somewhere"]);
});

test("after a step that fails only those run whose `if` says so", async () => {
  const report = await run(`- { id: bad, run: exit 3 }
- run: echo skipped
- { if: "failure()", run: echo failure }
- { if: "always() && job.status != 'success'", run: "echo \${{ steps.bad.outcome }}" }
- { if: "steps.bad.outcome == 'failure'", run: echo success is asked for as well }`);
  expect(logOf(report)).toEqual(["failure", "failure"]);
  expect(report.results).toEqual({ job: "failure" });
});

test("a step that may fail leaves the job a success", async () => {
  const report = await run(`- { id: bad, continue-on-error: true, run: exit 3 }
- run: echo \${{ steps.bad.outcome }} \${{ steps.bad.conclusion }}`);
  expect(logOf(report)).toEqual(["failure success"]);
  expect(report.results).toEqual({ job: "success" });
});

test("without `shell` bash ends at the first failure, and a pipe's counts only with `shell: bash`", async () => {
  const report = await run(`- run: false | true; echo on
- { if: always(), shell: bash, run: "false | true; echo on" }
- { if: always(), run: "false; echo on" }`);
  expect(logOf(report)).toEqual(["on"]);
});

test("after the run was cancelled only what runs always, or for that, still runs", async () => {
  const report = await run(`- uses: interrupt@v1
- run: echo usual
- { if: "!cancelled()", run: echo not cancelled }
- { if: cancelled(), run: echo cancelled }
- { if: always(), run: "echo \${{ job.status }}" }`);
  expect(logOf(report)).toEqual(["cancelled", "cancelled"]);
  expect(report.results).toEqual({ job: "cancelled" });
});

test("a job's token may what its permissions say, and ends with the job", async () => {
  const report = await run("- run: echo ${{ github.token == secrets.GITHUB_TOKEN }} $GITHUB_JOB");
  expect(logOf(report)).toEqual(["true job"]);
});

test("a job is known by its id at GitHub, which GitHub Enterprise Server does not tell", async () => {
  const steps = '- run: echo "[${{ job.check_run_id }}]"';
  const report = await run(steps);
  const [job] = report.run.attempts[0]?.jobs ?? [];
  expect(logOf(report)).toEqual([`[${String(job?.id)}]`]);
  actions = new Actions({ ...site, product: "enterprise_server" });
  expect(logOf(await run(steps))).toEqual(["[]"]);
});

test("an artifact takes a name once a run unless it is overwritten, and leaves hidden files behind", async () => {
  const upload = (rest: string) =>
    `- { uses: actions/upload-artifact@v7, with: { name: boxes, path: "\${{ runner.temp }}/boxes"${rest} } }`;
  const report =
    await run(`- run: mkdir -p "$RUNNER_TEMP/boxes/.hidden"; cd "$RUNNER_TEMP/boxes"; echo a > a; echo b > .hidden/b
${upload("")}
${upload(", overwrite: true")}
${upload("")}`);
  expect(report.results).toEqual({ job: "failure" });
  expect(report.run.artifacts.map(({ name }) => name)).toEqual(["boxes"]);
  expect(logOf(report).at(-1)).toContain("(409)");
});

test("a job that GitHub's parser does not take never runs", async () => {
  await expect(run("- { run: echo, ifs: always() }")).rejects.toThrow(/ifs/);
  await expect(run("- { if: secrets.X, run: echo }")).rejects.toThrow(/secrets/);
});
