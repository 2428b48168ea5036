import type { Credential } from "../declaration/credential.ts";
import { demandOf } from "../demand.ts";
import type { Demand } from "../demand.ts";
import { ACTIONS_REQUESTS_AN_HOUR, MAX_HOUR_WAIT_SECONDS, REQUESTS_AN_HOUR } from "../github-limits.ts";
import { weekOf } from "../protocol/schedule.ts";
import { costOfJob, costOfLooking, requestsOf, SECRETS_A_MINUTE } from "../request-cost.ts";
import type { JobSize } from "../request-cost.ts";
import { Budget, partOf } from "./budget.ts";
import type { Peaks } from "./budget.ts";
import { chanceFrom, outagesIn } from "./random.ts";
import type { Span } from "./random.ts";
import type { Scenario } from "./scenario.ts";
import { shardsOf, startsOf } from "./shards.ts";
import type { Job, Start } from "./shards.ts";
import { ageOf, Tokens } from "./tokens.ts";

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
  /** With the token that writes secrets; where an App does everything, all of them. */
  readonly requests: number;
  readonly peaks: Peaks;
  /** With the job's own token; undefined: an App does everything. */
  readonly journal: { readonly requests: number; readonly requestsAnHour: number } | undefined;
  /** Of each token, hour by hour, where refreshes are spread evenly. */
  readonly demands: readonly Demand[];
  /** How many were played. */
  readonly outages: number;
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
  readonly #secrets = new Budget(REQUESTS_AN_HOUR);
  /** The job's own token has the journal, the runs and the issues, unless an App does everything. */
  readonly #journal: Budget;
  readonly #freeFrom = new Map<string | null, number>();
  #putOff = 0;
  #runnerMinutes = 0;
  #longest = 0;

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
    this.#shards = shardsOf(scenario);
    this.#journal = scenario.project.app === undefined ? new Budget(ACTIONS_REQUESTS_AN_HOUR) : this.#secrets;
    const chance = chanceFrom(scenario.seed);
    const { lifetimeSeconds, start, authorized, outages } = scenario;
    this.#outages = outagesIn(outages, scenario, chance);
    this.#tokens = new Map(
      scenario.credentials.map((credential) => [
        credential.name,
        new Tokens(
          credential,
          lifetimeSeconds,
          start.getTime() - (authorized === "together" ? 0 : ageOf(credential, lifetimeSeconds, chance)),
        ),
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

  /** Runs of several files wait for each other; those of one file only job by job, in the order of time. */
  #playAll(starts: readonly Start[]): void {
    const waiting = starts.toReversed();
    const underway: Underway[] = [];
    const takesTurns = this.#shards.length > 1;
    let freeFrom = 0;
    for (;;) {
      const first = underway.reduce<Underway | undefined>(
        (best, run) => (best === undefined || run.at < best.at ? run : best),
        undefined,
      );
      const next = waiting.at(-1);
      if (next !== undefined && (first === undefined || (!takesTurns && next.at <= first.at))) {
        waiting.pop();
        const at = takesTurns ? Math.max(next.at, freeFrom) : next.at;
        underway.push({ jobs: next.shard.jobs, startedAt: at, next: 0, at });
      } else if (first === undefined) return;
      else {
        this.#step(first, underway);
        freeFrom = first.at;
      }
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
    const due = this.#dueAt(job, at);
    const isDown = this.#outages.some(({ from, until }) => from.getTime() <= at && at < until.getTime());
    const hasBegun = this.#mayBegin(job, at);
    const fits = isDown || !hasBegun ? 0 : this.#fitting({ ...job.size, refreshed: due.length }, at);
    if (!isDown) this.#putOff += due.length - fits;
    if (!hasBegun) return at + WORK_MILLISECONDS;
    const end = this.#write({ ...job.size, refreshed: fits }, at);
    for (const { name } of due.slice(0, fits)) this.#tokens.get(name)?.refresh(at, end);
    return end;
  }

  #dueAt({ credentials }: Job, at: number): readonly Credential[] {
    return credentials.filter(({ name }) => this.#tokens.get(name)?.isDue(at) === true);
  }

  /** A new hour that begins soon is waited for, where this one has no room. */
  #whenBegun(job: Job, at: number): number {
    const due = this.#dueAt(job, at).length;
    const [begins, fits] = [
      this.#mayBegin(job, at),
      this.#fitting({ ...job.size, refreshed: due }, at) === due,
    ];
    if (begins && fits) return at;
    const next = (begins ? this.#secrets : this.#journal).nextHourAt(at);
    return next - at > MAX_HOUR_WAIT_SECONDS * 1_000 ? at : next;
  }

  /** Whether the journal can be read. */
  #mayBegin(job: Job, at: number): boolean {
    return this.#journal.leftAt(at) >= requestsOf(costOfLooking(job.size));
  }

  /** How many refreshes the hour has room for, as the limiter lets them begin. */
  #fitting(size: JobSize, at: number): number {
    const shared = this.#journal === this.#secrets ? requestsOf(costOfLooking(size)) : 0;
    const spare = this.#secrets.leftAt(at) - shared;
    return Math.max(0, Math.min(size.refreshed, Math.floor(spare / size.writesPerRefresh)));
  }

  /** Spends what the job asks for, minute by minute, and gives the time of its end. */
  #write(size: JobSize, at: number): number {
    const secrets = size.refreshed * size.writesPerRefresh;
    // Before it, the minute is taken for as full as it can have been.
    const room = Math.max(0, SECRETS_A_MINUTE - this.#secrets.usedAt(at));
    const waits = secrets === 0 ? 0 : Math.max(0, Math.ceil((secrets - room) / SECRETS_A_MINUTE));
    const busy = waits + (room > 0 || waits === 0 ? 1 : 0);
    const cost = costOfJob(size, busy);
    for (let minute = 0; minute < busy; minute += 1) {
      const time = at + (minute + waits + 1 - busy) * MINUTE;
      this.#secrets.spend(partOf(cost.secrets, { minute, of: busy }), time);
      this.#journal.spend(partOf(cost.journal, { minute, of: busy }), time);
    }
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
      ...this.#asked(),
      demands: this.#demands(jobs),
      outages: this.#outages.length,
      runnerMinutes: this.#runnerMinutes,
    };
  }

  #asked(): Pick<Simulation, "requests" | "peaks" | "journal"> {
    const [secrets, journal] = [this.#secrets.peaks(), this.#journal.peaks()];
    return {
      requests: this.#secrets.total,
      peaks: {
        requestsAnHour: secrets.requestsAnHour,
        pointsAMinute: Math.max(secrets.pointsAMinute, journal.pointsAMinute),
        contentAnHour: journal.contentAnHour,
      },
      journal:
        this.#journal === this.#secrets
          ? undefined
          : { requests: this.#journal.total, requestsAnHour: journal.requestsAnHour },
    };
  }

  #demands(jobs: readonly Job[]): readonly Demand[] {
    const { project } = this.#scenario;
    return demandOf({
      starts: weekOf(project.schedule),
      tokens: project.app === undefined ? "two" : "one",
      jobs: jobs.map(({ credentials, size }) => ({
        size,
        periods: credentials.map(({ name }) => this.#tokens.get(name)?.periodSeconds ?? Infinity),
      })),
    });
  }
}
