import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { nodeHttpServer } from "../../src/adapters/http-server.ts";
import type { StoreTarget } from "../../src/github.ts";
import { decodeEntry } from "../../src/journal/codec.ts";
import type { JournalEntry } from "../../src/journal/entry.ts";
import { PATHS } from "../../src/sandbox/authorization-server/endpoints.ts";
import { AuthorizationServerSandbox } from "../../src/sandbox/authorization-server/server.ts";
import { GitHubSandbox } from "../../src/sandbox/github/sandbox.ts";
import type { RunningServer, ServerHandler } from "../../src/http-server.ts";
import { ALLOW_ALL } from "../../src/sandbox/scripted-person.ts";
import { PersonAtBrowser } from "../support/job-ports.ts";
import { Sightings } from "../support/sightings.ts";
import { Actions } from "./actions.ts";
import type { Site } from "./actions.ts";
import { VirtualClock } from "./clock.ts";
import { Life } from "./life.ts";
import { ACTION, declarationFor, declaredIn, furnish, generated, REPOSITORY } from "./repository.ts";
import type { Declared } from "./repository.ts";
import { Residents } from "./residents.ts";
import type { Answer, Call } from "./residents.ts";
import { sealring } from "./sealring.ts";
import type { Action } from "./uses.ts";
import { checkout, putsOnPath, uploadArtifact } from "./uses.ts";

const STATE_BRANCH = "sealring-state";

export interface WorldOptions {
  /** Numbers from 0 to 1, for how long things take. */
  readonly chance: () => number;
  readonly start?: string;
  /** What `uses:` of sealring's own action does; without it, `sealring` is carried out in this process. */
  readonly action?: Action;
}

/** Both sandboxes, a repository with its declarations and generated workflow, and GitHub's runners for it. */
export class RunnerWorld {
  readonly folder = mkdtempSync(join(tmpdir(), "sealring-runner-"));
  readonly clock: VirtualClock;
  readonly provider: AuthorizationServerSandbox;
  readonly github: GitHubSandbox;
  readonly sightings = new Sightings();
  /** When each access token that was ever issued ends. */
  readonly lifetimes = new Map<string, Date>();
  readonly clientSecret = `client_secret_${randomBytes(16).toString("hex")}`;
  /** Of the runners, and of the person at a terminal. */
  readonly token: string;
  #servers: readonly RunningServer[] = [];
  #residents: readonly Residents[] = [];
  #actions: Actions | undefined;
  #files: Readonly<Record<string, string>> = {};

  private constructor(github: GitHubSandbox, clock: VirtualClock) {
    this.clock = clock;
    this.github = github;
    this.provider = new AuthorizationServerSandbox(clock, randomBytes);
    this.token = furnish(github);
    this.sightings.add(this.clientSecret, this.token);
  }

