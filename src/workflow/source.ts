import type { Credential, Project } from "../declaration/credential.ts";

/** What a repository declares, as far as its workflow is made of it. */
export interface Declared {
  readonly project: Project;
  /** owner/name. */
  readonly repository: string;
  readonly credentials: readonly Credential[];
}

/** What one job is made of: the credentials whose envelopes are in one environment, or, for null, in the repository. */
export interface JobSource {
  readonly project: Project;
  readonly environment: string | null;
  /** By name. */
  readonly credentials: readonly Credential[];
  /** `all`: it has every credential that is declared. `some`: others have jobs of their own. */
  readonly share: "all" | "some";
  /** Whether any job of the workflow can authorize a device grant. */
  readonly device: "offered" | "absent";
}

/** One for each environment, in an order that the order of the credentials does not change. */
export function jobSources({ project, credentials }: Declared): readonly JobSource[] {
  const byName = credentials.toSorted((a, b) => compare(a.name, b.name));
  const environments = [...new Set(byName.map(({ environment }) => environment))];
  const device = byName.some(isDevice) ? "offered" : "absent";
  return environments
    .toSorted((a, b) => compare(a ?? "", b ?? ""))
    .map((environment) => ({
      project,
      environment,
      credentials: byName.filter((credential) => credential.environment === environment),
      share: environments.length === 1 ? "all" : "some",
      device,
    }));
}

export function isDevice({ grant }: Credential): boolean {
  return grant === "device_code";
}

/** By code units: the same on every machine. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
