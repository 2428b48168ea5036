import { EXIT } from "../errors.ts";
import { loadDeclarations } from "../declaration/load.ts";
import type { Files } from "../ports.ts";
import { madeUpCredentials } from "../simulate/made-up.ts";
import type { MadeUp } from "../simulate/made-up.ts";
import type { Scenario } from "../simulate/scenario.ts";
import { simulate as play } from "../simulate/simulate.ts";
import type { Simulation } from "../simulate/simulate.ts";
import { faulty } from "./context.ts";
import type { Report } from "./context.ts";

/** The same on every day, so that two people see the same figures. */
const START = new Date("2026-01-01T00:00:00Z");

export interface SimulateRequest extends Pick<
  Scenario,
  "lifetimeSeconds" | "delays" | "outages" | "days" | "authorized" | "seed"
> {
  /** In the place of the declared ones. */
  readonly madeUp: MadeUp | undefined;
  /** In the place of the declared margins; undefined: those. */
  readonly marginSeconds: number | undefined;
  /** undefined: the project's. */
  readonly schedule: string | undefined;
}

export interface SimulationResult {
  readonly scenario: Scenario;
  readonly simulation: Simulation;
}

/** `sealring simulate`: what a schedule comes to, for the declared credentials or made-up ones. Offline. */
export function simulate(files: Files, request: SimulateRequest): Report<SimulationResult> {
  const { madeUp, marginSeconds, schedule, ...asked } = request;
  const declarations = loadDeclarations(files, { paths: [], environment: {} });
  if (madeUp === undefined && declarations.faults.length > 0) return faulty("simulate", declarations.faults);
  const chosen = madeUp === undefined ? declarations.credentials : madeUpCredentials(madeUp);
  const { project } = declarations;
  const scenario: Scenario = {
    ...asked,
    project: { ...project, schedule: schedule ?? project.schedule },
    repository: project.repository ?? "acme/credentials",
    credentials: marginSeconds === undefined ? chosen : chosen.map((own) => ({ ...own, marginSeconds })),
    start: START,
  };
  return {
    command: "simulate",
    exit: EXIT.done,
    results: [{ scenario, simulation: play(scenario) }],
    faults: [],
  };
}
