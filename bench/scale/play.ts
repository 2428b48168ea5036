/**
 * Credentials by the thousand, all due at once, on the sandbox with GitHub's limits and in virtual time: run after run of the
 * workflow, job after job, each with a connection of its own, until all are refreshed. Prints the figures as JSON.
 */
import "../../test/support/quick-yields.ts";
import { randomBytes } from "node:crypto";
import { tellOwners } from "../../src/commands/alerts.ts";
import { startRuns } from "../../src/commands/context.ts";
import type { Ports } from "../../src/commands/context.ts";
import { pooled } from "../../src/commands/pooled.ts";
import type { Credential } from "../../src/declaration/credential.ts";
import type { HttpClient } from "../../src/ports.ts";
import { recoverCredential } from "../../src/protocol/recover.ts";
import { refreshCredential } from "../../src/protocol/refresh.ts";
import { stopped } from "../../src/protocol/result.ts";
import type { CredentialResult } from "../../src/protocol/result.ts";
import type { Run } from "../../src/protocol/run.ts";
import { Secret } from "../../src/secret.ts";
import { QuietClock } from "./quiet-clock.ts";
import type { LoggedExchange } from "../../src/sandbox/faults.ts";
import { ScaleWorld, tokenAnswer } from "./world.ts";

/** Of every request, to GitHub and to the provider. */
const LATENCY_MILLISECONDS = 100;
/** What a job takes beside sealring: a runner, the checkout, the action. */
const JOB_MILLISECONDS = 20_000;
const HOUR = 3_600_000;
const MOST_RUNS = 48;
const AT_ONCE = 100;

const clock = new QuietClock(new Date("2026-11-22T00:00:00Z"));
const world = await ScaleWorld.create({
  credentials: Number(process.argv[2]),
  clock: clock.server,
  tokenEndpoint: "https://id.example.com/token",
  ageDays: () => 28,
});
const { sandbox, declared } = world;
const { github } = sandbox;
github.faults.delay(() => true, LATENCY_MILLISECONDS);
/** Requests by the hour in which GitHub counts them, which begins with its first one. */
const hours: { readonly endsAt: number; used: number }[] = [];

/** A provider that takes each refresh token once, and counts those that come again. */
const spent = new Set<string>();
let reused = 0;
const provider: HttpClient = {
  async send({ body }) {
    await clock.sleep(LATENCY_MILLISECONDS);
    const token = new URLSearchParams(body).get("refresh_token") ?? "";
    if (spent.has(token)) reused += 1;
    spent.add(token);
    const headers = { "content-type": "application/json" };
    return { kind: "answer", status: 200, headers, body: Buffer.from(tokenAnswer()) };
  },
};

type JobPorts = Omit<Ports, "browser" | "prompt" | "listener" | "files" | "findRepository">;

function jobPorts(environment: string): JobPorts {
  const { id } = github.runs.start(declared.repository);
  const secrets = world.secretsOf(environment);
  const boxes = new Map<string, string>();
  return {
    ...{ clock, http: provider, stop: new AbortController().signal, scheduledBy: "sealring.yml" },
    random: (length) => randomBytes(length),
    secrets: {
      read(name) {
        const value = secrets.get(name);
        return value === undefined ? undefined : new Secret(value);
      },
    },
    progress: { mask: () => undefined, say: () => undefined },
    disk: {
      write: (name, box) => Promise.resolve(void boxes.set(name, box)),
      read: (name) => Promise.resolve(boxes.get(name)),
      remove: (name) => Promise.resolve(void boxes.delete(name)),
    },
    self: {
      owner: { kind: "run", runId: String(id), attempt: 1, jobId: undefined },
      startedAt: clock.now(),
      runUrl: `https://github.com/${declared.repository}/actions/runs/${String(id)}`,
    },
    connect: () => Promise.resolve(world.connect(clock)),
  };
}

type Work = (run: Run, credential: Credential) => Promise<CredentialResult>;

const refreshDue: Work = (run, credential) =>
  refreshCredential(run, credential, { when: "due", probe: "not_asked", effect: "real" });

/** One process, over the credentials of an environment: `refresh` or `recover`, without reading ten thousand files again. */
async function command(ports: Ports, environment: string, work: Work): Promise<readonly CredentialResult[]> {
  const own = declared.credentials.filter((credential) => credential.environment === environment);
  const runs = await startRuns(ports, declared, own);
  const results = await pooled(own, AT_ONCE, (credential) =>
    work(runs(credential), credential).catch((error: unknown) => stopped(credential.name, error)),
  );
  await tellOwners({ ports, runs, declared }, results);
  return results;
}

async function job(environment: string): Promise<readonly CredentialResult[]> {
  await clock.sleep(JOB_MILLISECONDS);
  const ports = jobPorts(environment) as Ports;
  const results = await command(ports, environment, refreshDue);
  // As the workflow: a job that did not succeed settles what it can.
  if (results.some(({ exit }) => exit !== 0))
    await command(ports, environment, (run, credential) => recoverCredential(run, credential, []));
  for (const run of github.repository(declared.repository).runs.values()) github.runs.end(run);
  for (const exchange of github.log.splice(0)) count(exchange);
  world.forgetHistory();
  return results;
}

/** GraphQL has an hour of its own, and asking where one stands costs nothing. */
function count({ at, operation }: LoggedExchange): void {
  if (operation === "graphql" || operation === "rate-limit/get") return;
  const hour = hours.at(-1);
  if (hour !== undefined && at.getTime() < hour.endsAt) hour.used += 1;
  else hours.push({ endsAt: at.getTime() + HOUR, used: 1 });
}

let left = declared.credentials.length;
let runs = 0;
for (; left > 0 && runs < MOST_RUNS; runs += 1) {
  for (const environment of world.environments) {
    const results = await job(environment);
    left -= results.filter(({ outcome }) => outcome === "refreshed").length;
    if (process.env["SCALE_VERBOSE"] === "1") console.error(environment, clock.now().toISOString(), left);
  }
  // Scheduled by the hour.
  if (left > 0) await clock.sleep(HOUR - (clock.now().getTime() % HOUR));
}

const figures = {
  ...{ credentials: declared.credentials.length, left, runs, reused, refreshes: spent.size },
  requests: hours.reduce((sum, { used }) => sum + used, 0),
  // The last hour ends with the work.
  wholeHours: hours.slice(0, -1).map(({ used }) => used),
  refusals: github.limiter.refusals,
};
process.stdout.write(JSON.stringify(figures));
await sandbox.close();
