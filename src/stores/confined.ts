import type { DeploymentPolicy } from "../github-settings.ts";

/** Whether the policy lets this branch in, and nothing else. */
export function isConfined(policy: DeploymentPolicy, branch: string): boolean {
  if (policy.kind !== "patterns") return false;
  const [first, ...others] = policy.patterns;
  return first?.name === branch && first.type === "branch" && others.length === 0;
}
