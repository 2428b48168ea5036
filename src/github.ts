import type { Access, Past, Settings, Tokens } from "./github-settings.ts";
/** Where a secret lives on GitHub. */
export type StoreTarget =
  | { readonly kind: "environment"; readonly repository: string; readonly environment: string }
  | { readonly kind: "repository"; readonly repository: string; readonly app: SecretApp }
  | {
      readonly kind: "organization";
      readonly organization: string;
      readonly app: SecretApp;
      readonly visibility: "all" | "private" | "selected";
      /** Names within the organization; only with `selected`. */
      readonly repositories: readonly string[];
    };

/** A store, without who may read a secret there. */
export type StorePlace =
  | Exclude<StoreTarget, { readonly kind: "organization" }>
  | { readonly kind: "organization"; readonly organization: string; readonly app: SecretApp };

export type SecretApp = "actions" | "dependabot" | "codespaces";

/** A store's public key (X25519, base64) and its id. */
export interface StoreKey {
  readonly keyId: string;
  readonly key: string;
}

/** A value sealed to a store's public key: only GitHub can open it. */
export interface SealedValue {
  readonly keyId: string;
  /** base64 of a libsodium sealed box. */
  readonly ciphertext: string;
}

export interface StoredSecret {
  readonly name: string;
  readonly updatedAt: Date;
}

export type PutOutcome = "created" | "updated" | "stale_key";

/** What a store still has room for. `requestsLeft` is undefined where the server does not say. */
export interface StoreRoom {
  readonly secrets: readonly StoredSecret[];
  readonly requestsLeft: number | undefined;
}

/** GitHub's secrets service. Each throws a SealringError: `store_refused`, `rate_limited` or `transient`. */
export interface SecretStore {
  publicKey(target: StoreTarget): Promise<StoreKey>;
  /**
   * Holds room for one put of this secret within GitHub's documented limits, and resolves when there is some. To be
   * called before a refresh token is spent, so that the new one need not wait. The room is kept for a minute, or until
   * that put; asking again for the same secret holds no more. `followers` is how many further puts follow from it: the
   * hour's requests have to have room for them, too.
   */
  reserve(target: StoreTarget, name: string, followers: number): Promise<void>;
  /** Sends once: the caller alone knows when to try again, and what to do meanwhile. */
  put(target: StoreTarget, name: string, value: SealedValue): Promise<PutOutcome>;
  delete(target: StorePlace, name: string): Promise<"deleted" | "absent">;
  /** One secret, as it is now; undefined: it is not there. */
  find(target: StorePlace, name: string): Promise<StoredSecret | undefined>;
  room(target: StorePlace): Promise<StoreRoom>;
}

/** One state of the journal branch. `commit` is undefined when the branch does not exist. */
export interface JournalSnapshot {
  readonly commit: string | undefined;
  /** Blob ids by path. */
  readonly files: ReadonlyMap<string, string>;
}

export type SwapOutcome =
  | { readonly kind: "won"; readonly snapshot: JournalSnapshot }
  | { readonly kind: "lost" }
  /** The answer did not arrive, or was a server error: it may or may not have moved. */
  | { readonly kind: "unknown" };

