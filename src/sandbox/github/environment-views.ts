import { accountView } from "./accounts.ts";
import type { Environment, Repository, Reviewer } from "./model.ts";
import { fullName } from "./model.ts";
import type { Call } from "./operation.ts";
import { nodeId, timestamp } from "./operation.ts";

/** GitHub's `environment`. */
export function environmentView(
  call: Call,
  repository: Repository,
  environment: Environment,
): Record<string, unknown> {
  const { id, name, settings, createdAt, updatedAt } = environment;
  const place = encodeURIComponent(name);
  return {
    id,
    node_id: nodeId("Environment", id),
    name,
    url: `${call.apiUrl}/repos/${fullName(repository)}/environments/${place}`,
    html_url: `https://github.com/${fullName(repository)}/deployments/activity_log?environments_filter=${place}`,
    created_at: timestamp(createdAt),
    updated_at: timestamp(updatedAt),
    can_admins_bypass: true,
    protection_rules: rules(call, repository, environment),
    deployment_branch_policy:
      settings.policy === "all"
        ? null
        : {
            protected_branches: settings.policy === "protected",
            custom_branch_policies: settings.policy === "custom",
          },
  };
}

function rules({ apiUrl }: Call, repository: Repository, { id, settings }: Environment): readonly object[] {
  const { policy, waitMinutes, reviewers, preventSelfReview } = settings;
  const wait = waitMinutes === 0 ? [] : [{ type: "wait_timer", wait_timer: waitMinutes }];
  const required = reviewers.map((each) => reviewerView(apiUrl, repository, each));
  const review =
    reviewers.length === 0
      ? []
      : [{ type: "required_reviewers", prevent_self_review: preventSelfReview, reviewers: required }];
  const branches = policy === "all" ? [] : [{ type: "branch_policy" }];
  return [...wait, ...review, ...branches].map((rule, at) => {
    return { id: id + at, node_id: nodeId("GateRule", id + at), ...rule };
  });
}

function reviewerView(apiUrl: string, { owner }: Repository, { type, id }: Reviewer): object {
  const name = `${type.toLowerCase()}-${String(id)}`;
  const reviewer =
    type === "User"
      ? accountView(apiUrl, { id, login: name, type })
      : teamView(apiUrl, owner.login, { id, name });
  return { type, reviewer };
}

function teamView(apiUrl: string, login: string, { id, name }: { id: number; name: string }): object {
  const url = `${apiUrl}/organizations/${login}/team/${String(id)}`;
  return {
    id,
    node_id: nodeId("Team", id),
    url,
    html_url: `https://github.com/orgs/${login}/teams/${name}`,
    name,
    slug: name,
    description: null,
    privacy: "closed",
    permission: "pull",
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    parent: null,
  };
}
