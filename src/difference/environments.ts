import type { DeploymentPolicy } from "../github-settings.ts";
import { isConfined } from "../stores/confined.ts";
import { blankOf } from "./blank.ts";
import type { Facts, Unknown } from "./facts.ts";
import type { Change, Item, Remark } from "./plan.ts";
import { homesOf } from "./wanted.ts";
import type { Wanted } from "./wanted.ts";

/** Whether the environments of envelopes are there, and open to the default branch alone. */
export function environmentItems(wanted: Wanted, facts: Facts): readonly Item[] {
  const { repository } = facts;
  if (repository.kind === "unknown") return [blankOf(`repository ${wanted.repository}`, repository)];
  const { defaultBranch } = repository.value;
  return homesOf(wanted).flatMap(({ environment }): readonly Item[] => {
    if (environment === null) return [REPOSITORY_SECRETS];
    const found = facts.environments.get(environment);
    if (found === undefined) return [];
    if (found.kind === "unknown") return [blankOf(`environment ${environment}`, found)];
    const policy = found.value?.policy;
    return [
      ...confinement(environment, policy, defaultBranch),
      ...gateRemarks({ environment, repository: wanted.repository }, found.value?.gates ?? []),
    ];
  });
}

/**
 * Why it is not known who could read an environment's secrets. undefined: the default branch alone, already or once the
 * plan is carried out; so for repository secrets, which their declaration leaves to every branch.
 */
export function unknownReaders(
  environment: string | null,
  { repository, environments }: Facts,
): Unknown | undefined {
  if (environment === null) return undefined;
  const found = environments.get(environment) ?? UNREAD;
  return [repository, found].find((fact) => fact.kind === "unknown");
}

const UNREAD: Unknown = {
  kind: "unknown",
  code: "transient",
  reason: "the environment was not read",
  hint: undefined,
};

const REPOSITORY_SECRETS: Remark = {
  kind: "warning",
  what:
    "environment is null: GitHub reads repository secrets when a run is queued, so that a run may start with a " +
    "refresh token that the one before it has spent",
  hint: "name an environment in sealring.yaml: environment: sealring",
};

function confinement(
  environment: string,
  policy: DeploymentPolicy | undefined,
  branch: string,
): readonly Change[] {
  if (policy === undefined) return [{ kind: "confine", sign: "add", environment, branch, before: undefined }];
  if (isConfined(policy, branch)) return [];
  return [{ kind: "confine", sign: "change", environment, branch, before: inWords(policy) }];
}

function inWords(policy: DeploymentPolicy): string {
  switch (policy.kind) {
    case "all":
      return "every branch";
    case "protected":
      return "every protected branch";
    case "patterns":
      return policy.patterns.map(({ name, type }) => `${type} ${name}`).join(", ") || "no branch";
  }
}

function gateRemarks(
  { environment, repository }: { readonly environment: string; readonly repository: string },
  gates: readonly string[],
): readonly Remark[] {
  if (gates.length === 0) return [];
  const what = `environment ${environment} holds up every scheduled run: ${gates.join(", ")}`;
  const hint = `take that off in the settings of ${repository}, under Environments`;
  return [{ kind: "remark", what, hint }];
}
