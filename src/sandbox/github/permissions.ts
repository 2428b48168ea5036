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
  | "secrets";

export interface PermissionNeed {
  readonly permission: Permission;
  readonly level: Level;
}

export type Permissions = Readonly<Partial<Record<Permission, Level>>>;

/** A token of the sandbox's GitHub. `installation`: of an App, as GITHUB_TOKEN is. */
export interface Token {
  readonly value: string;
  readonly kind: "personal" | "installation";
  readonly login: string;
  readonly userId: number;
  readonly permissions: Permissions;
  /** owner/name in lower case. */
  readonly repositories: "all" | readonly string[];
  readonly expiresAt: Date | undefined;
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
};

export function reads(permission: Permission): PermissionNeed {
  return { permission, level: "read" };
}

export function writes(permission: Permission): PermissionNeed {
  return { permission, level: "write" };
}

/** Whether a token may; every token may read metadata. */
export function allows(token: Token, need: PermissionNeed): boolean {
  const held = token.permissions[need.permission];
  if (need.permission === "metadata" && need.level === "read") return true;
  return held === "write" || held === need.level;
}
