import type { Branch } from "./call.ts";
import type { ProcessState } from "./process.ts";
import type { Provider } from "./provider.ts";
import type { Broken, Start } from "./start.ts";
import { ofText } from "./texts.ts";
import type { TextId } from "./texts.ts";

/** One process and its machine: the job of a workflow run, or a person's. */
export interface Job {
  readonly start: Start;
  /** undefined: it ended or was killed. */
  readonly process: ProcessState | undefined;
  /** `unnoticed`: nothing of it lives, and GitHub says that it runs. */
  readonly state: "live" | "unnoticed" | "over";
  /** The number of the instant. */
  readonly endedAt: number;
  /** What its process came to. */
  readonly outcome: string | undefined;
  /** The box on its machine's disk. */
  readonly disk: TextId;
  /** What its job uploaded at its end. */
  readonly artifact: TextId;
  /** The refresh token that its memory got from the provider; 0: none. */
  readonly received: number;
  /** Its last step changed something: only then is dying another thing than having died before. */
  readonly isFresh: boolean;
  /** How often it waited since the last instant. */
  readonly waits: number;
  /** A broken protocol's lies to it. */
  readonly lies: { readonly before: Branch | undefined; readonly unstored: TextId };
}

/** What may still happen of its own accord. */
export interface Left {
  readonly runs: number;
  readonly probes: number;
  readonly people: number;
  /** Boxes that somebody who may write to the state branch puts there. */
  readonly forgeries: number;
  readonly crashes: number;
  readonly faults: number;
  readonly instants: number;
}

export const NOTHING: Left = {
  ...{ runs: 0, probes: 0, people: 0, forgeries: 0, crashes: 0, faults: 0, instants: 0 },
};

/** Everything outside the processes, and how far each of them is. */
export interface World {
  readonly broken: Broken | undefined;
  /** The number of the instant. */
  readonly now: number;
  readonly provider: Provider;
  readonly envelope: TextId;
  /** The access token that consumers read; 0: none. */
  readonly output: number;
  readonly branch: Branch;
  /** The box on the disk of the person's machine. */
  readonly home: TextId;
  readonly down: { readonly store: boolean; readonly journal: boolean };
  readonly jobs: readonly Job[];
  readonly left: Left;
  /** The newest refresh token that a client received. */
  readonly delivered: number;
  /** One that was lost before anything outside its process took a write. */
  readonly excused: number;
  /** How often each refresh token was sent, by number. */
  readonly sent: Readonly<Record<number, Sends>>;
}

/** `early`: by probes before the access token expired. */
export interface Sends {
  readonly refresh: number;
  readonly early: number;
}

/** The job of a process. */
export function jobOf({ jobs }: World, slot: number): Job {
  const job = jobs.find(({ start }) => start.slot === slot);
  if (job === undefined) throw new Error(`there is no process ${String(slot)}`);
  return job;
}

export function withJob(world: World, job: Job): World {
  return { ...world, jobs: world.jobs.map((other) => (other.start.slot === job.start.slot ? job : other)) };
}

export function liveJobs({ jobs }: World): readonly Job[] {
  return jobs.filter(({ state }) => state === "live");
}

/** The runs that an entry names: what is known of others cannot matter to anybody any more. */
const runsIn = ofText(
  (text) => new Set([...text.matchAll(/"(?:run_id|box_run)": "(\d+)"/g)].map(([, id]) => Number(id))),
);

/** The same for worlds that can be told apart by nothing that happens in them. */
export function keyOf(world: World): string {
  const { now, provider, envelope, output, branch, home, down, left, delivered, excused, sent } = world;
  const named = runsIn(branch.entry) ?? new Set<number>();
  const jobs = world.jobs.map((job) =>
    job.state === "over" && !named.has(job.start.slot) ? "" : keyOfJob(job),
  );
  return [
    ...[now, provider.issued, provider.live, provider.before, provider.usedAt, provider.state],
    ...[envelope, output, branch.entry, branch.box, home, Number(down.store), Number(down.journal)],
    ...[left.runs, left.probes, left.people, left.forgeries, left.crashes, left.faults],
    ...[delivered, excused, JSON.stringify(sent), ...jobs],
  ].join(" ");
}

function keyOfJob({
  start,
  process,
  state,
  endedAt,
  disk,
  artifact,
  received,
  isFresh,
  waits,
  lies,
}: Job): string {
  if (state === "over") return [start.startedAt, endedAt, artifact].join(",");
  if (state === "unnoticed") return ["u", start.startedAt, disk].join(",");
  const lied = lies.before === undefined ? "" : `${String(lies.before.entry)}/${String(lies.before.box)}`;
  return [process?.id, disk, received, Number(isFresh), waits, lied, lies.unstored].join(",");
}