/** The state branch, through the Git Data REST API. Throws `transient`, `rate_limited` or `store_refused`. */
export interface Journal {
  head(): Promise<JournalSnapshot>;
  /** The text of a blob of a snapshot. */
  read(blob: string): Promise<string>;
  /**
   * One commit on top of `from` that writes (or, with undefined, removes) these paths, and an unforced update of the
   * branch: a compare-and-swap. Creates the branch when `from.commit` is undefined.
   */
  swap(from: JournalSnapshot, change: JournalChange): Promise<SwapOutcome>;
  /** The newest commits, at most so many, newest first; with a path, those that changed it. */
  history(asked: {
    readonly path: string | undefined;
    readonly limit: number;
  }): Promise<readonly JournalCommit[]>;
  /**
   * A file's text at each of these commits, by the commit's id; without those at which it was not there, or which GitHub
   * does not serve any more.
   */
  readAt(path: string, commits: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /**
   * Puts one commit without parents, with the files of `from`, in the place of the whole history: a compare-and-swap as
   * well, though it is forced.
   */
  compact(from: JournalSnapshot, message: string): Promise<SwapOutcome>;
}

export interface JournalCommit {
  readonly id: string;
  readonly at: Date;
  readonly message: string;
}

export interface JournalChange {
  readonly message: string;
  readonly files: ReadonlyMap<string, string | undefined>;
}

/** One job of a workflow run. */
export interface JobRef {
  readonly runId: string;
  readonly attempt: number;
  /** Its id; undefined: not known, and then the run is meant. */
  readonly jobId: string | undefined;
}

/** Of a job, or of its whole run where the job is not known. */
export type RunState =
  | { readonly kind: "running"; readonly startedAt: Date }
  | { readonly kind: "ended"; readonly startedAt: Date; readonly endedAt: Date }
  | { readonly kind: "unknown" };

/** A workflow file that GitHub knows of, because it is on the default branch. */
export interface WorkflowFacts {
  /** GitHub disables schedules of public repositories that were idle for 60 days; a person may, too. */
  readonly state: "active" | "disabled_inactivity" | "disabled_manually" | "other";
}

/** The newest run of a workflow by its schedule. */
export interface LastRun {
  readonly startedAt: Date;
  /** undefined: it has not ended. */
  readonly conclusion: string | undefined;
  readonly url: string;
}

/** A run that was started by hand. */
export type Dispatched =
  | { readonly kind: "run"; readonly runId: string }
  /** An older GitHub Enterprise Server does not say which; `since` is before it was made, by that server's clock. */
  | { readonly kind: "unnamed"; readonly since: Date | undefined };

/** `waiting`: for people, as its environment asks; `pending`: for another run to end. */
export type RunStatus = "queued" | "waiting" | "pending" | "in_progress" | "completed";

/** How a run of a workflow goes. */
export interface RunProgress {
  readonly url: string;
  readonly status: RunStatus;
  /** `success`, `failure`, `cancelled` and so on; undefined: it has not ended. */
  readonly conclusion: string | undefined;
  /** Asked for only while it goes on: each job at work, with the step that it is at. */
  readonly atWork: readonly JobAtWork[];
}

export interface JobAtWork {
  readonly job: string;
  readonly step: string | undefined;
}

/** GitHub's word on workflows, their runs and jobs. Throws `transient`, `rate_limited` or `store_refused`. */
export interface Runs {
  /** undefined: GitHub knows of no such file in `.github/workflows/`. */
  workflow(workflowFile: string): Promise<WorkflowFacts | undefined>;
  /** Enables a disabled workflow; of an active one it puts off the day on which GitHub disables an idle schedule. */
  enable(workflowFile: string): Promise<void>;
  /** The newest run by the schedule; undefined: there was none. */
  lastScheduled(workflowFile: string): Promise<LastRun | undefined>;
  state(job: JobRef): Promise<RunState>;
  /**
   * Starts a workflow of the default branch by `workflow_dispatch`.
   * Throws `store_refused` where it has no such workflow, input or permission, else `rate_limited` or `transient`.
   */
  dispatch(workflowFile: string, inputs: Readonly<Record<string, string>>): Promise<Dispatched>;
  /** The first run that was started by hand at this moment or later; undefined: it is not there yet. */
  firstDispatched(workflowFile: string, since: Date): Promise<string | undefined>;
  /** undefined: GitHub does not know the run, or not yet. */
  progress(runId: string): Promise<RunProgress | undefined>;
}

/** What the jobs of workflow runs left behind. */
export interface Artifacts {
  /**
   * A credential's boxes in the artifacts of a run, as `BoxDisk` wrote them, newest first; none where the artifacts have
   * expired. Throws `transient`, `rate_limited` or `store_refused`.
   */
  boxes(runId: string, credential: string): Promise<readonly string[]>;
}

/** What the owner of a credential has to know. */
export interface Alert {
  readonly credential: string;
  readonly title: string;
  /** Markdown. */
  readonly body: string;
}

/** One open GitHub issue a credential. Throws `transient`, `rate_limited` or `store_refused`. */
export interface Alerts {
  /** Opens the credential's issue, or brings the open one up to date. */
  raise(alert: Alert): Promise<"opened" | "updated" | "unchanged">;
  /** Closes the credential's open issue, with a last comment. */
  settle(credential: string, comment: string): Promise<"closed" | "none">;
}

/**
 * Whether this process is alone with its tokens, or may come right after another step, job or run of the workflow, whose
 * requests GitHub's limits still count.
 */
export type Turn = "alone" | "after_another";

/** What a connection is for. */
export interface Purpose {
  /** `alone` where not given. */
  readonly turn?: Turn;
  /** The stores that are to be written: a GitHub App's token is good for no more. Not narrowed where not given. */
  readonly reach?: readonly StoreTarget[];
}

/** Everything that GitHub is to sealring, for one repository and token. */
export interface GitHub {
  readonly access: Access;
  readonly stores: SecretStore;
  readonly journal: Journal;
  readonly runs: Runs;
  readonly artifacts: Artifacts;
  readonly alerts: Alerts;
  readonly settings: Settings;
  readonly past: Past;
  readonly tokens: Tokens;
}
