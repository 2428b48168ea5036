/** Ten thousand credentials on a sandbox with GitHub's limits, in virtual time: the figures as JSON on standard output. */
import { randomBytes } from "node:crypto";
import type { Ports } from "../src/commands/context.ts";
import { startRuns } from "../src/commands/context.ts";
import { pooled } from "../src/commands/pooled.ts";
import { recoverCredential } from "../src/protocol/recover.ts";
import { refreshCredential } from "../src/protocol/refresh.ts";
import { stopped } from "../src/protocol/result.ts";
import type { CredentialResult } from "../src/protocol/result.ts";
import type { Run } from "../src/protocol/run.ts";
import { Secret } from "../src/secret.ts";
import { ScaleWorld } from "./scale-world.ts";

/** What a job takes beside sealring: a runner, the checkout, the action. */
const JOB_SECONDS = 20;
const HOUR_MILLISECONDS = 3_600_000;
const AT_ONCE = 100;
const OPTIONS = { when: "due", probe: "not_asked", effect: "real" } as const;

/** What the API counted of one process, or of more. */
interface Counts {
  core: number;
  graphql: number;
  points: number;
  content: number;
  limited: number;
  readonly byOperation: Record<string, number>;
}

const world = await ScaleWorld.create(Number(process.argv[2] ?? "10000"), 28 * 86_400);
const { clock, sandbox, declared, provider } = world;

function job(environment: string): Ports {
  const { runs } = sandbox.github;
  const run = runs.start(declared.repository);
  const secrets = world.secretsOf(environment);
  const boxes = new Map<string, string>();
  const ports = {
    clock,
    random: (length: number) => randomBytes(length),
    http: provider,
    secrets: {
      read: (name: string) => {
        const value = secrets.get(name);
        return value === undefined ? undefined : new Secret(value);
      },
    },
    progress: { mask: () => undefined, say: () => undefined },
    disk: {
      write: async (name: string, box: string) => void boxes.set(name, box),
      read: async (name: string) => boxes.get(name),
      remove: async (name: string) => void boxes.delete(name),
    },
    stop: new AbortController().signal,
    self: {
      owner: { kind: "run", runId: String(run.id), attempt: 1, jobId: undefined },
      startedAt: clock.now(),
      runUrl: `https://github.com/${declared.repository}/actions/runs/${String(run.id)}`,
    },
    connect: async () => world.connect(),
  };
  return ports as unknown as Ports;
}

type Work = (run: Run, credential: (typeof declared.credentials)[number]) => Promise<CredentialResult>;

/** One process of a job: a connection of its own, and the credentials of its environment. */
async function work(ports: Ports, environment: string, each: Work): Promise<readonly CredentialResult[]> {
  const own = declared.credentials.filter((credential) => credential.environment === environment);
  const runs = await startRuns(ports, declared, own);
  return pooled(own, AT_ONCE, (credential) =>
    each(runs(credential), credential).catch((error: unknown) => stopped(credential.name, error)),
  );
}

function count(counts: Counts): void {
  for (const { method, operation, status } of sandbox.github.log.splice(0)) {
    counts.byOperation[operation] = (counts.byOperation[operation] ?? 0) + 1;
    if (operation === "graphql") counts.graphql += 1;
    else if (operation !== "rate-limit/get") counts.core += 1;
    counts.points += method === "GET" || operation === "graphql" ? 1 : 5;
    if (method === "POST" && operation !== "graphql") counts.content += 1;
    if (status === 429 || status === 403) counts.limited += 1;
  }
}

const began = Date.now();
const total: Counts = { core: 0, graphql: 0, points: 0, content: 0, limited: 0, byOperation: {} };
const runs: object[] = [];
let left = declared.credentials.length;
for (let scheduled = 0; left > 0 && scheduled < 48; scheduled += 1) {
  const startedAt = clock.now();
  const before = { ...total };
  const outcomes: Record<string, number> = {};
  for (const environment of world.environments) {
    await clock.sleep(JOB_SECONDS * 1_000);
    const ports = job(environment);
    for (const { outcome } of await work(ports, environment, (run, credential) =>
      refreshCredential(run, credential, OPTIONS),
    ))
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    await work(ports, environment, (run, credential) => recoverCredential(run, credential, []));
    for (const run of sandbox.github.repository(declared.repository).runs.values()) sandbox.github.runs.end(run);
    count(total);
    world.forgetHistory();
    if (process.env["SCALE_VERBOSE"] !== undefined)
      console.error(environment, clock.now().toISOString(), total.core, outcomes, Date.now() - began, process.memoryUsage().rss >> 20);
  }
  left -= outcomes["refreshed"] ?? 0;
  const minutes = (clock.now().getTime() - startedAt.getTime()) / 60_000;
  runs.push({ startedAt, minutes, outcomes, left, core: total.core - before.core, content: total.content - before.content });
  if (process.env["SCALE_VERBOSE"] !== undefined) console.error(runs.at(-1));
  const next = Math.ceil(clock.now().getTime() / HOUR_MILLISECONDS) * HOUR_MILLISECONDS;
  await clock.sleep(next - clock.now().getTime());
}
const { maxRSS } = process.resourceUsage();
const figures = { ...total, refreshes: provider.requests, reuses: provider.reuses, left, runs, seconds: (Date.now() - began) / 1_000, megabytes: maxRSS / 1_024 };
process.stdout.write(`${JSON.stringify(figures, undefined, 2)}\n`);
await sandbox.close();
