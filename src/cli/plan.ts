import { apply } from "../commands/apply.ts";
import { plan } from "../commands/plan.ts";
import type { PlanRequest } from "../commands/plan.ts";
import { decodePlan, encodePlan } from "../difference/saved.ts";
import type { Plan } from "../difference/plan.ts";
import type { ExitCode } from "../errors.ts";
import { applyJson, applyText } from "../report/apply.ts";
import { planJson, planText } from "../report/plan.ts";
import type { Globals, Host } from "./host.ts";
import { finish } from "./output.ts";

export interface PlanOptions extends PlanRequest {
  /** Where the plan is saved; undefined: nowhere. */
  readonly out: string | undefined;
}

/** Runs `sealring plan`. */
export async function runPlan(
  host: Host,
  globals: Globals,
  { out, ...request }: PlanOptions,
): Promise<ExitCode> {
  const ports = await host.ports(globals);
  const report = await plan({ ...ports, actionFiles: host.actionFiles }, request);
  const { planned } = report;
  if (out !== undefined && planned !== undefined) {
    await host.writeText(out, encodePlan(planned.saved));
    const prune = request.orphans === "prune" ? " --prune" : "";
    ports.progress.say(`saved; to make these changes: sealring apply ${out}${prune}`);
  }
  return finish({ host, globals }, report, {
    text: () => (planned === undefined ? "" : planText(planned.plan)),
    json: planJson,
  });
}

export interface ApplyOptions extends Pick<PlanRequest, "orphans"> {
  readonly consent: "ask" | "given";
  /** A saved plan; undefined: a new one is made. */
  readonly planFile: string | undefined;
}

/** Runs `sealring apply`. */
export async function runApply(
  host: Host,
  globals: Globals,
  { planFile, ...request }: ApplyOptions,
): Promise<ExitCode> {
  const saved = planFile === undefined ? undefined : decodePlan(await host.readText(planFile));
  const ports = await host.ports(globals);
  const show = (shown: Plan) => {
    if (globals.format === "json") host.err(planText(shown));
    else host.out(planText(shown));
  };
  const { actionFiles } = host;
  const tree = await host.tree(globals.directory);
  const report = await apply({ ...ports, actionFiles, tree }, { ...request, saved, show });
  return finish({ host, globals }, report, { text: () => applyText(report), json: applyJson });
}
