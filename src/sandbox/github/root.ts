import type { Standing } from "./limits.ts";
import type { Answer, Call, Operation } from "./operation.ts";

const ROOT_PATHS = {
  current_user_url: "/user",
  authorizations_url: "/authorizations",
  code_search_url: "/search/code?q={query}{&page,per_page,sort,order}",
  commit_search_url: "/search/commits?q={query}{&page,per_page,sort,order}",
  emails_url: "/user/emails",
  emojis_url: "/emojis",
  events_url: "/events",
  feeds_url: "/feeds",
  followers_url: "/user/followers",
  following_url: "/user/following{/target}",
  gists_url: "/gists{/gist_id}",
  issue_search_url: "/search/issues?q={query}{&page,per_page,sort,order}",
  issues_url: "/issues",
  keys_url: "/user/keys",
  label_search_url: "/search/labels?q={query}&repository_id={repository_id}{&page,per_page}",
  notifications_url: "/notifications",
  organization_url: "/orgs/{org}",
  organization_repositories_url: "/orgs/{org}/repos{?type,page,per_page,sort}",
  organization_teams_url: "/orgs/{org}/teams",
  public_gists_url: "/gists/public",
  rate_limit_url: "/rate_limit",
  repository_url: "/repos/{owner}/{repo}",
  repository_search_url: "/search/repositories?q={query}{&page,per_page,sort,order}",
  current_user_repositories_url: "/user/repos{?type,page,per_page,sort}",
  starred_url: "/user/starred{/owner}{/repo}",
  starred_gists_url: "/gists/starred",
  user_url: "/users/{user}",
  user_organizations_url: "/user/orgs",
  user_repositories_url: "/users/{user}/repos{?type,page,per_page,sort}",
  user_search_url: "/search/users?q={query}{&page,per_page,sort,order}",
};

function root({ apiUrl }: Call): Answer {
  const urls = Object.entries(ROOT_PATHS).map(([name, path]) => [name, `${apiUrl}${path}`] as const);
  const page = "https://github.com/settings/connections/applications{/client_id}";
  return { status: 200, body: { ...Object.fromEntries(urls), current_user_authorizations_html_url: page } };
}

/** Asking costs nothing of the hour. */
function rateLimit({ standing }: Call): Answer {
  const core = standingView(standing("core"));
  const graphql = standingView(standing("graphql"));
  const search = { limit: 30, used: 0, remaining: 30, reset: core.reset };
  return { status: 200, body: { resources: { core, graphql, search }, rate: core } };
}

function standingView({ limit, used, resetAt }: Standing) {
  return { limit, used, remaining: limit - used, reset: Math.ceil(resetAt.getTime() / 1_000) };
}

export const ROOT: readonly Operation[] = [
  { kind: "plain", id: "meta/root", method: "GET", path: "/", permission: undefined, handle: root },
  {
    kind: "plain",
    id: "rate-limit/get",
    method: "GET",
    path: "/rate_limit",
    permission: undefined,
    handle: rateLimit,
  },
];
