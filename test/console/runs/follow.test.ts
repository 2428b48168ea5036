import { expect, test } from "vitest";
import { follow } from "../../../src/console/runs/follow.ts";
import { SealringError } from "../../../src/errors.ts";
import type { RunProgress } from "../../../src/github.ts";
import { JobClock } from "../../support/job-clock.ts";

const URL = "https://github.com/acme/credentials/actions/runs/7";
const run = (status: RunProgress["status"], more: Partial<RunProgress> = {}): RunProgress => ({
  ...{ url: URL, status, conclusion: undefined, atWork: [] },
  ...more,
});

type Seen = RunProgress | SealringError | undefined;

/** Follows a run of which GitHub says this, one after the other. */
async function followed(looks: readonly Seen[], found: readonly (string | undefined)[] = []) {
  const clock = new JobClock();
  clock.othersAreLate = true;
  const said: string[] = [];
  const addresses: string[] = [];
  const asked: string[] = [];
  const [left, ids] = [[...looks], [...found]];
  const began = clock.now();
  const runs = {
    firstDispatched: async () => ids.shift(),
    progress: async (id: string) => {
      asked.push(id);
      const next = left.shift();
      if (next instanceof SealringError) throw next;
      return next;
    },
  };
  const teller = {
    say: (line: string) => void said.push(line),
    watchAt: (url: string) => void addresses.push(url),
  };
  const following = { runs, workflowFile: "sealring.yml", clock, stop: new AbortController().signal, teller };
  const dispatched =
    found.length === 0
      ? ({ kind: "run", runId: "7" } as const)
      : ({ kind: "unnamed", since: began } as const);
  const last = await follow(following, dispatched);
  return { last, said, addresses, asked, began, seconds: (clock.now().getTime() - began.getTime()) / 1_000 };
}

test("each change is said once, job and step by name", async () => {
  const ended = run("completed", { conclusion: "success" });
  const atStep = (step: string) => run("in_progress", { atWork: [{ job: "Refresh sealring", step }] });
  const { last, said, addresses, seconds } = await followed([
    undefined,
    run("waiting"),
    run("pending"),
    run("pending"),
    atStep("Set up job"),
    atStep("Refresh \u001b[31mwhat is due"),
    run("in_progress", { atWork: [{ job: "Refresh sealring", step: undefined }] }),
    ended,
  ]);
  expect(last).toEqual(ended);
  expect(said).toEqual([
    "GitHub does not show the run yet",
    "the run waits for somebody to approve it, as its environment asks",
    "the run waits for another one to end",
    "Refresh sealring: Set up job",
    "Refresh sealring: Refresh \ufffd[31mwhat is due",
    "Refresh sealring: at work",
    "the run has ended: success",
  ]);
  expect(addresses).toEqual([URL]);
  expect(seconds).toBe(24);
});

test("a bad minute of GitHub's ends nothing, a refusal does", async () => {
  const passing = (["transient", "rate_limited"] as const).map((code) => new SealringError(code, "not now"));
  const { last } = await followed([...passing, run("completed", { conclusion: "failure" })]);
  expect(last).toMatchObject({ conclusion: "failure" });
  const refused = new SealringError("store_refused", "the token may not");
  await expect(followed([refused])).rejects.toBe(refused);
});

test("a silence of GitHub's is said once, with its beginning, and what goes on is said again after it", async () => {
  const [lost, limited] = (["transient", "rate_limited"] as const).map(
    (code) => new SealringError(code, "not now"),
  );
  const ended = run("completed", { conclusion: "success" });
  const { said, began } = await followed([run("queued"), lost, lost, run("queued"), limited, ended]);
  const at = (seconds: number) => new Date(began.getTime() + seconds * 1_000).toISOString().slice(11, 19);
  expect(said).toEqual([
    "the run is queued: it waits for a runner",
    `GitHub has not answered since ${at(6)} UTC: it is asked again`,
    "the run is queued: it waits for a runner",
    `GitHub has refused to be asked so often since ${at(15)} UTC: it is asked again`,
    "the run has ended: success",
  ]);
});

test("a run that the server did not name is looked for", async () => {
  const { asked, last } = await followed(
    [run("completed", { conclusion: "success" })],
    [undefined, undefined, "9"],
  );
  expect(asked).toEqual(["9"]);
  expect(last).toMatchObject({ conclusion: "success" });
});

test("a run that is never seen is given up", async () => {
  const { last, said, seconds, asked } = await followed([]);
  expect(last).toBeUndefined();
  expect(said).toEqual([
    "GitHub does not show the run yet",
    "the run goes on, and is not watched from here any more",
  ]);
  expect([seconds, asked.length]).toEqual([900, 104]);
});
