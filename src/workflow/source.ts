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
  const device = credentials.some(isDevice) ? "offered" : "absent";
  const byEnvironment = new Map<string | null, Credential[]>();
  for (const credential of credentials.toSorted((a, b) => compare(a.name, b.name))) {
    const same = byEnvironment.get(credential.environment);
    if (same === undefined) byEnvironment.set(credential.environment, [credential]);
    else same.push(credential);
  }
  const share = byEnvironment.size === 1 ? "all" : "some";
  return [...byEnvironment]
    .toSorted(([a], [b]) => compare(a ?? "", b ?? ""))
    .map(([environment, own]) => ({ project, environment, credentials: own, share, device }));
}

export function isDevice({ grant }: Credential): boolean {
  return grant === "device_code";
}

/** By code units: the same on every machine. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
