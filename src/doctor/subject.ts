import type { Credential, Project } from "../declaration/credential.ts";
import type { GitHub } from "../github.ts";
import type { Access } from "../github-settings.ts";
import type { Clock } from "../ports.ts";

/** Where `doctor` runs: what a job has no use for is not asked there, and the other way round. */
export type Where = "job" | "laptop";

/** What the checks of GitHub look at. */
export interface Subject {
  readonly project: Project;
  /** owner/name */
  readonly repository: string;
  readonly credentials: readonly Credential[];
  readonly github: GitHub;
  readonly clock: Clock;
  readonly where: Where;
}

/** The environments that hold envelopes; null: the repository's own secrets. */
export function environmentsOf({
  project,
  credentials,
}: Pick<Subject, "project" | "credentials">): readonly (string | null)[] {
  const named = credentials.map(({ environment }) => environment);
  return [...new Set(named.length === 0 ? [project.environment] : named)];
}

/** How `gh` is told of a repository: `--repo acme/credentials`, with the host where it is not github.com. */
export function repoOption({ webUrl }: Access, repository: string): string {
  const { host } = new URL(webUrl);
  return `--repo ${host === "github.com" ? "" : `${host}/`}${repository}`;
}

/** The command that gives a secret of the workflow a new value; `gh` asks for it. */
export function setSecretCommand(
  { github, repository }: Pick<Subject, "github" | "repository">,
  name: string,
  environment: string | null,
): string {
  // The names that GitHub takes have no quote in them.
  const place =
    environment === null ? "" : ` --env ${/^[\w.-]+$/.test(environment) ? environment : `'${environment}'`}`;
  return `gh secret set ${name}${place} ${repoOption(github.access, repository)}`;
}
