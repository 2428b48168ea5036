import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { nodeHttpServer } from "../../src/adapters/http-server.ts";
import type { StoreTarget } from "../../src/github.ts";
import { PATHS } from "../../src/sandbox/authorization-server/endpoints.ts";
import type { RegisteredClient } from "../../src/sandbox/authorization-server/model.ts";
import { AuthorizationServerSandbox } from "../../src/sandbox/authorization-server/server.ts";
import { GitHubSandbox } from "../../src/sandbox/github/sandbox.ts";
import { expect } from "vitest";
import type { TestContext } from "vitest";
import { CANARIES, expectNoCanary, expectNoCanaryIn } from "./canary.ts";
import { start } from "./cli.ts";
import type { Ended, Manner, Running } from "./cli.ts";
import { declarationOf, furnish, REPOSITORY } from "./cli-setting.ts";
import { freePort } from "./free-port.ts";
import type { Declaration } from "./cli-setting.ts";
import { checkedHandler } from "./github-contract.ts";
import { ShiftedClock } from "./shifted-clock.ts";
import { Sightings } from "./sightings.ts";
import type { RunningServer, ServerHandler } from "../../src/http-server.ts";
import { trapped } from "./trap.ts";
import type { Arrival, Trap } from "./trap.ts";
import { boxFilesIn, endJob, runnerVariables, startJob } from "./workflow-job.ts";
import type { LeftArtifact, WorkflowJob } from "./workflow-job.ts";

export const STATE_BRANCH = "sealring-state";
export const ENVELOPES: StoreTarget = {
  kind: "environment",
  repository: REPOSITORY,
  environment: "sealring",
};
export const OUTPUTS: StoreTarget = { kind: "repository", repository: REPOSITORY, app: "actions" };

const BROWSER = fileURLToPath(new URL("./consenting-browser.mjs", import.meta.url));

type Env = Readonly<Record<string, string>>;

/** A job of the scheduled workflow: the secrets as they were when it started, and a disk that ends with it. */
export interface Job extends WorkflowJob {
  readonly env: Env;
}

/** An authorization server and a GitHub on loopback, and a repository's directory to run the command line in. */
export class World {
  readonly directory = mkdtempSync(join(tmpdir(), "sealring-cli-"));
  readonly clock: ShiftedClock;
  readonly authorizationServer: AuthorizationServerSandbox;
  readonly github: GitHubSandbox;
  readonly githubToken: string;
  readonly client: RegisteredClient;
  readonly sightings = new Sightings();
  /** What GitHub's own description says against a request or an answer. */
  readonly violations: string[] = [];
  /** What every process printed, but for the lines that tell GitHub's runner what to mask. */
  readonly #outputs: string[] = [];
  #trap: Trap | undefined;
  #servers: { readonly authorizationServer: RunningServer; readonly github: RunningServer } | undefined;

  private constructor(github: GitHubSandbox, clock: ShiftedClock, redirectUri: string) {
    this.github = github;
    this.clock = clock;
    this.authorizationServer = new AuthorizationServerSandbox(clock, randomBytes);
    this.githubToken = furnish(github);
    const id = "client-of-the-test";
    const redirectUris = [redirectUri];
    this.client = this.authorizationServer.registerClient({
      id,
      redirectUris,
      secret: CANARIES.clientSecret,
    });
    this.sightings.add(this.githubToken, CANARIES.clientSecret);
    for (const name of ["repository", "home", "bin"]) mkdirSync(join(this.directory, name));
  }

  /** A world that lasts as long as the test, and is found clean at its end. */
  static async forTest({ onTestFinished }: Pick<TestContext, "onTestFinished">): Promise<World> {
    const world = await World.open();
    onTestFinished(() => world.close());
    return world;
  }

  /** With one credential declared, `oura`; the caller closes it. */
  static async open(): Promise<World> {
    const clock = new ShiftedClock();
    const github = await GitHubSandbox.create(clock, randomBytes);
    const world = new World(github, clock, `http://127.0.0.1:${String(await freePort())}/callback`);
    const loopback = { kind: "loopback", port: 0 } as const;
    const serve = (handler: ServerHandler) =>
      nodeHttpServer.serve(
        loopback,
        trapped(handler, (arrival) => world.#spring(arrival)),
      );
    world.#servers = {
      authorizationServer: await serve(world.sightings.watching(world.authorizationServer.handler)),
      github: await serve(checkedHandler(github.handler, world.violations)),
    };
    world.declare("oura");
    return world;
  }

