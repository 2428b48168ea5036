import type { BranchPolicy, Environment, Repository } from "./model.ts";

/** Whether a branch's jobs may use an environment. The sandbox protects the default branch, and no other. */
export function mayDeploy(
  { settings, branchPolicies }: Environment,
  { defaultBranch }: Repository,
  branch: string,
): boolean {
  switch (settings.policy) {
    case "all":
      return true;
    case "protected":
      return branch === defaultBranch;
    case "custom":
      return branchPolicies.some((policy) => fits(policy, branch));
  }
}

/** As Ruby's `File.fnmatch` with names of a path: `*` ends at a slash. */
function fits({ name, type }: BranchPolicy, branch: string): boolean {
  const pattern = name
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", "[^/]*")
    .replaceAll("?", "[^/]");
  return type === "branch" && new RegExp(`^${pattern}$`).test(branch);
}
