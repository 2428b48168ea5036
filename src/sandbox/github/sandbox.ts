import sodium from "libsodium-wrappers";
import type { StoreTarget } from "../../github.ts";
import type { Clock, RandomBytes } from "../../ports.ts";
import type { LoggedExchange } from "../faults.ts";
import { FaultPlan } from "../faults.ts";
import { createApi } from "./api.ts";
import type { AppRequest, NewApp } from "./apps.ts";
import { addApp } from "./apps.ts";
import { addOrganization, addRepository } from "./create.ts";
import { addEnvironment } from "./environments.ts";
import type { FilesCommit } from "./git/commit-files.ts";
import { commitFiles } from "./git/commit-files.ts";
import type { ServerHandler } from "../../http-server.ts";
import type { CommitRecord } from "./inspect.ts";
import { commitsOf, fileAt, filesOf, repositoryNamed, vaultOf } from "./inspect.ts";
import { DOCUMENTED_LIMITS, RateLimiter } from "./limits.ts";
import type { Environment, GitHubState, Organization, Repository, Run } from "./model.ts";
import type { Token } from "./permissions.ts";
import { RunControl } from "./run-control.ts";
import { RunSecrets } from "./run-secrets.ts";
import type { TokenRequest } from "./tokens.ts";
import { addToken } from "./tokens.ts";

/** Ids begin where no test mistakes them for a count. */
const FIRST_ID = 1_000_001;

/**
 * GitHub's REST API in memory, as far as sealring uses it. What is public here beside `handler` is for tests and the
 * demo, in this process: over HTTP it shows what GitHub shows, and secrets only ever go in.
 */
export class GitHubSandbox {
  readonly handler: ServerHandler;
  readonly faults = new FaultPlan();
  /** Every request of a known operation, in the order of answers. */
  readonly log: LoggedExchange[] = [];
  readonly limiter = new RateLimiter(DOCUMENTED_LIMITS);
  readonly runs: RunControl;
  readonly #state: GitHubState;
  readonly #clock: Clock;
  #logging: "on" | "off" = "on";
  #beforeEach: () => void = () => undefined;

  private constructor(clock: Clock, randomBytes: RandomBytes) {
    let lastId = FIRST_ID;
    const newId = (): number => (lastId += 1);
    this.#clock = clock;
    this.#state = {
      randomBytes,
      repositories: new Map(),
      organizations: new Map(),
      tokens: new Map(),
      downloads: new Map(),
      apps: [],
      runSecrets: new RunSecrets(),
      onDispatch: undefined,
      newId,
      omittedSettings: "reset",
    };
    this.runs = new RunControl(this.#state, clock);
    const { faults, limiter } = this;
    const record = (exchange: LoggedExchange): void => {
      if (this.#logging === "on") this.log.push(exchange);
    };
    const api = createApi({ github: this.#state, faults, record, limiter, clock });
    this.handler = (request) => {
      this.#beforeEach();
      return api(request);
    };
  }

  /** An empty GitHub. Waits for libsodium. */
  static async create(clock: Clock, randomBytes: RandomBytes): Promise<GitHubSandbox> {
    await sodium.ready;
    return new GitHubSandbox(clock, randomBytes);
  }

  addOrganization(login: string): Organization {
    return addOrganization(this.#state, login);
  }

  addRepository(fullName: string): Repository {
    return addRepository(this.#state, fullName, this.#clock.now());
  }

  addEnvironment(repository: string, name: string): Environment {
    return addEnvironment(this.#state, this.repository(repository), { name, at: this.#clock.now() });
  }

  /** Commits files as a person does, and returns the commit's id. Texts by path; undefined removes the file. */
  commit(repository: string, commit: Omit<FilesCommit, "at">): string {
    return commitFiles(this.repository(repository), { ...commit, at: this.#clock.now() });
  }

  /** What happens before each request is looked at. */
  beforeEach(work: () => void): void {
    this.#beforeEach = work;
  }

  /** What hears of each run that is dispatched, and gives it its jobs. */
  onDispatch(take: (run: Run) => void): void {
    this.#state.onDispatch = take;
  }

  /** GitHub does not say what becomes of the settings that a PUT of an environment leaves out. */
  set omittedSettings(fate: GitHubState["omittedSettings"]) {
    this.#state.omittedSettings = fate;
  }

  /** Forgets the log, and keeps none from now on: a long bench has more requests than memory. */
  stopLogging(): void {
    this.#logging = "off";
    this.log.length = 0;
  }

  /** A GitHub App that is installed on one account. */
  addApp(request: AppRequest): NewApp {
    return addApp(this.#state, request, this.#clock.now());
  }

  addToken(request: TokenRequest): Token {
    return addToken(this.#state, request);
  }

  /** Throws `usage` when there is none. */
  repository(fullName: string): Repository {
    return repositoryNamed(this.#state, fullName);
  }

  /** What a job would read; undefined when the secret is not there. */
  revealSecret(target: StoreTarget, name: string): string | undefined {
    return vaultOf(this.#state, target).get(name)?.value;
  }

  /** Every secret of a store, by name: the snapshot that a job starts with. */
  revealSecrets(target: StoreTarget): ReadonlyMap<string, string> {
    return new Map(
      vaultOf(this.#state, target)
        .list()
        .map(({ name, value }) => [name, value]),
    );
  }

  /** A new key pair: boxes that were sealed to the old key are refused. */
  rotateKey(target: StoreTarget): void {
    vaultOf(this.#state, target).rotateKey();
  }

  /** The commits of a branch, newest first. */
  commits(repository: string, branch: string): readonly CommitRecord[] {
    return commitsOf(this.repository(repository), branch);
  }

  /** The files of a commit, by path. */
  filesOf(repository: string, commit: string): ReadonlyMap<string, string> {
    return filesOf(this.repository(repository), commit);
  }

  /** A file at the head of a branch. */
  fileAt(repository: string, branch: string, path: string): string | undefined {
    return fileAt(this.repository(repository), branch, path);
  }
}
