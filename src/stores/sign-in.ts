import type { Project } from "../declaration/credential.ts";

/** The secret with which a job signs in at GitHub, where no App does. */
export const TOKEN_NAME = "SEALRING_GITHUB_TOKEN";

/** What a job signs in with: a token's secret, or the App's key's. */
export function signInSecret({ app }: Pick<Project, "app">): string {
  return app?.privateKeyName ?? TOKEN_NAME;
}
