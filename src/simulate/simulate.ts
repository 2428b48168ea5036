import { MAX_HOUR_WAIT_SECONDS, RESERVE_REQUESTS } from "../github-limits.ts";
import { Budget } from "./budget.ts";
import type { Peaks } from "./budget.ts";
import { costOfJob, costOfLooking, requestsOf, SECRETS_A_MINUTE } from "./cost.ts";
import type { Cost, JobSize } from "./cost.ts";
import { chanceFrom, outagesIn } from "./random.ts";
import type { Span } from "./random.ts";
import type { Scenario } from "./scenario.ts";
import { shardsOf, startsOf } from "./shards.ts";
import type { Job, Start } from "./shards.ts";
import { Tokens } from "./tokens.ts";

/** What a job takes beside sealring's own requests: a runner, the checkout, the action. */
const SETUP_MILLISECONDS = 20_000;
/** What sealring takes where it waits for nothing. */
const WORK_MILLISECONDS = 5_000;
const MINUTE = 60_000;

export interface Simulation {
  readonly credentials: number;
  readonly shards: { readonly environments: number; readonly jobs: number; readonly files: number };
  readonly runs: { readonly scheduled: number; readonly started: number; readonly longestMinutes: number };
  readonly refreshes: number;
  /** Refreshes that were due, and waited for another run because the hour's requests were used up. */
  readonly putOff: number;
  /** Minutes for which consumers had an expired token. */
  readonly expired: {
    readonly credentials: number;
    readonly longestMinutes: number;
    readonly totalMinutes: number;
  };
  readonly requests: number;
  readonly peaks: Peaks;
  /** As GitHub bills them: each job rounded up. */
  readonly runnerMinutes: number;
}

/** Plays the schedule of a scenario, run by run and job by job. Pure: the same scenario gives the same result. */
export function simulate(scenario: Scenario): Simulation {
  return new Play(scenario).run();
}

/** A run on its way: its next job, and when that can start. */
interface Underway {
  readonly jobs: readonly Job[];
  readonly startedAt: number;
  next: number;
  at: number;
}

