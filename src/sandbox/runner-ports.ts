import type { Ports } from "../commands/context.ts";
import { NOBODY } from "../commands/nobody.ts";
import type { Project } from "../declaration/credential.ts";
import { SealringError } from "../errors.ts";
import type { GitHub } from "../github.ts";
import type { BoxDisk } from "../ports.ts";
import { Secret } from "../secret.ts";
import type { ConnectTo } from "./demo-world.ts";
import type { Job, Run } from "./github/model.ts";
import type { Permissions } from "./github/permissions.ts";
import type { GitHubSandbox } from "./github/sandbox.ts";

/** What a runner is made of. */
export interface RunnerParts {
  readonly github: GitHubSandbox;
  readonly apiUrl: string;
  /** owner/name. */
  readonly repository: string;
  /** Of this process; its files are what a job checks out. */
  readonly ports: Ports;
  readonly connectTo: ConnectTo;
}

/** A runner's disk, which ends with its job. */
export class RunnerDisk implements BoxDisk {
  readonly boxes = new Map<string, string>();

  write(credential: string, box: string): Promise<void> {
    this.boxes.set(credential, box);
    return Promise.resolve();
  }

  read(credential: string): Promise<string | undefined> {
    return Promise.resolve(this.boxes.get(credential));
  }

  remove(credential: string): Promise<void> {
    this.boxes.delete(credential);
    return Promise.resolve();
  }

  /** The boxes as an artifact has them: by file. */
  files(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.boxes].map(([credential, box]) => [`${credential}.box.json`, box]));
  }
}

/** What the person who started a run asked for, as the runner's shell would have it: a text. */
export function inputOf({ inputs }: Pick<Run, "inputs">, name: string): string {
  const value = inputs[name] ?? "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

interface Place {
  readonly run: Run;
  readonly job: Job;
  readonly disk: RunnerDisk;
  readonly say: (line: string) => void;
}

/** What a job has: the secrets as they were when it started, two tokens for GitHub, and nobody to ask. */
export function portsOfJob(parts: RunnerParts, { run, job, disk, say }: Place): Ports {
  const { github, repository, ports } = parts;
  const secrets = github.runs.secretsOf(run, job);
  const mask = ports.progress.mask.bind(ports.progress);
  const read = (name: string) => {
    const value = secrets.get(name);
    if (value === undefined) return undefined;
    const secret = new Secret(value);
    mask(secret);
    return secret;
  };
  const connecting = once((project) => connect(parts, project, { run, job, read }));
  const jobId = String(job.id);
  const attempt = run.attempts.length;
  return {
    ...ports,
    secrets: { read },
    progress: { mask, say },
    disk,
    browser: { open: () => Promise.resolve(false) },
    prompt: NOBODY,
    findRepository: () => repository,
    connect: connecting,
    self: {
      owner: { kind: "run", runId: String(run.id), attempt, jobId },
      startedAt: ports.clock.now(),
      runUrl: `https://github.com/${repository}/actions/runs/${String(run.id)}`,
    },
  };
}

/** As the generated workflow has them. */
const PERMISSIONS: Permissions = { contents: "write", actions: "write", issues: "write" };

async function connect(
  { github, apiUrl, repository, connectTo }: RunnerParts,
  { stateBranch, alerts, app }: Project,
  { run, job, read }: Pick<Place, "run" | "job"> & Pick<Ports["secrets"], "read">,
): Promise<GitHub> {
  if (app !== undefined)
    throw new SealringError("usage", "the sandbox's runner signs in with a token, and not as a GitHub App", {
      hint: "leave out `app` of sealring.yaml in the sandbox",
    });
  const token = read("SEALRING_GITHUB_TOKEN");
  if (token === undefined)
    throw new SealringError("usage", "the job has no SEALRING_GITHUB_TOKEN", { hint: "run: sealring apply" });
  const journalToken = new Secret(github.runs.tokenOf(run, job, PERMISSIONS).value);
  return connectTo({ apiUrl, repository, stateBranch, alerts, token, journalToken });
}

/** A job's steps share what one connection knows. */
function once(connect: (project: Project) => Promise<GitHub>): (project: Project) => Promise<GitHub> {
  let made: Promise<GitHub> | undefined;
  return (project) => (made ??= connect(project));
}
