import { isAbsolute, join } from "node:path";
import { homedir } from "node:os";
import type { GitHubOptions } from "./adapters/github/options.ts";
import { Terminal } from "./adapters/terminal.ts";
import { scheduledBy, secretsIn } from "./adapters/runner-env.ts";
import { run } from "./cli.ts";
import type { Globals, Host } from "./cli/host.ts";
import type { Ports } from "./commands/context.ts";
import type { Project } from "./declaration/credential.ts";
import { EXIT } from "./errors.ts";
import { GITHUB_ID } from "./journal/codec.ts";
import type { GitHub } from "./github.ts";
import type { Self } from "./protocol/run.ts";

/** Put in by the build, from package.json. */
declare const SEALRING_VERSION: string;

const version = SEALRING_VERSION;
const { env } = process;
const startedAt = new Date();
const isStep = env["GITHUB_ACTIONS"] === "true";

const terminal = new Terminal({
  out: process.stdout,
  err: process.stderr,
  kind: isStep ? "github_actions" : "plain",
});

// First of all: whatever is printed after it may be anything.
if (isStep) for (const secret of secretsIn(env)) terminal.mask(secret);

// Nobody reads any more, or the disk under the log is full: no reason to stop before what was spent is stored.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

/** Cancelling a job sends SIGINT and, while what was spent is being stored, SIGTERM: only the one after ends the process. */
const SIGNALS_THAT_END = 3;
const stopping = new AbortController();
let signalsHeard = 0;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    signalsHeard += 1;
    if (signalsHeard >= SIGNALS_THAT_END) process.exit(EXIT.interrupted);
    const words = stopping.signal.aborted
      ? "Still stopping: one more signal ends it at once."
      : "Stopping: what was spent is stored first. A third signal ends it at once.";
    stopping.abort();
    terminal.say(words);
  });
}

/**
 * A step's shell that is ended takes no child with it: what it has started goes on, and nobody hears of it any more. So
 * a parent that is gone is as good as a signal.
 */
const PARENT_CHECK_MILLISECONDS = 1_000;
const parent = process.ppid;
const watching = setInterval(() => {
  if (process.ppid === parent) return;
  clearInterval(watching);
  if (stopping.signal.aborted) return;
  stopping.abort();
  terminal.say(
    "The process that started this one is gone: what was spent is stored, nothing new is started.",
  );
}, PARENT_CHECK_MILLISECONDS);
watching.unref();

const host: Host = {
  version,
  nodeVersion: process.versions.node,
  columns: process.stdout.isTTY ? process.stdout.columns : undefined,
  colour: process.stdout.isTTY && (env["NO_COLOR"] ?? "") === "" ? "always" : "never",
  out: (text) => {
    terminal.print(text);
  },
  command: (text) => {
    terminal.command(text);
  },
  err: (text) => {
    terminal.error(text);
  },
  async files(directory) {
    const { DirectoryFiles } = await import("./adapters/files.ts");
    return new DirectoryFiles(directory);
  },
  async repository(directory) {
    const { repositoryOfRemote } = await import("./adapters/git-remote.ts");
    return env["GITHUB_REPOSITORY"] ?? repositoryOfRemote(directory);
  },
  async gitWork(directory) {
    const { createGitWork } = await import("./adapters/git-work.ts");
    return createGitWork(directory, env);
  },
  async httpServer() {
    const { nodeHttpServer } = await import("./adapters/http-server.ts");
    return nodeHttpServer;
  },
  async secretFile(path) {
    const { readSecretFile } = await import("./adapters/secret-file.ts");
    return readSecretFile(path);
  },
  async readText(path) {
    const { readTextFile } = await import("./adapters/text-file.ts");
    return readTextFile(path);
  },
  async writeText(path, text) {
    const { writeTextFile } = await import("./adapters/text-file.ts");
    await writeTextFile(path, text);
  },
  async tree(directory) {
    const { createTreeWriter } = await import("./adapters/tree-writer.ts");
    return createTreeWriter(directory);
  },
  async step() {
    if (!isStep) return undefined;
    const { createStep } = await import("./adapters/step.ts");
    return createStep(env, terminal.say.bind(terminal));
  },
  async actionFiles() {
    const { readActionFiles } = await import("./adapters/action-files.ts");
    return readActionFiles(new URL("../", import.meta.url));
  },
  ports: wire,
  connectTo,
};

