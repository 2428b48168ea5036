export type Level = "read" | "write";

/** Permissions of fine-grained tokens and GitHub Apps, by the names of `X-Accepted-GitHub-Permissions`. */
export type Permission =
  | "actions"
  | "administration"
  | "codespaces_secrets"
  | "contents"
  | "dependabot_secrets"
  | "environments"
  | "issues"
  | "metadata"
  | "organization_codespaces_secrets"
  | "organization_dependabot_secrets"
  | "organization_secrets"
  | "secrets"
  | "workflows";

export interface PermissionNeed {
  readonly permission: Permission;
  readonly level: Level;
}

export type Permissions = Readonly<Partial<Record<Permission, Level>>>;

/**
 * `personal` is fine-grained; `classic` and `oauth` have scopes instead of permissions; `installation` is a GitHub App's, and
 * `actions` the GITHUB_TOKEN of a job.
 */
export type TokenKind = "personal" | "classic" | "oauth" | "installation" | "actions";

/** A token of the sandbox's GitHub. */
export interface Token {
  readonly value: string;
  readonly kind: TokenKind;
  readonly login: string;
  readonly userId: number;
  readonly permissions: Permissions;
  /** Of `classic` and `oauth`: `repo`, `workflow`, `admin:org`. */
  readonly scopes: readonly string[];
  /** owner/name in lower case. */
  readonly repositories: "all" | readonly string[];
  readonly expiresAt: Date | undefined;
  /** Under which name its requests are counted: tokens of one user, or of one installation, share their limits. */
  readonly limitKey: string;
}

/** What a token that may do everything has. */
export const EVERY_PERMISSION: Permissions = {
  actions: "write",
  administration: "write",
  codespaces_secrets: "write",
  contents: "write",
  dependabot_secrets: "write",
  environments: "write",
  issues: "write",
  metadata: "read",
  organization_codespaces_secrets: "write",
  organization_dependabot_secrets: "write",
  organization_secrets: "write",
  secrets: "write",
  workflows: "write",
};

export function reads(permission: Permission): PermissionNeed {
  return { permission, level: "read" };
}

export function writes(permission: Permission): PermissionNeed {
  return { permission, level: "write" };
}

/** Whether a token's owner is a person. */
export function isPersonal({ kind }: Token): boolean {
  return kind === "personal" || hasScopes(kind);
}

export function hasScopes(kind: TokenKind): boolean {
  return kind === "classic" || kind === "oauth";
}

/** Whether a token may; every token may read metadata. */
export function allows({ kind, permissions, scopes }: Token, need: PermissionNeed): boolean {
  if (hasScopes(kind)) return scopes.includes(scopeFor(need));
  if (need.permission === "metadata" && need.level === "read") return true;
  return grants(permissions, need);
}

/** Whether permissions include one; writing includes reading. */
export function grants(permissions: Permissions, { permission, level }: PermissionNeed): boolean {
  const held = permissions[permission];
  return held === "write" || held === level;
}

/** The OAuth scope that a permission is part of, where the repository is private. */
export function scopeFor({ permission }: PermissionNeed): string {
  if (permission === "workflows") return "workflow";
  return permission.startsWith("organization_") ? "admin:org" : "repo";
}
