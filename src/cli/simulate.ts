import { simulate } from "../commands/simulate.ts";
import type { SimulateRequest } from "../commands/simulate.ts";
import { scheduleFinding } from "../declaration/rules/schedule.ts";
import { parseDurationSeconds } from "../duration.ts";
import { SealringError } from "../errors.ts";
import type { ExitCode } from "../errors.ts";
import { simulationJson, simulationText } from "../report/simulate.ts";
import { DEFAULT_DELAYS, DEFAULT_OUTAGES } from "../simulate/scenario.ts";
import type { Delays, Outages } from "../simulate/scenario.ts";
import type { MadeUp } from "../simulate/made-up.ts";
import type { Globals, Host } from "./host.ts";
import { text } from "./options.ts";
import type { Options } from "./options.ts";
import { finish } from "./output.ts";

/** As Oura answers. */
const DEFAULT_LIFETIME = "30d";

/** Runs `sealring simulate`. */
export async function runSimulate(host: Host, globals: Globals, options: Options): Promise<ExitCode> {
  const report = simulate(await host.files(globals.directory), requestOf(options));
  return finish({ host, globals }, report, { text: simulationText, json: simulationJson });
}

function requestOf(options: Options): SimulateRequest {
  const [margin, schedule] = [text(options, "margin"), text(options, "schedule")];
  const outages = text(options, "outages");
  return {
    madeUp: text(options, "credentials") === undefined ? undefined : madeUpOf(options),
    lifetimeSeconds: seconds("lifetime", text(options, "lifetime") ?? DEFAULT_LIFETIME),
    marginSeconds: margin === undefined ? undefined : seconds("margin", margin),
    schedule: schedule === undefined ? undefined : validSchedule(schedule),
    days: whole(options, "days", { fallback: 30, from: 1, to: 366 }),
    delays: delaysOf(options),
    outages: outages === undefined ? DEFAULT_OUTAGES : outagesOf(outages),
    seed: whole(options, "seed", { fallback: 1, from: 0, to: 1_000_000 }),
    authorized: options["together"] === true ? "together" : "apart",
  };
}

function madeUpOf(options: Options): MadeUp {
  return {
    credentials: whole(options, "credentials", { fallback: 1, from: 1, to: 100_000 }),
    outputs: whole(options, "outputs", { fallback: 1, from: 1, to: 100 }),
    destinations: whole(options, "destinations", { fallback: 1, from: 1, to: 100 }),
  };
}

function delaysOf(options: Options): Delays {
  const percent = whole(options, "dropped", { fallback: DEFAULT_DELAYS.dropped * 100, from: 0, to: 100 });
  const delays = { ...DEFAULT_DELAYS, dropped: percent / 100 };
  const typed = text(options, "delay");
  if (typed === undefined) return delays;
  const [median, high, longest, ...more] = typed.split(",").map((part) => seconds("delay", part));
  const isRising =
    median !== undefined && high !== undefined && longest !== undefined && median <= high && high <= longest;
  if (!isRising || more.length > 0) throw misunderstood("delay", "three rising durations", "10m,1h,6h");
  return { ...delays, medianSeconds: median, highSeconds: high, longestSeconds: longest };
}

function outagesOf(typed: string): Outages {
  const [, count, length] = /^([0-9]{1,3})x(\w+)$/.exec(typed) ?? [];
  if (count === undefined || length === undefined)
    throw misunderstood("outages", "how many in 30 days, and how long", "1x4h");
  return { aMonth: Number(count), seconds: seconds("outages", length) };
}

function validSchedule(schedule: string): string {
  const finding = scheduleFinding(schedule);
  if (finding === undefined) return schedule;
  throw new SealringError("usage", `--schedule: ${finding.message}`, { hint: finding.hint });
}

interface Range {
  readonly fallback: number;
  readonly from: number;
  readonly to: number;
}

function whole(options: Options, name: string, { fallback, from, to }: Range): number {
  const typed = text(options, name) ?? String(fallback);
  const value = Number(typed);
  if (/^[0-9]{1,7}$/.test(typed) && value >= from && value <= to) return value;
  throw misunderstood(name, `a number from ${String(from)} to ${String(to)}`, String(fallback));
}

function seconds(name: string, typed: string): number {
  const parsed = parseDurationSeconds(typed);
  if (parsed === undefined) throw misunderstood(name, "a duration", "8h");
  return parsed;
}

function misunderstood(name: string, what: string, example: string): SealringError {
  return new SealringError("usage", `--${name} takes ${what}`, { hint: `for example: --${name} ${example}` });
}