/** The one place where ports meet adapters. What they need is loaded here, so that help and `validate` do without. */
async function wire(globals: Globals): Promise<Ports> {
  const [{ systemClock }, { createHttpClient }, { loopbackListener }, { createBrowser }, { createPrompt }] =
    await Promise.all([
      import("./adapters/clock.ts"),
      import("./adapters/http-client.ts"),
      import("./adapters/loopback-listener.ts"),
      import("./adapters/browser.ts"),
      import("./adapters/prompt.ts"),
    ]);
  const { environmentSecrets } = await import("./adapters/environment-secrets.ts");
  const { directoryBoxes } = await import("./adapters/box-disk.ts");
  const { repositoryOfRemote } = await import("./adapters/git-remote.ts");
  const { randomBytes } = await import("node:crypto");
  const secrets = environmentSecrets(env, terminal);
  const findRepository = () => env["GITHUB_REPOSITORY"] ?? repositoryOfRemote(globals.directory);
  return {
    clock: systemClock,
    random: (length) => randomBytes(length),
    http: createHttpClient({ env }),
    listener: loopbackListener,
    browser: createBrowser({ env, platform: process.platform }),
    prompt: createPrompt({ input: process.stdin, output: process.stderr, noInput: globals.noInput }),
    secrets,
    progress: terminal,
    disk: directoryBoxes(boxFolder(findRepository())),
    stop: stopping.signal,
    self: self(),
    scheduledBy: scheduledBy(env),
    files: await host.files(globals.directory),
    findRepository,
    connect: (project, repository, purpose) => connect(project, { repository, ...purpose }, secrets),
  };
}

async function connect(
  project: Project,
  to: Pick<GitHubOptions, "repository" | "turn" | "reach">,
  secrets: Ports["secrets"],
): Promise<GitHub> {
  const { findGitHubAccess } = await import("./adapters/github/token.ts");
  const { createGhToken } = await import("./adapters/github/gh.ts");
  const access = await findGitHubAccess({
    declaredApiUrl: project.apiUrl,
    environmentApiUrl: env["GITHUB_API_URL"],
    app: project.app,
    runsIn: isStep ? "job" : "elsewhere",
    secrets,
    ghToken: createGhToken(env),
  });
  const { stateBranch, alerts, environment } = project;
  const say = terminal.say.bind(terminal);
  const job = isStep ? { environment, say } : undefined;
  const mask = terminal.mask.bind(terminal);
  return connectTo({ ...access, ...to, stateBranch, alerts, job, mask });
}

async function connectTo(to: Omit<GitHubOptions, "version" | "clock" | "env">): Promise<GitHub> {
  const { connectGitHub } = await import("./adapters/github/connect.ts");
  const { systemClock: clock } = await import("./adapters/clock.ts");
  return connectGitHub({ ...to, version, clock, env });
}

/** On a runner, a folder that ends with the job; else the user's own, one for each repository. */
function boxFolder(repository: string | undefined): string {
  const { RUNNER_TEMP: temporary, XDG_STATE_HOME: state } = env;
  if (temporary !== undefined && temporary !== "") return join(temporary, "sealring-boxes");
  // One that is empty or relative does not count (XDG Base Directory Specification).
  const home = state !== undefined && isAbsolute(state) ? state : join(homedir(), ".local", "state");
  const [owner, name] = /^([\w-]+)\/(?!\.)([\w.-]+)$/.exec(repository?.toLowerCase() ?? "")?.slice(1) ?? [];
  const own = owner === undefined || name === undefined ? [] : [owner, name];
  return join(home, "sealring", "boxes", ...own);
}

function self(): Self {
  const { GITHUB_RUN_ID: runId, GITHUB_RUN_ATTEMPT: attempt, GITHUB_REPOSITORY: repository } = env;
  if (runId === undefined || !GITHUB_ID.test(runId)) {
    return { owner: { kind: "process" }, startedAt, runUrl: undefined };
  }
  const server = env["GITHUB_SERVER_URL"] ?? "https://github.com";
  return {
    owner: { kind: "run", runId, attempt: Number(attempt ?? "1"), jobId: jobId() },
    startedAt,
    runUrl: repository === undefined ? undefined : `${server}/${repository}/actions/runs/${runId}`,
  };
}

/**
 * The workflow's step gives `job.check_run_id`, which GitHub's API calls the job's id. RUNNER_NAME would need no line in
 * the workflow, but is not unique in a run, and has differed from what the API says.
 */
function jobId(): string | undefined {
  const id = env["SEALRING_JOB_ID"];
  return id !== undefined && GITHUB_ID.test(id) ? id : undefined;
}

process.exitCode = await run(process.argv.slice(2), host);
// Whatever still waits for a person or a server has been given up by now.
if (stopping.signal.aborted) process.exit();
