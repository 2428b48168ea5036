import { findEnvironment } from "./environments.ts";
import type { BranchPolicy, Environment, Repository } from "./model.ts";
import type { Answer, Call, Operation } from "./operation.ts";
import { missingField, nodeId, notFound, stringField } from "./operation.ts";
import { pageOf } from "./pages.ts";
import { reads, writes } from "./permissions.ts";

const PATH = "/repos/:owner/:repo/environments/:environment_name/deployment-branch-policies";
const ONE = `${PATH}/:branch_policy_id`;

function view({ id, name, type }: BranchPolicy): Record<string, unknown> {
  return { id, node_id: nodeId("GateBranchPolicy", id), name, type };
}

/** Patterns exclude "protected branches only": then there is no list. */
function list(call: Call, { branchPolicies, settings }: Environment): Answer {
  if (settings.policy === "protected") return notFound();
  const { items, total, headers } = pageOf(call, branchPolicies);
  return { status: 200, headers, body: { total_count: total, branch_policies: items.map(view) } };
}

function add(call: Call, { branchPolicies, settings }: Environment): Answer {
  const name = stringField(call, "name");
  if (name === undefined) return missingField("name");
  if (settings.policy !== "custom") return notFound();
  const type = call.body["type"] === "tag" ? "tag" : "branch";
  if (branchPolicies.some((each) => each.name === name && each.type === type)) return { status: 303 };
  const policy: BranchPolicy = { id: call.github.newId(), name, type };
  branchPolicies.push(policy);
  return { status: 200, body: view(policy) };
}

function rename(call: Call, { environment, at, policy }: FoundPolicy): Answer {
  const name = stringField(call, "name");
  if (name === undefined) return missingField("name");
  const renamed = { ...policy, name };
  environment.branchPolicies[at] = renamed;
  return { status: 200, body: view(renamed) };
}

function remove(_call: Call, { environment, at }: FoundPolicy): Answer {
  environment.branchPolicies.splice(at, 1);
  return { status: 204 };
}

interface FoundPolicy {
  readonly environment: Environment;
  readonly at: number;
  readonly policy: BranchPolicy;
}

function within(answer: (call: Call, environment: Environment) => Answer) {
  return (call: Call, repository: Repository): Answer => {
    const environment = findEnvironment(call, repository);
    return environment === undefined ? notFound() : answer(call, environment);
  };
}

function onPolicy(answer: (call: Call, found: FoundPolicy) => Answer) {
  return within((call, environment) => {
    const at = environment.branchPolicies.findIndex(
      ({ id }) => String(id) === call.parameters["branch_policy_id"],
    );
    const policy = environment.branchPolicies[at];
    return policy === undefined ? notFound() : answer(call, { environment, at, policy });
  });
}

const READ = { kind: "repository", method: "GET", permission: reads("actions") } as const;
const WRITE = { kind: "repository", permission: writes("administration") } as const;

/** Name patterns of the branches and tags that may deploy to an environment. */
export const BRANCH_POLICIES: readonly Operation[] = [
  { ...READ, id: "repos/list-deployment-branch-policies", path: PATH, handle: within(list) },
  {
    ...READ,
    id: "repos/get-deployment-branch-policy",
    path: ONE,
    handle: onPolicy((_call, { policy }) => ({ status: 200, body: view(policy) })),
  },
  {
    ...WRITE,
    id: "repos/create-deployment-branch-policy",
    method: "POST",
    path: PATH,
    handle: within(add),
  },
  {
    ...WRITE,
    id: "repos/update-deployment-branch-policy",
    method: "PUT",
    path: ONE,
    handle: onPolicy(rename),
  },
  {
    ...WRITE,
    id: "repos/delete-deployment-branch-policy",
    method: "DELETE",
    path: ONE,
    handle: onPolicy(remove),
  },
];