  /** Stops the servers. Fails unless the world is clean. */
  async close(): Promise<void> {
    await Promise.all([this.#servers?.authorizationServer.close(), this.#servers?.github.close()]);
    try {
      this.#expectClean();
    } finally {
      rmSync(this.directory, { recursive: true, force: true });
    }
  }

  /** The provider is down: nothing listens there any more. */
  async stopAuthorizationServer(): Promise<void> {
    await this.#servers?.authorizationServer.close();
  }

  get apiUrl(): string {
    return this.#servers?.github.origin ?? "";
  }

  get verificationEndpoint(): string {
    return (this.#servers?.authorizationServer.origin ?? "") + PATHS.verification;
  }

  /** Where BROWSER was told to leave what it was started with. */
  get browserRecord(): string {
    return join(this.directory, "browser.json");
  }

  /** Lets something happen at the next request that it is meant for. */
  set(trap: Trap): void {
    this.#trap = trap;
  }

  /** Writes a file of the repository. */
  write(path: string, text: string): void {
    const whole = join(this.directory, "repository", path);
    mkdirSync(dirname(whole), { recursive: true });
    writeFileSync(whole, text);
  }

  /** Declares a credential at the sandbox's server. */
  declare(name: string, changes: Partial<Declaration> = {}): void {
    const origin = this.#servers?.authorizationServer.origin ?? "";
    const { client } = this;
    const usual = { grant: "authorization_code", rotation: "single_use", lines: "", client };
    this.write(`credentials/${name}.yaml`, declarationOf(name, { origin, ...usual, ...changes }));
  }

  /** The environment of a person at a terminal. */
  person(): Env {
    return {
      PATH: join(this.directory, "bin"),
      HOME: join(this.directory, "home"),
      BROWSER: `"${process.execPath}" "${BROWSER}" "${this.browserRecord}"`,
      GITHUB_API_URL: this.apiUrl,
      GITHUB_REPOSITORY: REPOSITORY,
      SEALRING_GITHUB_TOKEN: this.githubToken,
      OURA_CLIENT_SECRET: CANARIES.clientSecret,
    };
  }

  /** Starts a job: a run of its own, some seconds after whatever was before. */
  job(): Job {
    this.clock.passSeconds(60);
    const started = startJob(this.github, REPOSITORY);
    const disk = join(this.directory, `runner-${String(started.run.id)}`);
    mkdirSync(disk);
    return {
      ...started,
      env: {
        PATH: join(this.directory, "bin"),
        HOME: join(this.directory, "home"),
        RUNNER_TEMP: disk,
        GITHUB_API_URL: this.apiUrl,
        GITHUB_REPOSITORY: REPOSITORY,
        ...runnerVariables(started),
        SEALRING_GITHUB_TOKEN: this.githubToken,
        ...Object.fromEntries(this.github.revealSecrets(ENVELOPES)),
      },
    };
  }

  /** Starts the command line; without an environment, a person does. */
  start(args: readonly string[], env: Env = this.person(), how: Manner = {}): Running {
    const running = start(args, { cwd: join(this.directory, "repository"), env, ...how });
    void running.ended.then((ended) => this.note(ended));
    return running;
  }

  /** Runs the command line to its end. */
  run(args: readonly string[], env?: Env): Promise<Ended> {
    return this.start(args, env).ended;
  }

  /** Runs in a job of its own, and ends the job. */
  async inJob(args: readonly string[], job: Job = this.job()): Promise<Ended> {
    const ended = await this.run(args, job.env);
    this.endJob(job);
    return ended;
  }

  endJob(job: Job, artifact: LeftArtifact = "none"): void {
    this.clock.passSeconds(60);
    endJob(this.github, job, artifact === "uploaded" ? boxFilesIn(job.env["RUNNER_TEMP"] ?? "") : {});
  }

  output(name = "OURA_ACCESS_TOKEN"): string {
    return this.github.revealSecret(OUTPUTS, name) ?? "";
  }

  /** Whether the provider takes the token that consumers read. */
  async consumersAreServed(): Promise<boolean> {
    const headers = { authorization: `Bearer ${this.output()}` };
    return (await fetch(this.verificationEndpoint, { headers })).status === 200;
  }

  /** What was printed is looked through when the world closes. */
  note({ stdout, stderr }: Ended): void {
    this.#outputs.push(stdout, stderr.replace(/^::add-mask::.*$/gm, ""));
    for (const [name, value] of this.github.revealSecrets(ENVELOPES)) {
      if (!name.startsWith("SEALRING_CREDENTIAL_")) continue;
      this.sightings.add((JSON.parse(value) as { readonly key: string }).key);
    }
  }

  /** Fails when a secret is anywhere that it must not be, or when GitHub would not have understood a request. */
  #expectClean(): void {
    const secrets = this.sightings.all();
    for (const output of this.#outputs) expectNoCanary(output, secrets);
    for (const { id, message } of this.github.commits(REPOSITORY, STATE_BRANCH)) {
      const files = [...this.github.filesOf(REPOSITORY, id)].flat();
      expectNoCanary([message, ...files].join("\n"), secrets);
    }
    expectNoCanaryIn(this.directory, secrets);
    expect(this.violations).toEqual([]);
  }

  #spring(arrival: Arrival): Trap | undefined {
    const trap = this.#trap;
    if (trap?.springs(arrival) !== true) return undefined;
    this.#trap = undefined;
    return trap;
  }
}
