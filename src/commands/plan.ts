import { posix } from "node:path";
import { differenceOf } from "../difference/difference.ts";
import type { Facts } from "../difference/facts.ts";
import { fingerprintOf } from "../difference/fingerprint.ts";
import { isSettled } from "../difference/plan.ts";
import type { Item, Plan } from "../difference/plan.ts";
import { changeLines } from "../difference/saved.ts";
import type { SavedPlan } from "../difference/saved.ts";
import type { Wanted, WantedFile } from "../difference/wanted.ts";
import { EXIT } from "../errors.ts";
import type { ExitCode } from "../errors.ts";
import type { GitHub } from "../github.ts";
import { Ledger } from "../journal/ledger.ts";
import type { ActionFiles, TreeWriter } from "../ports.ts";
import { generateWorkflows } from "../workflow/generate.ts";
import { declare, faulty, gravest, reachOf } from "./context.ts";
import type { Declared, Ports, Report } from "./context.ts";
import { observe } from "./observe.ts";
import { exitOfTrouble } from "./step.ts";

export interface PlanPorts extends Ports {
  readonly actionFiles: ActionFiles;
}

export interface ApplyPorts extends PlanPorts {
  readonly tree: TreeWriter;
}

export interface PlanRequest {
  /** `check` fails when something differs. */
  readonly mode: "show" | "check";
  readonly orphans: Wanted["orphans"];
}

/** A plan, and what it was made from. */
export interface Planned {
  readonly plan: Plan;
  readonly saved: SavedPlan;
  readonly wanted: Wanted;
  readonly facts: Facts;
  readonly github: GitHub;
  readonly ledger: Ledger;
}

export interface PlanReport extends Report<Item> {
  /** undefined: the declarations are faulty. */
  readonly planned: Planned | undefined;
}

/** `sealring plan`: what differs between declarations and GitHub. Reads only. */
export async function plan(ports: PlanPorts, { mode, orphans }: PlanRequest): Promise<PlanReport> {
  const declaring = declare(ports);
  if (declaring.kind === "faulty") return { ...faulty("plan", declaring.faults), planned: undefined };
  const planned = await makePlan(ports, declaring.declared, orphans);
  const { changes, tasks, remarks, blanks } = planned.plan;
  const results = [...changes, ...tasks, ...remarks, ...blanks];
  const exit = mode === "check" ? exitOfCheck(planned.plan) : exitOfBlanks(planned.plan);
  return { command: "plan", exit, results, faults: [], planned };
}

function exitOfCheck(checked: Plan): ExitCode {
  const differs = isSettled(checked) ? EXIT.done : EXIT.personNeeded;
  return gravest([differs, exitOfBlanks(checked)]);
}

/** What could not be found out is no more in order than what differs. */
export function exitOfBlanks({ blanks }: Plan): ExitCode {
  return gravest(blanks.map(({ code }) => exitOfTrouble(code)));
}

/** Looks at GitHub, the journal and the tree, and compares. */
export async function makePlan(
  ports: PlanPorts,
  declared: Declared,
  orphans: Wanted["orphans"],
): Promise<Planned> {
  const wanted = { ...declared, files: await wantedFiles(ports, declared), orphans };
  // Where orphans are, the journal alone tells.
  const purpose = orphans === "keep" ? { reach: reachOf(declared.credentials) } : {};
  const github = await ports.connect(declared.project, declared.repository, purpose);
  const ledger = new Ledger(github.journal, ports.clock, ports.self.runUrl);
  const facts = await observe({ ports, github, ledger }, wanted);
  const made = differenceOf(wanted, facts);
  const saved = {
    repository: declared.repository,
    orphans,
    facts: fingerprintOf(wanted, facts),
    changes: changeLines(made),
  };
  return { plan: made, saved, wanted, facts, github, ledger };
}

async function wantedFiles(ports: PlanPorts, declared: Declared): Promise<readonly WantedFile[]> {
  const workflows = generateWorkflows(declared).map(({ path, text }): WantedFile => {
    return { kind: "workflow", path, bytes: new TextEncoder().encode(text) };
  });
  const folder = actionFolder(declared.project.action);
  if (folder === undefined || workflows.length === 0) return workflows;
  const action = await ports.actionFiles();
  return [
    ...workflows,
    ...action.map(({ path, bytes }): WantedFile => ({
      kind: "action",
      path: posix.join(folder, path),
      bytes,
    })),
  ];
}

/** The folder that holds nothing but the action; undefined: it is elsewhere, or this repository is the action. */
export function actionFolder(action: string): string | undefined {
  if (!action.startsWith("./")) return undefined;
  const folder = posix.normalize(action.slice(2)).replace(/\/$/, "");
  return folder === "." || folder === "" ? undefined : folder;
}
