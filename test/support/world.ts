import { onTestFinished } from "vitest";
import { connectGitHub } from "../../src/adapters/github/connect.ts";
import { createHttpClient } from "../../src/adapters/http-client.ts";
import { nodeHttpServer } from "../../src/adapters/http-server.ts";
import { authorize } from "../../src/commands/authorize.ts";
import type { AuthorizeRequest } from "../../src/commands/authorizing.ts";
import type { Ports, Report } from "../../src/commands/context.ts";
import { recover, refresh } from "../../src/commands/refresh.ts";
import type { RecoverRequest, RefreshRequest } from "../../src/commands/refresh.ts";
import { decodeEntry } from "../../src/journal/codec.ts";
import type { JournalEntry, Owner } from "../../src/journal/entry.ts";
import type { GitHub, StoreTarget } from "../../src/github.ts";
import type { CredentialResult } from "../../src/protocol/result.ts";
import { createSandbox } from "../../src/sandbox/create.ts";
import type { Sandbox } from "../../src/sandbox/create.ts";
import type { Run } from "../../src/sandbox/github/model.ts";
import { ALLOW_ALL } from "../../src/sandbox/scripted-person.ts";
import type { Decision } from "../../src/sandbox/scripted-person.ts";
import { Secret } from "../../src/secret.ts";
import { declarationOf } from "./declarations.ts";
import type { Wanted } from "./declarations.ts";
import { NOBODY } from "../../src/commands/nobody.ts";
import { MemoryDisk, PersonAtBrowser } from "./job-ports.ts";
import { RecordingProgress, realRandom } from "./grant-ports.ts";
import { JobClock } from "./job-clock.ts";
import { expectNoLeak } from "./leaks.ts";
import { memoryFiles } from "./memory-files.ts";
import { endJob, ownerOf, startJob } from "./workflow-job.ts";
import type { LeftArtifact, WorkflowJob } from "./workflow-job.ts";

const BRANCH = "sealring-state";

/** A process with the secrets that it was started with. A `run`'s are those of the moment at which its job started. */
export interface Job {
  readonly ports: Ports;
  readonly progress: RecordingProgress;
  readonly disk: MemoryDisk;
  readonly stop: AbortController;
  /** Of a `run`. */
  readonly runId: string;
  /** Ends the job at GitHub, with the workflow's last step before, and lets a second pass. */
  end(): void;
}

export interface JobOptions {
  readonly owner?: Owner["kind"];
  readonly disk?: MemoryDisk;
  /** Where the job is not in a run of its own: the run that it was queued in, or is another job of. */
  readonly run?: Run;
  /** What the job's end leaves of its disk; `none` where not given. */
  readonly artifact?: LeftArtifact;
  readonly person?: Decision;
  /** Stands between the job and GitHub. */
  readonly github?: (github: GitHub) => GitHub;
  readonly ports?: Partial<Ports>;
}

/** sealring's commands in this process, on a sandbox of both servers, in a time of its own. */
export class World {
  readonly clock: JobClock;
  readonly sandbox: Sandbox;
  /** Declarations by name; a test may change them between jobs. */
  readonly declarations = new Map<string, string>();
  /** The text of sealring.yaml; a test may change it between jobs. */
  project: string | undefined;
  readonly repository: string;
  readonly store: StoreTarget;
  readonly outputs: StoreTarget;
  readonly #jobs: Job[] = [];

  private constructor(sandbox: Sandbox, clock: JobClock) {
    this.sandbox = sandbox;
    this.clock = clock;
    const { repository, environment } = sandbox.addresses.github;
    this.repository = repository;
    this.store = { kind: "environment", repository, environment };
    this.outputs = { kind: "repository", repository, app: "actions" };
  }

