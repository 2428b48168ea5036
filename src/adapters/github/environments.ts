import type { DeploymentPolicy, EnvironmentFacts } from "../../github-settings.ts";
import type { Api, Call } from "./api.ts";
import { faultOf } from "./faults.ts";
import type { Asked, Site } from "./faults.ts";
import { booleanOf, integerOf, listOf, textOf } from "./outcome.ts";
import { readList } from "./pages.ts";
import { askedOf, placeOf } from "./places.ts";

/** An environment, in the words of GitHub's API. */
export const ENVIRONMENT = "/repos/{owner}/{repo}/environments/{environment_name}";
/** The branches and tags that may deploy to it. */
export const POLICIES = `${ENVIRONMENT}/deployment-branch-policies`;

/** Of a hundred policies each. */
const MAX_PAGES = 10;

/** One environment, and the way to it. */
export interface Environment {
  readonly api: Api;
  readonly parameters: Call["parameters"];
  readonly asked: Asked;
}

type Patterns = Extract<DeploymentPolicy, { readonly kind: "patterns" }>["patterns"];

/** An environment of a repository. Throws `usage` for a name that would lead to another path. */
export function environmentOf(
  api: Api,
  { repository, name, site }: { readonly repository: string; readonly name: string; readonly site: Site },
): Environment {
  const target = { kind: "environment", repository, environment: name } as const;
  return { api, parameters: placeOf(target).parameters, asked: askedOf(target, site) };
}

/** What GitHub says of an environment; undefined: it is not there. */
export async function readEnvironment({ api, parameters, asked }: Environment): Promise<unknown> {
  const outcome = await api.repeatable({ route: `GET ${ENVIRONMENT}`, parameters });
  if (outcome.kind === "answer") return outcome.data;
  if (outcome.kind === "refused" && outcome.status === 404) return undefined;
  throw faultOf(outcome, asked);
}

/** That, as far as sealring acts on it. */
export async function environmentFacts(environment: Environment, data: unknown): Promise<EnvironmentFacts> {
  const gates = listOf(data, "protection_rules").flatMap((rule) => {
    const type = textOf(rule, "type");
    return type === undefined || type === "branch_policy" ? [] : [type];
  });
  return { policy: await policyOf(environment, data), gates };
}

async function policyOf(environment: Environment, data: unknown): Promise<DeploymentPolicy> {
  if (booleanOf(data, "deployment_branch_policy", "protected_branches")) return { kind: "protected" };
  if (!booleanOf(data, "deployment_branch_policy", "custom_branch_policies")) return { kind: "all" };
  return { kind: "patterns", patterns: await readPatterns(environment) };
}

/** The patterns of an environment whose policy has some; GitHub answers 404 for any other. */
export async function readPatterns({ api, parameters, asked }: Environment): Promise<Patterns> {
  const list = { key: "branch_policies", maxPages: MAX_PAGES };
  const listed = await readList(api, { route: `GET ${POLICIES}`, parameters }, list);
  if (listed.kind !== "listed") throw faultOf(listed, asked);
  return listed.items.flatMap((item) => {
    const id = integerOf(item, "id");
    const name = textOf(item, "name");
    const type = textOf(item, "type") === "tag" ? ("tag" as const) : ("branch" as const);
    return id === undefined || name === undefined ? [] : [{ id, name, type }];
  });
}
