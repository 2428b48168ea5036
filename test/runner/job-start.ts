import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import type { Conclusion } from "../../src/sandbox/github/model.ts";
import { permissionsOf } from "./actions.ts";
import type { Actions, Plan, Site } from "./actions.ts";
import type { Entry } from "./groups.ts";
import { objectOf, textOf } from "./expression.ts";
import type { JsonObject } from "./expression.ts";
import { RunningJob } from "./job.ts";
import type { Result } from "./job.ts";
import { Machine } from "./machine.ts";
import { sandboxPermissions } from "./permissions.ts";
import { fillAt } from "./template.ts";
import type { JobDefinition } from "./template.ts";

interface Start {
  readonly plan: Plan;
  readonly definition: JobDefinition;
  readonly contexts: JsonObject;
}

/** Waits for the job's turn in its concurrency group and for a machine, and performs it there. */
export async function startOnMachine(site: Site, actions: Actions, start: Start): Promise<Result> {
  const { plan, definition, contexts } = start;
  const { attempt } = plan;
  const asked = fillAt(definition.token, "concurrency", { contexts });
  const group = concurrencyOf(asked);
  const environment = environmentOf(fillAt(definition.token, "environment", { contexts }));
  const sandboxJob = site.github.runs.addJob(attempt.facts.run, plan.prefix + definition.id, environment);
  const holder = { cancel: () => actions.cancel(attempt.facts.run) };
  const leave = () => {
    if (group !== undefined) actions.groups.leave(group.name, holder);
  };
  const end = (conclusion: Conclusion): Conclusion => {
    attempt.waiting.delete(leave);
    site.github.runs.endJob(sandboxJob, conclusion);
    leave();
    return conclusion;
  };
  attempt.waiting.add(leave);
  const turn = group === undefined ? "turn" : await actions.groups.enter(group, holder);
  if (turn === "cancelled") return end("cancelled") as Result;
  site.clock.pass(site.queueMilliseconds());
  site.github.runs.startJob(sandboxJob);
  if (sandboxJob.ended !== undefined) return end("failure") as Result;
  return end(await onMachine(site, actions, { ...start, sandboxJob })) as Result;
}

/** `concurrency: name`, or with `cancel-in-progress` and `queue`. */
function concurrencyOf(asked: ReturnType<typeof fillAt>): Entry | undefined {
  if (asked === undefined) return undefined;
  const said: JsonObject = typeof asked === "string" ? { group: asked } : objectOf(asked);
  return {
    name: textOf(said["group"]),
    queue: said["queue"] === "max" ? "max" : "single",
    whenRunning: said["cancel-in-progress"] === true ? "cancel_running" : "wait",
  };
}

type Started = Start & { readonly sandboxJob: ReturnType<Site["github"]["runs"]["addJob"]> };

async function onMachine(site: Site, actions: Actions, started: Started): Promise<Conclusion> {
  const { plan, definition, sandboxJob } = started;
  const { attempt, file, prefix } = plan;
  const { run } = attempt.facts;
  const name = prefix + definition.id;
  const startedAt = site.clock.now();
  const machine = new Machine(mkdtempSync(join(site.folder, "machine-")), site.clock);
  const job = new RunningJob(
    {
      ...{
        file,
        definition,
        run,
        actions: site.actions,
        tools: site.tools,
        stepMilliseconds: site.stepMilliseconds,
      },
      checkRunId: site.product === "github.com" ? sandboxJob.id : undefined,
      runnerName: sandboxJob.runner,
      contexts: jobContexts(site, started),
    },
    machine,
    site.clock,
  );
  const live = { name, run, machine, cancel: () => job.cancel() };
  actions.live.add(live);
  const result = await job.perform();
  actions.live.delete(live);
  attempt.reports.push({ name, result, startedAt, endedAt: site.clock.now(), job });
  return result === "skipped" ? "success" : result;
}

/** With the secrets as the job may read them, now that it has started, and with its own token. */
function jobContexts({ github }: Site, { plan, definition, contexts, sandboxJob }: Started): JsonObject {
  const { run } = plan.attempt.facts;
  const permissions = sandboxPermissions(permissionsOf(plan, definition));
  const token = github.runs.tokenOf(run, sandboxJob, permissions).value;
  const secrets = plan.secrets === "none" ? [] : github.runs.secretsOf(run, sandboxJob);
  return {
    ...contexts,
    github: { ...objectOf(contexts["github"]), token },
    secrets: { ...Object.fromEntries(secrets), GITHUB_TOKEN: token },
  };
}

function environmentOf(said: ReturnType<typeof fillAt>): string | undefined {
  if (said === undefined || typeof said === "string") return said;
  return textOf(objectOf(said)["name"]);
}
