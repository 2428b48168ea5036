import type { SecretApp } from "../../github.ts";

export const APPS: readonly SecretApp[] = ["actions", "dependabot", "codespaces"];

export const ORGANIZATION_PERMISSIONS = {
  actions: "organization_secrets",
  dependabot: "organization_dependabot_secrets",
  codespaces: "organization_codespaces_secrets",
} as const;

/** Where an organization's secrets for an app are found. */
export function organizationPath(app: SecretApp): string {
  return `/orgs/:org/${app}/secrets`;
}
