import type { SimulationResult } from "../commands/simulate.ts";
import { formatDuration } from "../duration.ts";
import { isAbove } from "../demand.ts";
import { ACTIONS_REQUESTS_AN_HOUR, LIMITS, REQUESTS_AN_HOUR } from "../github-limits.ts";

/** What a simulation came to, for a person. */
export function simulationText(results: readonly SimulationResult[]): string {
  return results
    .map(({ scenario, simulation }) => head(scenario, simulation) + figures(scenario, simulation))
    .join("");
}

function head(
  { project, lifetimeSeconds, days }: SimulationResult["scenario"],
  { credentials, shards }: SimulationResult["simulation"],
): string {
  const places = `${many(shards.environments, "environment")}, ${many(shards.jobs, "job")}, ${many(shards.files, "workflow file")}`;
  const tokens = `tokens of ${formatDuration(lifetimeSeconds)}, schedule ${project.schedule}, ${many(days, "day")}`;
  return `${many(credentials, "credential")}: ${places}\n${tokens}\n\n`;
}

function figures(
  { outages }: SimulationResult["scenario"],
  simulation: SimulationResult["simulation"],
): string {
  const { runs, refreshes, putOff, requests, peaks, runnerMinutes } = simulation;
  const lines = [
    [
      "runs",
      `${number(runs.started)} of ${number(runs.scheduled)} started, the longest ${minutes(runs.longestMinutes)}`,
    ],
    ["outages", outagesText(simulation.outages, outages.seconds)],
    ["refreshes", number(refreshes)],
    ["put off", `${number(putOff)}, to a later run, by the limit on requests`],
    ["expired tokens", expired(simulation)],
    ["requests", `${number(requests)}, at most ${of(peaks.requestsAnHour, REQUESTS_AN_HOUR)} in an hour`],
    ...journal(simulation),
    ["points", `at most ${of(peaks.pointsAMinute, capacity("points_a_minute"))} in a minute`],
    ["content", `at most ${of(peaks.contentAnHour, capacity("content_an_hour"))} in an hour`],
    ["runner minutes", number(runnerMinutes)],
    ...tooMuch(simulation),
  ];
  return lines.map(([label = "", value = ""]) => `${label.padEnd(16)}${value}\n`).join("");
}

function outagesText(count: number, seconds: number): string {
  return count === 0 ? "none" : `${number(count)}, of ${formatDuration(seconds)}`;
}

/** The job's own token, where it has a part. */
function journal({ journal: own }: SimulationResult["simulation"]): readonly (readonly [string, string])[] {
  if (own === undefined) return [];
  const most = of(own.requestsAnHour, ACTIONS_REQUESTS_AN_HOUR);
  return [["of the journal", `${number(own.requests)}, at most ${most} in an hour, by GITHUB_TOKEN`]];
}

/** Tokens that cannot give what the schedule needs, however it is played. */
function tooMuch({ demands }: SimulationResult["simulation"]): readonly (readonly [string, string])[] {
  return demands.filter(isAbove).map(({ token, requests, capacity }) => {
    const whose = token === "secrets" ? "the token" : "GITHUB_TOKEN";
    return [
      "TOO MUCH",
      `${number(requests)} requests an hour are needed; ${whose} gives ${number(capacity)}`,
    ];
  });
}

function expired({
  credentials,
  expired: { credentials: ever, longestMinutes, totalMinutes },
}: SimulationResult["simulation"]): string {
  if (ever === 0) return "none";
  return `${number(ever)} of ${number(credentials)} credentials, at most ${minutes(longestMinutes)}, ${minutes(totalMinutes)} altogether`;
}

function capacity(name: (typeof LIMITS)[number]["name"]): number {
  return LIMITS.find((limit) => limit.name === name)?.capacity ?? 0;
}

function of(count: number, most: number): string {
  return `${number(count)} of ${number(most)}`;
}

function many(count: number, what: string): string {
  return `${number(count)} ${what}${count === 1 ? "" : "s"}`;
}

function minutes(count: number): string {
  return formatDuration(count * 60);
}

function number(count: number): string {
  return Math.round(count).toLocaleString("en-US");
}

/** A result as the JSON document has it. */
export function simulationJson({ scenario, simulation }: SimulationResult): object {
  const { shards, runs, expired: late, peaks, journal: own } = simulation;
  return {
    credentials: simulation.credentials,
    days: scenario.days,
    schedule: scenario.project.schedule,
    lifetime_seconds: scenario.lifetimeSeconds,
    seed: scenario.seed,
    environments: shards.environments,
    jobs: shards.jobs,
    workflow_files: shards.files,
    runs_scheduled: runs.scheduled,
    runs_started: runs.started,
    longest_run_minutes: runs.longestMinutes,
    outages: simulation.outages,
    refreshes: simulation.refreshes,
    put_off: simulation.putOff,
    credentials_expired: late.credentials,
    expired_minutes_longest: late.longestMinutes,
    expired_minutes_total: late.totalMinutes,
    requests: simulation.requests,
    requests_an_hour_peak: peaks.requestsAnHour,
    journal_requests: own?.requests ?? null,
    journal_requests_an_hour_peak: own?.requestsAnHour ?? null,
    demands: simulation.demands.map(({ token, requests, capacity }) => ({
      token,
      requests_an_hour: requests,
      capacity,
    })),
    points_a_minute_peak: peaks.pointsAMinute,
    content_an_hour_peak: peaks.contentAnHour,
    runner_minutes: simulation.runnerMinutes,
  };
}
