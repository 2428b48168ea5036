import type { Ports, Report } from "../commands/context.ts";
import { recover, refresh } from "../commands/refresh.ts";
import type { RefreshRequest } from "../commands/refresh.ts";
import { revoke } from "../commands/revoke.ts";
import { SealringError } from "../errors.ts";
import { errorText } from "../report/error.ts";
import { faultsAsText } from "../report/faults-text.ts";
import { refreshText } from "../report/refresh.ts";
import { revokeText } from "../report/revoke.ts";
import type { Job, Run } from "./github/model.ts";
import { inputOf, portsOfJob, RunnerDisk } from "./runner-ports.ts";
import type { RunnerParts } from "./runner-ports.ts";

export interface RunnerJob {
  readonly run: Run;
  readonly job: Job;
  /** Whose credentials it works for; null: those in repository secrets. */
  readonly environment: string | null;
}

/** A job of the generated workflow, from its first step to its last, in this process. */
export async function performJob(parts: RunnerParts, { run, job, environment }: RunnerJob): Promise<void> {
  const { runs } = parts.github;
  const say = (text: string) => {
    for (const line of text.split("\n").filter((each) => each !== ""))
      parts.ports.progress.say(`run ${String(run.id)}: ${line}`);
  };
  runs.startJob(job);
  if (job.ended !== undefined) {
    say(`the branch ${run.branch} may not deploy to the environment`);
    return;
  }
  const disk = new RunnerDisk();
  const ports = portsOfJob(parts, { run, job, disk, say });
  const within = environment ?? "";
  const { conclusion, text } = await commanded(ports, run, within);
  say(text);
  if (conclusion === "failure") say((await ended(recover(ports, { environment: within }), refreshText)).text);
  const attempt = String(run.attempts.length);
  if (disk.boxes.size > 0) runs.upload(run, `sealring-boxes-${attempt}-${String(job.id)}`, disk.files());
  runs.endJob(job, conclusion);
  say(conclusion);
}

/** As the first step of the workflow has it. */
function commanded(ports: Ports, run: Run, environment: string): Promise<Ended> {
  const [name, command] = [inputOf(run, "credential"), inputOf(run, "command")];
  switch (command) {
    case "recover":
      return ended(recover(ports, { environment }), refreshText);
    case "revoke":
      return ended(revoke(ports, name), revokeText);
    case "authorize":
      return Promise.resolve({ conclusion: "failure", text: NOBODY });
    default:
      return ended(refresh(ports, { ...refreshOf(run), environment }), refreshText);
  }
}

function refreshOf(run: Run): RefreshRequest {
  const name = inputOf(run, "credential");
  return {
    names: name === "" ? [] : [name],
    when: inputOf(run, "force") === "true" ? "forced" : "due",
    probe: inputOf(run, "command") === "refresh --probe" ? "asked" : "not_asked",
    effect: "real",
  };
}

const NOBODY = "the sandbox's runner asks nobody: run sealring authorize in a terminal, or use the console";

interface Ended {
  readonly conclusion: "success" | "failure";
  readonly text: string;
}

/** As the command line would have ended. */
async function ended<Result>(
  work: Promise<Report<Result>>,
  textOf: (results: readonly Result[]) => string,
): Promise<Ended> {
  try {
    const { exit, faults, results } = await work;
    const text = faults.length > 0 ? faultsAsText(faults, 0, { colour: "never" }) : textOf(results);
    return { conclusion: exit === 0 ? "success" : "failure", text };
  } catch (error) {
    // The text of an unknown error may hold anything.
    const text = error instanceof SealringError ? errorText(error) : "error: a bug of sealring's own";
    return { conclusion: "failure", text };
  }
}
