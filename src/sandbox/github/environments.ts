import { hasEnvironments, NO_SETTINGS, readSettings } from "./environment-settings.ts";
import { environmentView } from "./environment-views.ts";
import type { Environment, GitHubState, Repository } from "./model.ts";
import { SECRETS_PER_REPOSITORY } from "./model.ts";
import type { Answer, Call, Operation } from "./operation.ts";
import { notFound, problem } from "./operation.ts";
import { pageOf } from "./pages.ts";
import { reads, writes } from "./permissions.ts";
import { Vault } from "./vault.ts";

const PATH = "/repos/:owner/:repo/environments";
const ONE = `${PATH}/:environment_name`;
const LONGEST_NAME = 255;

/** The environment that a path names; environments differ by more than case. */
export function findEnvironment(call: Call, repository: Repository): Environment | undefined {
  return environmentNamed(repository, call.parameters["environment_name"] ?? "");
}

/** undefined, too, where the repository's plan has no environments: those from better days are as if they were not. */
export function environmentNamed(repository: Repository, name: string): Environment | undefined {
  return hasEnvironments(repository) ? repository.environments.get(name.toLowerCase()) : undefined;
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
    updatedAt: made.at,
    vault: new Vault(github.randomBytes, SECRETS_PER_REPOSITORY),
    branchPolicies: [],
    settings: NO_SETTINGS,
  };
  repository.environments.set(made.name.toLowerCase(), environment);
  return environment;
}

function put(call: Call, repository: Repository): Answer {
  const name = call.parameters["environment_name"] ?? "";
  if (name.length > LONGEST_NAME) return problem(422, "An environment's name has at most 255 characters.");
  const known = findEnvironment(call, repository);
  const kept = call.github.omittedSettings === "kept" ? known?.settings : undefined;
  const settings = readSettings(call, repository, kept ?? NO_SETTINGS);
  if ("status" in settings) return settings;
  const environment = known ?? addEnvironment(call.github, repository, { name, at: call.now });
  environment.settings = settings;
  environment.updatedAt = call.now;
  if (settings.policy !== "custom") environment.branchPolicies.length = 0;
  return { status: 200, body: environmentView(call, repository, environment) };
}

function list(call: Call, repository: Repository): Answer {
  const { items, total, headers } = pageOf(call, [...repository.environments.values()]);
  const environments = items.map((each) => environmentView(call, repository, each));
  return { status: 200, headers, body: { total_count: total, environments } };
}

function get(call: Call, repository: Repository): Answer {
  const environment = findEnvironment(call, repository);
  return environment === undefined
    ? notFound()
    : { status: 200, body: environmentView(call, repository, environment) };
}

function remove(call: Call, repository: Repository): Answer {
  const environment = findEnvironment(call, repository);
  if (environment === undefined) return notFound();
  repository.environments.delete(environment.name.toLowerCase());
  return { status: 204 };
}

/** Where the plan has no environments, their paths lead nowhere. */
function wherePlanAllows(answer: (call: Call, repository: Repository) => Answer) {
  return (call: Call, repository: Repository): Answer =>
    hasEnvironments(repository) ? answer(call, repository) : notFound();
}

const READ = { kind: "repository", method: "GET", permission: reads("actions") } as const;
const WRITE = { kind: "repository", permission: writes("administration") } as const;

export const ENVIRONMENTS: readonly Operation[] = [
  { ...READ, id: "repos/get-all-environments", path: PATH, handle: wherePlanAllows(list) },
  { ...READ, id: "repos/get-environment", path: ONE, handle: get },
  {
    ...WRITE,
    id: "repos/create-or-update-environment",
    method: "PUT",
    path: ONE,
    handle: wherePlanAllows(put),
  },
  { ...WRITE, id: "repos/delete-an-environment", method: "DELETE", path: ONE, handle: remove },
];
