import type { Plan } from "../difference/plan.ts";
import { movedSince } from "../difference/fingerprint.ts";
import type { SavedPlan } from "../difference/saved.ts";
import { EXIT, SealringError } from "../errors.ts";
import type { ExitCode } from "../errors.ts";
import { askForToken } from "./ask-token.ts";
import { declare, faulty, gravest } from "./context.ts";
import type { Report } from "./context.ts";
import { perform } from "./perform.ts";
import { exitOfTrouble } from "./step.ts";
import type { Step } from "./step.ts";
import { exitOfBlanks, makePlan } from "./plan.ts";
import type { ApplyPorts, Planned } from "./plan.ts";
import type { Wanted } from "../difference/wanted.ts";

export interface ApplyRequest {
  /** What is done about orphans. A saved plan says it itself, but prunes only where this says so, too. */
  readonly orphans: Wanted["orphans"];
  /** `ask`: a person has to confirm what is shown. */
  readonly consent: "ask" | "given";
  /** A plan that somebody has looked at, which is consent for itself alone; undefined: none. */
  readonly saved: SavedPlan | undefined;
  /** Shows the plan before anything is done. */
  readonly show: (plan: Plan) => void;
}

export interface ApplyReport extends Report<Step> {
  /** What was planned; undefined: the declarations are faulty. */
  readonly plan: Plan | undefined;
  /** `declined`: the person said no. */
  readonly outcome: "nothing_to_do" | "declined" | "applied";
}

/**
 * `sealring apply`: makes true what `plan` shows. Each step may be repeated, so what fails or is cut off is left for the
 * next apply.
 * @throws SealringError `usage` where nobody can be asked, or `--prune` is not given with a plan that has it, `stale` where the world is not that of the saved plan; then
 *   nothing was changed.
 */
export async function apply(ports: ApplyPorts, request: ApplyRequest): Promise<ApplyReport> {
  const declaring = declare(ports);
  if (declaring.kind === "faulty") {
    return { ...faulty("apply", declaring.faults), plan: undefined, outcome: "nothing_to_do" };
  }
  const { saved } = request;
  if (saved?.orphans === "prune" && request.orphans === "keep") throw unaskedPrune();
  const found = await makePlan(ports, declaring.declared, saved?.orphans ?? request.orphans);
  if (saved !== undefined) refuseMoved(saved, found);
  const asks = request.consent === "ask" && saved === undefined && ports.prompt.interactive;
  const ready = asks ? await askForToken({ ports, planned: found }) : { ports, planned: found };
  const { plan } = ready.planned;
  request.show(plan);
  if (plan.changes.length === 0) return reportOf(plan, "nothing_to_do", []);
  if (!(await isAgreed(ports, request, plan))) return reportOf(plan, "declined", []);
  return reportOf(plan, "applied", await perform(ready.ports, ready.planned));
}

function reportOf(plan: Plan, outcome: ApplyReport["outcome"], results: readonly Step[]): ApplyReport {
  const failures = results.flatMap(({ error }): ExitCode[] =>
    error === undefined ? [] : [exitOfTrouble(error.code)],
  );
  const exit = outcome === "declined" ? EXIT.done : gravest([...failures, exitOfBlanks(plan)]);
  return { command: "apply", exit, results, faults: [], plan, outcome };
}

async function isAgreed(
  { prompt }: ApplyPorts,
  { consent, saved }: ApplyRequest,
  { changes }: Plan,
): Promise<boolean> {
  if (consent === "given" || saved !== undefined) return true;
  if (prompt.interactive) return prompt.confirm(`Make ${count(changes.length)}?`);
  throw new SealringError("usage", `${count(changes.length)} to make, and nobody is there to confirm`, {
    hint: "run: sealring apply --yes",
  });
}

function count(changes: number): string {
  return changes === 1 ? "this change" : `these ${String(changes)} changes`;
}

/** The most that is named of what has moved. */
const MOST_NAMED = 5;

/** A file that somebody may have edited removes nothing by itself. */
function unaskedPrune(): SealringError {
  return new SealringError("usage", "this plan is one that removes secrets, and --prune is not given", {
    hint: "look at what it removes, and run: sealring apply <plan> --prune",
  });
}

function refuseMoved(saved: SavedPlan, { saved: now }: Planned): void {
  if (saved.repository !== now.repository) {
    throw new SealringError("stale", `the plan is for ${saved.repository}, and this is ${now.repository}`, {
      hint: "run: sealring plan --out plan.json",
    });
  }
  const moved = movedSince(saved.facts, now.facts);
  const others = saved.changes.join("\n") === now.changes.join("\n") ? [] : ["what is to be done"];
  const named = [...moved, ...others];
  if (named.length === 0) return;
  const more = named.length > MOST_NAMED ? `, and ${String(named.length - MOST_NAMED)} more` : "";
  const what = named.slice(0, MOST_NAMED).join(", ");
  throw new SealringError("stale", `the plan was made for another state; moved since: ${what}${more}`, {
    hint: "look at a new one, and apply that: sealring plan --out plan.json",
  });
}
