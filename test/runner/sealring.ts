import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { Writable } from "node:stream";
import { directoryBoxes } from "../../src/adapters/box-disk.ts";
import { environmentSecrets } from "../../src/adapters/environment-secrets.ts";
import { DirectoryFiles } from "../../src/adapters/files.ts";
import { connectGitHub } from "../../src/adapters/github/connect.ts";
import { findGitHubAccess } from "../../src/adapters/github/token.ts";
import { createHttpClient } from "../../src/adapters/http-client.ts";
import { createGitWork } from "../../src/adapters/git-work.ts";
import { nodeHttpServer } from "../../src/adapters/http-server.ts";
import { scheduledBy, secretsIn } from "../../src/adapters/runner-env.ts";
import { createStep } from "../../src/adapters/step.ts";
import { Terminal } from "../../src/adapters/terminal.ts";
import { run } from "../../src/cli.ts";
import type { Host } from "../../src/cli/host.ts";
import type { Ports } from "../../src/commands/context.ts";
import type { Clock } from "../../src/ports.ts";
import { SealringError } from "../../src/errors.ts";
import { NOBODY } from "../../src/commands/nobody.ts";
import type { Life } from "./life.ts";
import type { Answer, Call } from "./residents.ts";

const VERSION = "0.0.0";

/** Carries out `sealring …` in this process: main.ts over the call's variables, in the test's own time. */
export async function sealring(
  call: Pick<Call, "args" | "env" | "directory">,
  outside: Outside,
): Promise<Answer> {
  const { life } = outside;
  const printed = { stdout: "", stderr: "" };
  const terminal = new Terminal({
    out: into((text) => (printed.stdout += text)),
    err: into((text) => (printed.stderr += text)),
    kind: call.env["GITHUB_ACTIONS"] === "true" ? "github_actions" : "plain",
  });
  for (const secret of secretsIn(call.env)) terminal.mask(secret);
  const exit = await Promise.race([run(call.args, hostOf(call, { ...outside, terminal })), life.dead]);
  return { exit: exit === "dead" ? 137 : exit, ...printed };
}

/** What the process has of the world. */
export interface Outside {
  readonly clock: Clock;
  readonly life: Life;
  /** Of a person at a terminal. */
  readonly ports?: Partial<Ports>;
}

function into(take: (text: string) => void): Writable {
  return new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      take(chunk);
      done();
    },
  });
}

interface Process extends Outside {
  readonly terminal: Terminal;
}

type Invocation = Parameters<typeof sealring>[0];

function hostOf(call: Invocation, process: Process): Host {
  const { terminal } = process;
  const files = async (directory: string) => new DirectoryFiles(join(call.directory, directory));
  return {
    version: VERSION,
    nodeVersion: "24.0.0",
    colour: "never",
    columns: undefined,
    out: (text) => terminal.print(text),
    command: (text) => terminal.command(text),
    err: (text) => terminal.error(text),
    files,
    repository: async () => call.env["GITHUB_REPOSITORY"],
    ports: async ({ directory }) => portsOf(call, process, await files(directory)),
    secretFile: notHere,
    actionFiles: notHere,
    readText: notHere,
    writeText: notHere,
    tree: notHere,
    step: async () => createStep(call.env, terminal.say.bind(terminal)),
    gitWork: async (directory) => createGitWork(directory, {}),
    httpServer: async () => nodeHttpServer,
    connectTo: notHere,
  };
}

function notHere(): Promise<never> {
  return Promise.reject(new SealringError("usage", "not on this runner"));
}

function portsOf(
  { env }: Invocation,
  { clock, life, terminal, ports }: Process,
  files: Ports["files"],
): Ports {
  const secrets = environmentSecrets(env, terminal);
  return {
    // A process that has ended waits for nothing, but asking it for the time does no harm.
    clock: { now: () => clock.now(), sleep: life.bind(clock).sleep },
    random: (length) => randomBytes(length),
    http: life.bind(createHttpClient({ env: {} })),
    listener: { listen: notHere },
    browser: { open: async () => false },
    prompt: NOBODY,
    secrets,
    progress: terminal,
    disk: life.bind(directoryBoxes(join(env["RUNNER_TEMP"] ?? "", "sealring-boxes"))),
    stop: life.stop.signal,
    self: selfOf(env, clock),
    scheduledBy: scheduledBy(env),
    files,
    findRepository: () => env["GITHUB_REPOSITORY"],
    connect: async (project, repository, purpose) => {
      const access = await findGitHubAccess({
        declaredApiUrl: project.apiUrl,
        environmentApiUrl: env["GITHUB_API_URL"],
        app: project.app,
        runsIn: "job",
        secrets,
        ghToken: async () => undefined,
      });
      const { stateBranch, alerts, environment } = project;
      const job = { environment, say: terminal.say.bind(terminal) };
      const options = {
        ...access,
        repository,
        stateBranch,
        alerts,
        job,
        ...purpose,
        mask: terminal.mask.bind(terminal),
        version: VERSION,
        clock,
        env: {},
      };
      return life.bind(connectGitHub({ ...options, retryBaseMilliseconds: 1 }));
    },
    ...ports,
  };
}

function selfOf(env: Call["env"], clock: Clock): Ports["self"] {
  const runId = env["GITHUB_RUN_ID"] ?? "";
  const jobId = env["SEALRING_JOB_ID"] ?? "";
  if (runId === "") return { owner: { kind: "process" }, startedAt: clock.now(), runUrl: undefined };
  const owner = {
    kind: "run",
    runId,
    attempt: Number(env["GITHUB_RUN_ATTEMPT"]),
    jobId: jobId === "" ? undefined : jobId,
  } as const;
  const runUrl = `https://github.com/${env["GITHUB_REPOSITORY"] ?? ""}/actions/runs/${runId}`;
  return { owner, startedAt: clock.now(), runUrl };
}