  /** Lives as long as the test; fails it when a token is found where none may be. */
  static async create(): Promise<World> {
    const clock = new JobClock();
    const sandbox = await createSandbox({ clock, randomBytes: realRandom, server: nodeHttpServer });
    const world = new World(sandbox, clock);
    onTestFinished(async () => {
      await sandbox.close();
      expectNoLeak(sandbox, world.#jobs);
    });
    return world;
  }

  /** One with a credential `oura` that was authorized once, a second ago. */
  static async authorized(wanted: Partial<Wanted> = {}): Promise<World> {
    const world = await World.create();
    world.declare({ name: "oura", ...wanted });
    await world.authorize("oura");
    return world;
  }

  declare(wanted: Wanted): void {
    this.declarations.set(wanted.name, declarationOf(this.sandbox.addresses.authorization_server, wanted));
  }

  job(options: JobOptions = {}): Job {
    const { owner = "run" } = options;
    const { github } = this.sandbox;
    const running = owner === "run" ? startJob(github, this.repository, options.run) : undefined;
    const disk = options.disk ?? new MemoryDisk();
    const [progress, stop] = [new RecordingProgress(), new AbortController()];
    const ports = { ...this.#ports(options, running), disk, progress, stop: stop.signal, ...options.ports };
    const end = () => {
      if (running !== undefined) endJob(github, running, options.artifact === "uploaded" ? disk.files() : {});
      this.clock.passSeconds(1);
    };
    const job = { ports, progress, disk, stop, runId: String(running?.run.id), end };
    this.#jobs.push(job);
    return job;
  }

  /** A person at a terminal authorizes; then a second passes. */
  async authorize(name: string, options: JobOptions & Pick<Partial<AuthorizeRequest>, "flow"> = {}) {
    const job = this.job({ owner: "process", ...options });
    try {
      return await authorize(job.ports, { name, flow: options.flow, timeoutSeconds: 300 });
    } finally {
      job.end();
    }
  }

  /** `refresh` in a run of its own, from its start to its end. */
  async refresh(options: JobOptions & Partial<RefreshRequest> = {}): Promise<Report<CredentialResult>> {
    return this.within(options, ({ ports }) =>
      refresh(ports, { names: [], when: "due", probe: "not_asked", effect: "real", ...options }),
    );
  }

  async recover(options: JobOptions & RecoverRequest = {}): Promise<Report<CredentialResult>> {
    return this.within(options, ({ ports }) => recover(ports, options));
  }

  async within<Result>(options: JobOptions, work: (job: Job) => Promise<Result>): Promise<Result> {
    const job = this.job(options);
    try {
      return await work(job);
    } finally {
      job.end();
    }
  }

  /** The credential's entry at the journal's head. */
  entry(name = "oura"): JournalEntry {
    const text = this.journalFile(`credentials/${name}.json`);
    if (text === undefined) throw new Error(`the journal has no ${name}`);
    return decodeEntry(name, text);
  }

  journalFile(path: string): string | undefined {
    return this.sandbox.github.fileAt(this.repository, BRANCH, path);
  }

  /** The first lines of the journal's commits, oldest first. */
  history(): readonly string[] {
    const commits = this.sandbox.github.commits(this.repository, BRANCH);
    return commits.map(({ message }) => message.split("\n")[0] ?? "").toReversed();
  }

  output(name = "OURA_ACCESS_TOKEN"): string | undefined {
    return this.sandbox.github.revealSecret(this.outputs, name);
  }

  envelope(name = "oura"): string | undefined {
    return this.sandbox.github.revealSecret(this.store, envelopeName(name));
  }

  /** Moves the clock to a moment at which every access token is due, and lives still. */
  untilDue(): void {
    this.clock.passSeconds(29 * 86_400);
  }

  /** Refresh requests that reached the provider. */
  refreshes(): number {
    return [...this.sandbox.authorizationServer.refreshRequests().values()].reduce((a, b) => a + b, 0);
  }

  /** Whether consumers hold an access token that the provider takes. */
  async outputWorks(): Promise<boolean> {
    const { verification_endpoint: url } = this.sandbox.addresses.authorization_server;
    const headers = { authorization: `Bearer ${this.output() ?? ""}` };
    return (await fetch(url, { headers })).status === 200;
  }

  #ports(
    { owner = "run", person = ALLOW_ALL, github }: JobOptions,
    running: WorkflowJob | undefined,
  ): Omit<Ports, "disk" | "progress" | "stop"> {
    const { addresses } = this.sandbox;
    const secrets = new Map(owner === "run" ? this.sandbox.github.revealSecrets(this.store) : []);
    const typed = new Map([["OURA_CLIENT_SECRET", addresses.authorization_server.client_secret]]);
    const browser = new PersonAtBrowser(this.sandbox.authorizationServer, person);
    return {
      clock: this.clock,
      random: realRandom,
      http: createHttpClient({ env: {} }),
      listener: browser.listener,
      browser,
      prompt: NOBODY,
      secrets: {
        read(name) {
          const value = secrets.get(name) ?? typed.get(name);
          return value === undefined ? undefined : new Secret(value);
        },
      },
      self: {
        owner: running === undefined ? { kind: "process" } : ownerOf(running),
        startedAt: this.clock.now(),
        runUrl: running && `https://github.com/${this.repository}/actions/runs/${String(running.run.id)}`,
      },
      files: this.#files(),
      findRepository: () => this.repository,
      connect: async () => (github ?? ((real) => real))(this.connect()),
    };
  }

  #files(): Ports["files"] {
    const files = [...this.declarations].map(([name, yaml]) => [`credentials/${name}.yaml`, yaml]);
    if (this.project !== undefined) files.push(["sealring.yaml", this.project]);
    return memoryFiles(Object.fromEntries(files) as Record<string, string>);
  }

  /** A connection of its own, with a token that may do everything. */
  connect(): GitHub {
    const { api_url: apiUrl, token } = this.sandbox.addresses.github;
    const secret = new Secret(token);
    const place = { apiUrl, repository: this.repository, stateBranch: BRANCH };
    const tokens = { token: secret, journalToken: secret };
    return connectGitHub({
      ...{ ...place, ...tokens, clock: this.clock },
      ...{ version: "0.0.0", env: {}, retryBaseMilliseconds: 1 },
    });
  }
}

/** The name of the secret that holds a credential's envelope. */
export function envelopeName(credential: string): string {
  return `SEALRING_CREDENTIAL_${credential.toUpperCase().replaceAll("-", "_")}`;
}
