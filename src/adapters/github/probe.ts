import type { SealringError } from "../../errors.ts";
import type { PermissionNeed, TokenPermission } from "../../github-settings.ts";
import { CANARY_NAME } from "../../stores/prove.ts";
import type { Api, Call } from "./api.ts";
import { faultOf } from "./faults.ts";
import type { Site } from "./faults.ts";
import { issuesFault } from "./issue-faults.ts";
import { headerOf, listOf, textOf } from "./outcome.ts";
import type { Refusal } from "./outcome.ts";
import { repositoryParameters } from "./places.ts";
import type { Place } from "./places.ts";

const REPOSITORY = "/repos/{owner}/{repo}";
const ENVIRONMENT_SECRETS = `${REPOSITORY}/environments/{environment_name}/secrets`;

/** Where the secrets are that a permission is for. */
const SECRETS: Readonly<Partial<Record<TokenPermission, string>>> = {
  secrets: `${REPOSITORY}/actions/secrets`,
  dependabot_secrets: `${REPOSITORY}/dependabot/secrets`,
  codespaces_secrets: `${REPOSITORY}/codespaces/secrets`,
  environments: ENVIRONMENT_SECRETS,
  organization_secrets: "/orgs/{org}/actions/secrets",
  organization_dependabot_secrets: "/orgs/{org}/dependabot/secrets",
  organization_codespaces_secrets: "/orgs/{org}/codespaces/secrets",
};

/** What only the permission to read opens, in a private repository. */
const READS: Readonly<Partial<Record<TokenPermission, string>>> = {
  actions: `GET ${REPOSITORY}/actions/workflows`,
  administration: `GET ${REPOSITORY}/actions/permissions`,
  contents: `GET ${REPOSITORY}/commits`,
  issues: `GET ${REPOSITORY}/issues`,
};

/** What GitHub refuses whoever sends it. No ref may hold two dots, no commit has this id, no secret is of this form. */
const IMPOSSIBLE_REF = "refs/heads/sealring..probe";
const IMPOSSIBLE_COMMIT = { ref: IMPOSSIBLE_REF, sha: "0".repeat(40) };
const IMPOSSIBLE_SECRET = { secret_name: CANARY_NAME, encrypted_value: "!", key_id: "!" };

/**
 * Whether a token has a permission, found out by reading what the permission opens, or by writing what is refused even so:
 * GitHub looks at the token first (403, or 404 where it must not even learn that the thing exists), and then at what is
 * sent (422). `unknown`: there is nothing to try it on. Throws as `faultOf` does where GitHub gives no word on it, and
 * `store_refused` where it takes it from nobody.
 */
export async function probe(api: Api, need: PermissionNeed, site: Site): Promise<"yes" | "no" | "unknown"> {
  if (need.permission === "workflows") return mayWriteWorkflows(api, site);
  const call = need.level === "read" ? await reading(api, need) : await writing(api, need);
  if (call === undefined) return "unknown";
  const outcome = need.level === "read" ? await api.repeatable(call) : await api.once(call);
  if (outcome.kind === "answer") return "yes";
  if (outcome.kind === "lost" || saysNothing(outcome))
    throw faultOf(outcome, { what: `permissions on ${nameOf(need)}`, site });
  if (outcome.status === 403 || outcome.status === 404) return "no";
  if (outcome.status === 400 || outcome.status === 422) return "yes";
  // A repository without any commit: the check of the journal tells of it.
  if (outcome.status === 409 && need.permission === "contents") return "unknown";
  throw refusedToAll(outcome, need, site);
}

async function reading(api: Api, need: PermissionNeed): Promise<Call | undefined> {
  const store = await storeOf(api, need);
  if (store !== undefined) return { route: `GET ${store.path}/public-key`, parameters: store.parameters };
  const route = READS[need.permission];
  return route === undefined ? undefined : { route, parameters: { ...namesOf(need), per_page: 1 } };
}

async function writing(api: Api, need: PermissionNeed): Promise<Call | undefined> {
  const names = namesOf(need);
  switch (need.permission) {
    case "actions":
      return dispatching(api, names);
    case "administration":
      // Without the topics that it is to set.
      return { route: `PUT ${REPOSITORY}/topics`, parameters: names };
    case "contents":
      return { route: `POST ${REPOSITORY}/git/refs`, parameters: { ...names, ...IMPOSSIBLE_COMMIT } };
    case "issues":
      // Without a title.
      return { route: `POST ${REPOSITORY}/issues`, parameters: names };
    default: {
      const store = await storeOf(api, need);
      const parameters = { ...store?.parameters, ...IMPOSSIBLE_SECRET };
      return store && { route: `PUT ${store.path}/{secret_name}`, parameters };
    }
  }
}

/** The secrets that a permission is for; of environments, those of the first. */
async function storeOf(api: Api, need: PermissionNeed): Promise<Place | undefined> {
  const path = SECRETS[need.permission];
  const parameters = namesOf(need);
  if (path === undefined) return undefined;
  if (path !== ENVIRONMENT_SECRETS) return { path, parameters };
  const name = await firstOf(api, { route: `GET ${REPOSITORY}/environments`, parameters }, "environments");
  const environment = textOf(name, "name");
  return environment === undefined
    ? undefined
    : { path, parameters: { ...parameters, environment_name: environment } };
}

/** A workflow's start from a branch that cannot be. */
async function dispatching(api: Api, names: Place["parameters"]): Promise<Call | undefined> {
  const path = `${REPOSITORY}/actions/workflows`;
  const workflow = await firstOf(api, { route: `GET ${path}`, parameters: names }, "workflows");
  const file = textOf(workflow, "path")?.split("/").at(-1);
  const parameters = { ...names, workflow_id: file, ref: IMPOSSIBLE_REF };
  return file === undefined ? undefined : { route: `POST ${path}/{workflow_id}/dispatches`, parameters };
}

/** The first of a list; undefined where it is empty, or may not be read. */
async function firstOf(api: Api, call: Call, key: string): Promise<unknown> {
  const outcome = await api.repeatable({ ...call, parameters: { ...call.parameters, per_page: 1 } });
  return outcome.kind === "answer" ? listOf(outcome.data, key)[0] : undefined;
}

/** Nothing can be tried; but of a classic token GitHub says the scopes. */
async function mayWriteWorkflows(api: Api, site: Site): Promise<"yes" | "no" | "unknown"> {
  const outcome = await api.repeatable({ route: "GET /", parameters: {} });
  if (outcome.kind !== "answer") throw faultOf(outcome, { what: "scopes of the token", site });
  const scopes = headerOf(outcome, "x-oauth-scopes");
  if (scopes === undefined) return "unknown";
  return scopes.split(/, */).includes("workflow") ? "yes" : "no";
}

function saysNothing({ status, pauseSeconds, needsSso }: Refusal): boolean {
  return (
    pauseSeconds !== undefined || needsSso === "yes" || status >= 500 || status === 401 || status === 408
  );
}

/** Whoever asks: issues that are turned off, for instance. */
function refusedToAll(outcome: Refusal, need: PermissionNeed, site: Site): SealringError {
  const what = `${need.permission.replaceAll("_", " ")} of ${nameOf(need)}`;
  return need.permission === "issues"
    ? issuesFault(outcome, { what, site })
    : faultOf(outcome, { what, site });
}

function namesOf({ on }: PermissionNeed): Place["parameters"] {
  return "repository" in on ? repositoryParameters(on.repository) : { org: on.organization };
}

function nameOf({ on }: PermissionNeed): string {
  return "repository" in on ? on.repository : `organization ${on.organization}`;
}
