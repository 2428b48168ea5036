import type { SecretApp } from "../../github.ts";
import type { RandomBytes } from "../../ports.ts";
import type { App } from "./apps.ts";
import type { ObjectDatabase } from "./git/objects.ts";
import type { Token } from "./permissions.ts";
import type { RunSecrets } from "./run-secrets.ts";
import type { Vault } from "./vault.ts";

/** A person, a bot or an organization. */
export interface Account {
  readonly id: number;
  readonly login: string;
  readonly type: "User" | "Bot" | "Organization";
}

export interface BranchPolicy {
  readonly id: number;
  readonly name: string;
  readonly type: "branch" | "tag";
}

/** Which branches may deploy to an environment. */
export type DeploymentPolicy = "all" | "protected" | "custom";

export interface Reviewer {
  readonly type: "User" | "Team";
  readonly id: number;
}

/** What a PUT of an environment sets. */
export interface EnvironmentSettings {
  readonly policy: DeploymentPolicy;
  readonly waitMinutes: number;
  readonly reviewers: readonly Reviewer[];
  readonly preventSelfReview: boolean;
}

export interface Environment {
  readonly id: number;
  readonly name: string;
  readonly createdAt: Date;
  readonly vault: Vault;
  readonly branchPolicies: BranchPolicy[];
  settings: EnvironmentSettings;
  updatedAt: Date;
}

export interface Workflow {
  readonly id: number;
  readonly name: string;
  readonly path: string;
  readonly createdAt: Date;
  /** Not of one that a test gave: that needs no file. */
  readonly origin?: "file";
  /** Since it was created, where it was never enabled. */
  enabledAt?: Date;
  state: "active" | "disabled_manually" | "disabled_inactivity";
}

export type Conclusion = "success" | "failure" | "cancelled" | "timed_out" | "skipped";

export interface Job {
  readonly id: number;
  readonly name: string;
  /** The runner that it runs on, once it does. */
  readonly runner: string;
  readonly createdAt: Date;
  /** undefined: it is queued. */
  startedAt: Date | undefined;
  ended: { readonly at: Date; readonly conclusion: Conclusion } | undefined;
}

export interface RunAttempt {
  readonly number: number;
  readonly startedAt: Date;
  readonly jobs: Job[];
}

/** What a job has uploaded, as the zip that GitHub makes of it. */
export interface Artifact {
  readonly id: number;
  readonly name: string;
  readonly zip: Uint8Array;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** An address that opens for a minute, without a token. */
export interface Download {
  readonly zip: Uint8Array;
  readonly until: Date;
}

export interface Run {
  readonly id: number;
  readonly number: number;
  readonly workflow: Workflow;
  readonly event: "schedule" | "workflow_dispatch";
  readonly branch: string;
  readonly headSha: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly attempts: RunAttempt[];
  readonly artifacts: Artifact[];
}

export interface IssueComment {
  readonly id: number;
  readonly author: Account;
  readonly body: string;
  readonly createdAt: Date;
}

export interface Issue {
  /** GitHub lists pull requests among the issues. */
  readonly kind: "issue" | "pull_request";
  readonly id: number;
  readonly number: number;
  readonly author: Account;
  readonly createdAt: Date;
  readonly comments: IssueComment[];
  title: string;
  body: string;
  labels: readonly string[];
  assignees: readonly string[];
  state: "open" | "closed";
  stateReason: string | null;
  updatedAt: Date;
  closedAt: Date | null;
}

export interface Repository {
  readonly id: number;
  readonly owner: Account;
  readonly name: string;
  readonly createdAt: Date;
  readonly vaults: Readonly<Record<SecretApp, Vault>>;
  /** By name in lower case. */
  readonly environments: Map<string, Environment>;
  readonly objects: ObjectDatabase;
  /** Object ids by full name: `refs/heads/main`. */
  readonly refs: Map<string, string>;
  readonly workflows: Workflow[];
  readonly runs: Map<number, Run>;
  readonly issues: Issue[];
  hasIssues: boolean;
  defaultBranch: string;
  visibility: "public" | "private" | "internal";
  archived: boolean;
  /** The plan of its owner. */
  plan: Plan;
}

/** Free has no environments in private repositories, and only Enterprise has reviewers and wait timers there. */
export type Plan = "free" | "team" | "enterprise";

export interface Organization {
  readonly account: Account;
  readonly vaults: Readonly<Record<SecretApp, Vault>>;
}

/** Everything that the sandbox's GitHub knows. */
export interface GitHubState {
  readonly randomBytes: RandomBytes;
  /** By owner/name in lower case. */
  readonly repositories: Map<string, Repository>;
  /** By login in lower case. */
  readonly organizations: Map<string, Organization>;
  /** By value. */
  readonly tokens: Map<string, Token>;
  /** By path. */
  readonly downloads: Map<string, Download>;
  readonly apps: App[];
  /** What the jobs of runs read. */
  readonly runSecrets: RunSecrets;
  /** What takes the jobs of dispatched runs; undefined: nothing does. */
  onDispatch: ((run: Run) => void) | undefined;
  /** The next id of anything. */
  newId(): number;
  /** What becomes of the settings that a PUT of an environment leaves out: GitHub does not say. */
  omittedSettings: "reset" | "kept";
}

export function fullName(repository: Repository): string {
  return `${repository.owner.login}/${repository.name}`;
}

/** Documented limits on the number of secrets. */
export const SECRETS_PER_REPOSITORY = 100;
export const SECRETS_PER_ORGANIZATION = 1_000;
