import { envelopeStore } from "../declaration/credential.ts";
import type { Credential, Project } from "../declaration/credential.ts";
import type { GitHub } from "../github.ts";
import type { Clock } from "../ports.ts";
import { setCommand } from "../stores/commands.ts";

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

/** The command that gives a secret of the workflow a new value; `gh` asks for it. */
export function setSecretCommand(
  { github, repository }: Pick<Subject, "github" | "repository">,
  name: string,
  environment: string | null,
): string {
  return setCommand(github.access, envelopeStore(environment, repository), name);
}