  static async open({
    chance,
    start = "2026-11-22T12:00:00Z",
    ...given
  }: WorldOptions): Promise<RunnerWorld> {
    const clock = new VirtualClock(start);
    const world = new RunnerWorld(await GitHubSandbox.create(clock, randomBytes), clock);
    const loopback = { kind: "loopback", port: 0 } as const;
    world.#servers = [
      await nodeHttpServer.serve(loopback, world.sightings.watching(world.#noting(world.provider.handler))),
      await nodeHttpServer.serve(loopback, world.github.handler),
    ];
    const command = { sealring: (call: Call) => world.#sealring(call) };
    const tools = { "use-token": ({ env }: Call) => world.#useToken(env["TOKEN"] ?? "") };
    world.#residents = [
      await Residents.open(join(world.folder, "command"), command),
      await Residents.open(join(world.folder, "tools"), tools),
    ];
    world.#actions = new Actions(world.#site(chance, given.action));
    world.calm();
    return world;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#servers, ...this.#residents].map((each) => each.close()));
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Ends what goes wrong; a request takes a moment, as ever. */
  calm(): void {
    for (const { faults } of [this.provider, this.github]) {
      faults.clear();
      faults.before(
        () => true,
        () => this.clock.pass(80),
      );
    }
  }

  get actions(): Actions {
    if (this.#actions === undefined) throw new Error("the world is not open");
    return this.#actions;
  }

  /** Declares credentials, and commits them with the workflow that is generated from them, and with more files. */
  declare(credentials: readonly Declared[], more: Readonly<Record<string, string>> = {}): void {
    const [origin = ""] = this.#servers.map((server) => server.origin);
    const declarations = credentials.map((wanted) =>
      declarationFor({ server: this.provider, origin, clientSecret: this.clientSecret }, wanted),
    );
    const action = { [`${ACTION}/action.yml`]: "runs: { using: node24, main: index.js }\n" };
    const declared = Object.fromEntries(declarations);
    this.#files = { ...declared, ...generated(declared), ...action, ...more };
    this.github.commit(REPOSITORY, { branch: "main", message: "Declare", files: this.#files });
  }

  get declared(): ReturnType<typeof declaredIn> {
    return declaredIn(this.#files);
  }

  /** A person authorizes at a terminal, with the command line. */
  async authorize(name: string): Promise<void> {
    const directory = join(this.folder, "clone");
    for (const [path, text] of Object.entries(this.#files)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
    const browser = new PersonAtBrowser(this.provider, ALLOW_ALL);
    const answer = await sealring(
      { args: ["authorize", name], directory, env: this.#person() },
      { clock: this.clock, life: new Life(), ports: { browser, listener: browser.listener } },
    );
    if (answer.exit !== 0) throw new Error(answer.stderr);
    this.clock.pass(60_000);
  }

  entry(name: string): JournalEntry {
    const text = this.github.fileAt(REPOSITORY, STATE_BRANCH, `credentials/${name}.json`);
    if (text === undefined) throw new Error(`the journal has no ${name}`);
    return decodeEntry(name, text);
  }

  /** Everything that the journal has ever held, with its messages. */
  journal(): string {
    const commits = this.github.commits(REPOSITORY, STATE_BRANCH);
    const texts = commits.flatMap(({ id, message }) => [
      message,
      ...this.github.filesOf(REPOSITORY, id).values(),
    ]);
    return texts.join("\n");
  }

  secret(target: StoreTarget, name: string): string | undefined {
    return this.github.revealSecret(target, name);
  }

  /** What a consumer would be told, without a request that takes time. */
  async works(token: string): Promise<boolean> {
    const headers = { authorization: `Bearer ${token}` };
    const { response } = await this.provider.handler(
      new Request(`http://provider${PATHS.verification}`, { headers }),
    );
    return response.status === 200;
  }

  #noting(handler: ServerHandler): ServerHandler {
    return async (request) => {
      const served = await handler(request);
      const text = await served.response.clone().text();
      const [, token] = /"access_token":"([^"]+)"/.exec(text) ?? [];
      const seconds = Number(/"expires_in":(\d+)/.exec(text)?.[1] ?? 0);
      if (token !== undefined)
        this.lifetimes.set(token, new Date(this.clock.now().getTime() + seconds * 1_000));
      return served;
    };
  }

  #person(): Readonly<Record<string, string>> {
    return {
      SEALRING_GITHUB_TOKEN: this.token,
      GITHUB_API_URL: this.#servers[1]?.origin ?? "",
      GITHUB_REPOSITORY: REPOSITORY,
      OURA_CLIENT_SECRET: this.clientSecret,
      RUNNER_TEMP: join(this.folder, "home"),
    };
  }

  #site(chance: () => number, action = putsOnPath(join(this.folder, "command"))): Site {
    const { github, clock, folder } = this;
    return {
      ...{
        github,
        clock,
        folder,
        product: "github.com",
        repository: REPOSITORY,
        apiUrl: this.#servers[1]?.origin ?? "",
      },
      actions: {
        "actions/checkout": checkout(github, REPOSITORY),
        "actions/upload-artifact": uploadArtifact(github),
        [`./${ACTION}`]: action,
      },
      tools: join(folder, "tools"),
      queueMilliseconds: () => 5_000 + chance() * 55_000,
      stepMilliseconds: () => 500 + chance() * 3_000,
    };
  }

  /** On the machine whose step has called it. */
  async #sealring(call: Call): Promise<Answer> {
    const tracked = call.env["RUNNER_TRACKING_ID"];
    const live = [...this.actions.live].find(({ machine }) => machine.trackingId === tracked);
    if (live === undefined) throw new Error("no machine has called");
    const life = new Life();
    const leave = live.machine.host(life, call.pid);
    try {
      return await sealring(call, { clock: this.clock, life });
    } finally {
      leave();
    }
  }

  async #useToken(token: string): Promise<Answer> {
    const works = token !== "" && (await this.works(token));
    const stdout = works ? "" : `this token ${token === "" ? "is none" : "has ended"}\n`;
    return { exit: works ? 0 : 1, stdout, stderr: "" };
  }
}
