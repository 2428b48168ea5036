import type { Credential } from "../declaration/credential.ts";
import type { LastRun, WorkflowFacts } from "../github.ts";
import { formatInstant } from "../instant.ts";
import { nextRunAfter } from "../protocol/schedule.ts";
import { generateWorkflows, jobPlaces, placeIn } from "../workflow/generate.ts";
import type { Check, Finding } from "./finding.ts";
import { repoOption } from "../stores/commands.ts";
import type { Subject } from "./subject.ts";

/** A workflow file as the declarations have it. */
export interface Workflow {
  /** Relative to the repository. */
  readonly path: string;
  readonly text: string;
  /** Cron, in UTC. */
  readonly schedule: string;
}

/** What GitHub is asked of one. */
interface Known {
  readonly facts: WorkflowFacts | undefined;
  readonly text: string | undefined;
  readonly last: LastRun | undefined;
}

/** One check for each workflow file that refreshes one of `looked`; what is in it depends on every declared credential. */
export function workflowChecks(subject: Subject, looked: readonly Credential[]): readonly Check[] {
  const places = jobPlaces(subject);
  const schedules = new Map(
    looked
      .map(({ environment }) => placeIn(places, environment))
      .map(({ file, schedule }) => [file, schedule]),
  );
  const workflows = generateWorkflows(subject).flatMap(({ path, text }) => {
    const schedule = schedules.get(fileOf({ path }));
    if (schedule === undefined) return [];
    return [{ about: "workflow", run: () => examine(subject, { path, text, schedule }) }];
  });
  return workflows.length === 0 ? [] : [...workflows, actionCheck(subject)];
}

/** A job that finds no action in its checkout fails at once. */
function actionCheck({ project: { action }, github }: Subject): Check {
  const about = "action";
  return {
    about,
    run: async () => {
      if (!/^\.\/./.test(action)) return [];
      const path = `${action.slice(2).replace(/\/+$/, "")}/action.yml`;
      if ((await github.settings.file(path)) !== undefined)
        return [{ kind: "ok", about, found: `${path} is on the default branch` }];
      const fix = "run: sealring apply, commit what it writes, and push that to the default branch";
      return [{ kind: "failure", about, found: `${path} is not on the default branch`, fix }];
    },
  };
}

async function examine(subject: Subject, workflow: Workflow): Promise<readonly Finding[]> {
  const { runs, settings } = subject.github;
  const file = fileOf(workflow);
  const [facts, text] = await Promise.all([runs.workflow(file), settings.file(workflow.path)]);
  // GitHub answers for the runs of a workflow that it knows.
  const last = facts && (await runs.lastScheduled(file));
  return judgeWorkflow(subject, workflow, { facts, text, last });
}

function fileOf({ path }: Pick<Workflow, "path">): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Whether a workflow is there as declared, and runs by its schedule. */
export function judgeWorkflow(subject: Subject, workflow: Workflow, known: Known): readonly Finding[] {
  const about = "workflow";
  const file = fileOf(workflow);
  const { facts, text, last } = known;
  if (facts === undefined || text === undefined) {
    const fix = "run: sealring apply, commit what it writes, and push that to the default branch";
    return [{ kind: "failure", about, found: `${file} is not on the default branch`, fix }];
  }
  const drift: Finding =
    text === workflow.text
      ? { kind: "ok", about, found: `${file}: in line with the declarations here` }
      : {
          ...{
            kind: "warning",
            about,
            found: `${file}: the default branch's is not what the declarations here make`,
          },
          fix: "run: sealring apply, commit what it writes, and push that; if nothing changes, run: git pull",
        };
  return [drift, ...judgeState(subject, file, facts), ...judgeLast(subject, workflow, last)];
}

function judgeState(subject: Subject, file: string, { state }: WorkflowFacts): readonly Finding[] {
  if (state === "active") return [];
  const why =
    state === "disabled_inactivity"
      ? "GitHub has disabled it, because the repository lay idle for 60 days"
      : "it is disabled";
  const fix = `run: gh workflow enable ${file} ${repoOption(subject.github.access, subject.repository)}`;
  return [{ kind: "failure", about: "schedule", found: `${file}: ${why}`, fix }];
}

function judgeLast(subject: Subject, workflow: Workflow, last: LastRun | undefined): readonly Finding[] {
  const about = "schedule";
  const file = fileOf(workflow);
  const start = `run: gh workflow run ${file} ${repoOption(subject.github.access, subject.repository)}`;
  const now = subject.clock.now();
  if (last === undefined) {
    const next = nextRunAfter(workflow.schedule, now);
    const due =
      next === undefined ? "" : `; due next at ${formatInstant(next)}, and GitHub may be hours late`;
    return [{ kind: "warning", about, found: `${file}: has not run by its schedule yet${due}`, fix: start }];
  }
  const when = `${file}: last ran by its schedule at ${formatInstant(last.startedAt)}`;
  if (isOverdue(workflow.schedule, last.startedAt, now)) {
    const fix = `${start}, and look at https://www.githubstatus.com`;
    return [{ kind: "warning", about, found: `${when}; two runs are missing since`, fix }];
  }
  return [judgeConclusion(when, last)];
}

function judgeConclusion(when: string, { conclusion, url }: LastRun): Finding {
  const about = "schedule";
  if (conclusion === undefined) return { kind: "ok", about, found: `${when}, and runs still` };
  if (conclusion === "success") return { kind: "ok", about, found: `${when}: success` };
  const broken = conclusion === "startup_failure" || conclusion === "action_required";
  return {
    ...{ kind: broken ? "failure" : "warning", about, found: `${when}: ${conclusion.replaceAll("_", " ")}` },
    fix: `read what it says: ${url}${broken ? "" : ", and run: sealring status --check"}`,
  };
}

const LATE_SECONDS = 6 * 3_600;

/** GitHub starts scheduled runs hours late, and drops some: only two that are missing mean something. */
export function isOverdue(schedule: string, last: Date, now: Date): boolean {
  const next = nextRunAfter(schedule, last);
  const second = next && nextRunAfter(schedule, next);
  return second !== undefined && (now.getTime() - second.getTime()) / 1_000 > LATE_SECONDS;
}
