export interface RepositoryFacts {
  readonly defaultBranch: string;
  readonly visibility: "public" | "private" | "internal";
  readonly archived: boolean;
}

/** Which branches may deploy to an environment, and so read its secrets. */
export type DeploymentPolicy =
  | { readonly kind: "all" }
  /** Those with a protection rule. */
  | { readonly kind: "protected" }
  /** Those that fit a pattern. `id` is GitHub's own, to remove one. */
  | {
      readonly kind: "patterns";
      readonly patterns: readonly {
        readonly id: number;
        readonly name: string;
        readonly type: "branch" | "tag";
      }[];
    };

export interface EnvironmentFacts {
  readonly policy: DeploymentPolicy;
  /** What else holds a job up: `required_reviewers`, `wait_timer`, a custom rule. */
  readonly gates: readonly string[];
}

/** The repository around the secrets: what `plan` reads and `apply` sets. Throws `transient`, `rate_limited` or `store_refused`. */
export interface Settings {
  repository(): Promise<RepositoryFacts>;
  /** undefined: there is no such environment. */
  environment(name: string): Promise<EnvironmentFacts | undefined>;
  /** Creates the environment where it is missing, and opens it to this branch alone. Everything else of it stays. */
  confine(name: string, branch: string): Promise<void>;
  /** A file at the head of the default branch; undefined: it is not there, or over 1 MB. */
  file(path: string): Promise<string | undefined>;
}

/** What the default branch holds, and held at earlier commits. Throws `transient`, `rate_limited` or `store_refused`. */
export interface Past {
  /** The texts that a file has had, newest first, at most those of 100 commits; none where there never was one. */
  versions(path: string): Promise<readonly string[]>;
  /** The texts of the files in a folder, by path, as of the newest commit; none where there is no such folder. */
  newest(folder: string): Promise<ReadonlyMap<string, string>>;
}

/** By the names of `X-Accepted-GitHub-Permissions`. */
export type TokenPermission =
  | "actions"
  | "administration"
  | "contents"
  | "environments"
  | "issues"
  | "secrets"
  | "workflows"
  | "dependabot_secrets"
  | "codespaces_secrets"
  | "organization_secrets"
  | "organization_dependabot_secrets"
  | "organization_codespaces_secrets";

export interface TokenFacts {
  /** By its prefix, or by how it was made. `actions`: the GITHUB_TOKEN of a job. */
  readonly kind: "fine_grained" | "classic" | "oauth" | "app" | "actions" | "unknown";
  /** undefined: it never expires, or GitHub does not say. */
  readonly expiresAt: Date | undefined;
  /** By GitHub's clock. */
  readonly serverTime: Date;
}

/** `secrets`: what writes secrets and settings. `journal`: what writes the journal and tells owners. */
export type TokenUse = "secrets" | "journal";

/** What `doctor` asks about the tokens themselves. Throws `transient` or `rate_limited`, and `store_refused` for a dead token. */
export interface Tokens {
  facts(use: TokenUse): Promise<TokenFacts>;
  /** Whether a permission is there, found out without changing anything; `unknown`: that cannot be found out. */
  may(use: TokenUse, need: PermissionNeed): Promise<"yes" | "no" | "unknown">;
}

export interface PermissionNeed {
  readonly permission: TokenPermission;
  readonly level: "read" | "write";
  /** What the permission is needed for: owner/name, or an organization. */
  readonly on: { readonly repository: string } | { readonly organization: string };
}

/** Which GitHub this is, and who sealring is to it: for hints. */
export interface Access {
  /** `https://github.com`: where its pages are. */
  readonly webUrl: string;
  /** Where each token was found: the name of a variable, `gh`, or the GitHub App. */
  readonly tokenFrom: Readonly<Record<TokenUse, string>>;
}