class Play {
  readonly #scenario: Scenario;
  readonly #shards: ReturnType<typeof shardsOf>;
  readonly #tokens: ReadonlyMap<string, Tokens>;
  readonly #outages: readonly Span[];
  readonly #budget = new Budget();
  readonly #freeFrom = new Map<string | null, number>();
  #putOff = 0;
  #runnerMinutes = 0;
  #longest = 0;

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
    this.#shards = shardsOf(scenario);
    const chance = chanceFrom(scenario.seed);
    const { lifetimeSeconds, start, authorized, outages } = scenario;
    this.#outages = outagesIn(outages, scenario, chance);
    const age = () => (authorized === "together" ? 0 : chance() * lifetimeSeconds * 500);
    this.#tokens = new Map(
      scenario.credentials.map((credential) => [
        credential.name,
        new Tokens(credential, lifetimeSeconds, start.getTime() - age()),
      ]),
    );
  }

  run(): Simulation {
    const starts = startsOf(this.#shards, this.#scenario, chanceFrom(this.#scenario.seed + 1));
    this.#playAll(starts.runs);
    const end = this.#scenario.start.getTime() + this.#scenario.days * 86_400_000;
    for (const tokens of this.#tokens.values()) tokens.end(end);
    return this.#result(starts);
  }

  /** Files of one repository share a token, so their jobs are played in the order of time. */
  #playAll(starts: readonly Start[]): void {
    const waiting = starts.toReversed();
    const underway: Underway[] = [];
    for (;;) {
      const first = underway.reduce<Underway | undefined>(
        (best, run) => (best === undefined || run.at < best.at ? run : best),
        undefined,
      );
      const next = waiting.at(-1);
      if (next !== undefined && (first === undefined || next.at <= first.at)) {
        waiting.pop();
        underway.push({ jobs: next.shard.jobs, startedAt: next.at, next: 0, at: next.at });
      } else if (first === undefined) return;
      else this.#step(first, underway);
    }
  }

  #step(run: Underway, underway: Underway[]): void {
    const job = run.jobs[run.next];
    if (job === undefined) {
      this.#longest = Math.max(this.#longest, run.at - run.startedAt);
      underway.splice(underway.indexOf(run), 1);
      return;
    }
    // A job waits for the same job of the run before.
    const at = Math.max(run.at, this.#freeFrom.get(job.environment) ?? 0);
    run.at = this.#playJob(job, at);
    run.next += 1;
    this.#freeFrom.set(job.environment, run.at);
    this.#runnerMinutes += Math.ceil((run.at - at) / MINUTE);
  }

  /** Gives the time of the job's end. */
  #playJob(job: Job, startedAt: number): number {
    const at = this.#whenBegun(job, startedAt + SETUP_MILLISECONDS);
    const left = this.#budget.leftAt(at);
    const due = job.credentials.filter(({ name }) => this.#tokens.get(name)?.isDue(at) === true);
    const isDown = this.#outages.some(({ from, until }) => from.getTime() <= at && at < until.getTime());
    const fits = isDown ? 0 : fitting(sizeOf(job, due.length), left);
    if (!isDown) this.#putOff += due.length - fits;
    if (left <= RESERVE_REQUESTS) return at + WORK_MILLISECONDS;
    const end = this.#write(sizeOf(job, fits), at);
    for (const { name } of due.slice(0, fits)) this.#tokens.get(name)?.refresh(at, end);
    return end;
  }

  /** A new hour that begins soon is waited for, where this one has no room. */
  #whenBegun({ credentials, ...job }: Job, at: number): number {
    const due = credentials.filter(({ name }) => this.#tokens.get(name)?.isDue(at) === true).length;
    const left = this.#budget.leftAt(at);
    const hasRoom = left > RESERVE_REQUESTS && fitting(sizeOf({ credentials, ...job }, due), left) === due;
    const next = this.#budget.nextHourAt(at);
    return hasRoom || next - at > MAX_HOUR_WAIT_SECONDS * 1_000 ? at : next;
  }

  /** Spends what the job asks for, minute by minute, and gives the time of its end. */
  #write(size: JobSize, at: number): number {
    const secrets = size.refreshed * size.writesPerRefresh;
    // After another job of the workflow, the minute before is taken for as full as it can have been.
    const others = this.#shards.flatMap(({ jobs }) => jobs).length > 1 ? this.#budget.usedAt(at) : 0;
    const room = Math.max(0, SECRETS_A_MINUTE - others);
    const waits = secrets === 0 ? 0 : Math.max(0, Math.ceil((secrets - room) / SECRETS_A_MINUTE));
    const busy = waits + (room > 0 || waits === 0 ? 1 : 0);
    const cost = costOfJob(size, busy);
    for (const [minute, part] of parts(cost, busy).entries())
      this.#budget.spend(part, at + (minute + waits + 1 - busy) * MINUTE);
    return at + WORK_MILLISECONDS + waits * MINUTE;
  }

  #result({ scheduled, runs }: ReturnType<typeof startsOf>): Simulation {
    const all = [...this.#tokens.values()];
    const expired = all.map(({ expiredMilliseconds }) => expiredMilliseconds / MINUTE);
    const jobs = this.#shards.flatMap((shard) => shard.jobs);
    return {
      credentials: all.length,
      shards: { environments: jobs.length, jobs: jobs.length, files: this.#shards.length },
      runs: { scheduled, started: runs.length, longestMinutes: this.#longest / MINUTE },
      refreshes: all.reduce((sum, { refreshes }) => sum + refreshes, 0),
      putOff: this.#putOff,
      expired: {
        credentials: expired.filter((minutes) => minutes > 0).length,
        longestMinutes: Math.max(0, ...expired),
        totalMinutes: expired.reduce((sum, minutes) => sum + minutes, 0),
      },
      requests: this.#budget.total,
      peaks: this.#budget.peaks(),
      runnerMinutes: this.#runnerMinutes,
    };
  }
}

function sizeOf({ credentials }: Job, refreshed: number): JobSize {
  const writes = credentials.map(({ outputs, destinations }) => 1 + outputs.length * destinations.length);
  const destinations = new Set(
    credentials.flatMap((own) => own.destinations.map((place) => JSON.stringify(place))),
  );
  return {
    credentials: credentials.length,
    refreshed,
    // The mean: which of them are due makes little difference.
    writesPerRefresh: writes.reduce((sum, each) => sum + each, 0) / Math.max(1, writes.length),
    destinations: destinations.size,
  };
}

/** How many refreshes the hour has room for, as the limiter lets them begin. */
function fitting(size: JobSize, left: number): number {
  const spare = left - RESERVE_REQUESTS - requestsOf(costOfLooking(size));
  return Math.max(0, Math.min(size.refreshed, Math.floor(spare / size.writesPerRefresh)));
}

/** The first minute has what is read once; the secrets fill the minutes from the first on. */
function parts(cost: Cost, minutes: number): readonly Cost[] {
  return Array.from({ length: minutes }, (_, minute) => ({
    reads: minute === 0 ? cost.reads : 0,
    graphql: minute === 0 ? cost.graphql : 0,
    writes: Math.max(0, Math.min(SECRETS_A_MINUTE, cost.writes - minute * SECRETS_A_MINUTE)),
    swaps: cost.swaps / minutes,
  }));
}
