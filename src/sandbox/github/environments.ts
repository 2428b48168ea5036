import type { BranchPolicy, DeploymentPolicy, Environment, GitHubState, Repository } from "./model.ts";
import { fullName, SECRETS_PER_REPOSITORY } from "./model.ts";
import type { Answer, Call, Operation } from "./operation.ts";
import { missingField, nodeId, notFound, problem, stringField, timestamp } from "./operation.ts";
import { pageOf } from "./pages.ts";
import { reads, writes } from "./permissions.ts";
import { Vault } from "./vault.ts";

const PATH = "/repos/:owner/:repo/environments";
const ONE = `${PATH}/:environment_name`;
const POLICIES = `${ONE}/deployment-branch-policies`;

/** The environment that a path names; environments differ by more than case. */
export function findEnvironment(call: Call, repository: Repository): Environment | undefined {
  return repository.environments.get((call.parameters["environment_name"] ?? "").toLowerCase());
}

/** A new environment with no secrets, open to every branch. */
export function addEnvironment(
  github: GitHubState,
  repository: Repository,
  made: { name: string; at: Date },
): Environment {
  const environment: Environment = {
    id: github.newId(),
    name: made.name,
    createdAt: made.at,
    vault: new Vault(github.randomBytes, SECRETS_PER_REPOSITORY),
    branchPolicies: [],
    policy: "all",
  };
  repository.environments.set(made.name.toLowerCase(), environment);
  return environment;
}

function view(call: Call, repository: Repository, environment: Environment): Record<string, unknown> {
  const { id, name, policy, createdAt } = environment;
  return {
    id,
    node_id: nodeId("Environment", id),
    name,
    url: `${call.apiUrl}/repos/${fullName(repository)}/environments/${encodeURIComponent(name)}`,
    html_url: `https://github.com/${fullName(repository)}/deployments/activity_log?environments_filter=${encodeURIComponent(name)}`,
    created_at: timestamp(createdAt),
    updated_at: timestamp(createdAt),
    can_admins_bypass: true,
    protection_rules:
      policy === "all" ? [] : [{ id: id + 1, node_id: nodeId("GateRule", id), type: "branch_policy" }],
    deployment_branch_policy:
      policy === "all"
        ? null
        : { protected_branches: policy === "protected", custom_branch_policies: policy === "custom" },
  };
}

function put(call: Call, repository: Repository): Answer {
  const policy = readPolicy(call.body["deployment_branch_policy"]);
  if (policy === undefined) {
    return problem(422, "protected_branches and custom_branch_policies cannot have the same value.");
  }
  const name = call.parameters["environment_name"] ?? "";
  const environment =
    findEnvironment(call, repository) ?? addEnvironment(call.github, repository, { name, at: call.now });
  environment.policy = policy;
  if (policy !== "custom") environment.branchPolicies.length = 0;
  return { status: 200, body: view(call, repository, environment) };
}

/** What is left out is reset: GitHub's PUT replaces the environment's settings. */
function readPolicy(value: unknown): DeploymentPolicy | undefined {
  if (value === undefined || value === null) return "all";
  const { protected_branches: protectedOnly, custom_branch_policies: custom } = value as Record<
    string,
    unknown
  >;
  if (protectedOnly === custom) return undefined;
  return protectedOnly === true ? "protected" : "custom";
}

function policyView({ id, name, type }: BranchPolicy): Record<string, unknown> {
  return { id, node_id: nodeId("GateBranchPolicy", id), name, type };
}

function addPolicy(call: Call, environment: Environment): Answer {
  const name = stringField(call, "name");
  if (name === undefined) return missingField("name");
  if (environment.policy !== "custom") return notFound();
  if (environment.branchPolicies.some((each) => each.name === name)) return { status: 303 };
  const type = call.body["type"] === "tag" ? "tag" : "branch";
  const policy: BranchPolicy = { id: call.github.newId(), name, type };
  environment.branchPolicies.push(policy);
  return { status: 200, body: policyView(policy) };
}

function removePolicy(call: Call, environment: Environment): Answer {
  const at = environment.branchPolicies.findIndex(
    ({ id }) => String(id) === call.parameters["branch_policy_id"],
  );
  if (at < 0) return notFound();
  environment.branchPolicies.splice(at, 1);
  return { status: 204 };
}

function within(answer: (call: Call, environment: Environment) => Answer) {
  return (call: Call, repository: Repository): Answer => {
    const environment = findEnvironment(call, repository);
    return environment === undefined ? notFound() : answer(call, environment);
  };
}

/** Environments and the branches that may deploy to them. */
export const ENVIRONMENTS: readonly Operation[] = [
  {
    kind: "repository",
    id: "repos/get-all-environments",
    method: "GET",
    path: PATH,
    permission: reads("actions"),
    handle: (call, repository) => {
      const { items, total, headers } = pageOf(call, [...repository.environments.values()]);
      const environments = items.map((each) => view(call, repository, each));
      return { status: 200, headers, body: { total_count: total, environments } };
    },
  },
  {
    kind: "repository",
    id: "repos/get-environment",
    method: "GET",
    path: ONE,
    permission: reads("actions"),
    handle: (call, repository) => {
      const environment = findEnvironment(call, repository);
      return environment === undefined
        ? notFound()
        : { status: 200, body: view(call, repository, environment) };
    },
  },
  {
    kind: "repository",
    id: "repos/create-or-update-environment",
    method: "PUT",
    path: ONE,
    permission: writes("administration"),
    handle: put,
  },
  {
    kind: "repository",
    id: "repos/list-deployment-branch-policies",
    method: "GET",
    path: POLICIES,
    permission: reads("actions"),
    handle: within((call, { branchPolicies }) => {
      const { items, total, headers } = pageOf(call, branchPolicies);
      return { status: 200, headers, body: { total_count: total, branch_policies: items.map(policyView) } };
    }),
  },
  {
    kind: "repository",
    id: "repos/create-deployment-branch-policy",
    method: "POST",
    path: POLICIES,
    permission: writes("administration"),
    handle: within(addPolicy),
  },
  {
    kind: "repository",
    id: "repos/get-deployment-branch-policy",
    method: "GET",
    path: `${POLICIES}/:branch_policy_id`,
    permission: reads("actions"),
    handle: within((call, { branchPolicies }) => {
      const policy = branchPolicies.find(({ id }) => String(id) === call.parameters["branch_policy_id"]);
      return policy === undefined ? notFound() : { status: 200, body: policyView(policy) };
    }),
  },
  {
    kind: "repository",
    id: "repos/delete-deployment-branch-policy",
    method: "DELETE",
    path: `${POLICIES}/:branch_policy_id`,
    permission: writes("administration"),
    handle: within(removePolicy),
  },
];
