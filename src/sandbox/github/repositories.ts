import { accountView } from "./accounts.ts";
import type { Repository } from "./model.ts";
import { fullName } from "./model.ts";
import type { Operation } from "./operation.ts";
import { nodeId, timestamp } from "./operation.ts";
import { reads } from "./permissions.ts";

const URLS = {
  archive_url: "{archive_format}{/ref}",
  assignees_url: "assignees{/user}",
  blobs_url: "git/blobs{/sha}",
  branches_url: "branches{/branch}",
  collaborators_url: "collaborators{/collaborator}",
  comments_url: "comments{/number}",
  commits_url: "commits{/sha}",
  compare_url: "compare/{base}...{head}",
  contents_url: "contents/{+path}",
  contributors_url: "contributors",
  deployments_url: "deployments",
  downloads_url: "downloads",
  events_url: "events",
  forks_url: "forks",
  git_commits_url: "git/commits{/sha}",
  git_refs_url: "git/refs{/sha}",
  git_tags_url: "git/tags{/sha}",
  hooks_url: "hooks",
  issue_comment_url: "issues/comments{/number}",
  issue_events_url: "issues/events{/number}",
  issues_url: "issues{/number}",
  keys_url: "keys{/key_id}",
  labels_url: "labels{/name}",
  languages_url: "languages",
  merges_url: "merges",
  milestones_url: "milestones{/number}",
  notifications_url: "notifications{?since,all,participating}",
  pulls_url: "pulls{/number}",
  releases_url: "releases{/id}",
  stargazers_url: "stargazers",
  statuses_url: "statuses/{sha}",
  subscribers_url: "subscribers",
  subscription_url: "subscription",
  tags_url: "tags",
  teams_url: "teams",
  trees_url: "git/trees{/sha}",
};

/** GitHub's `full-repository`, which holds what its smaller views hold. */
export function repositoryView(apiUrl: string, repository: Repository): Record<string, unknown> {
  const name = fullName(repository);
  const url = `${apiUrl}/repos/${name}`;
  return {
    id: repository.id,
    node_id: nodeId("Repository", repository.id),
    name: repository.name,
    full_name: name,
    owner: accountView(apiUrl, repository.owner),
    private: repository.visibility !== "public",
    visibility: repository.visibility,
    html_url: `https://github.com/${name}`,
    description: null,
    fork: false,
    url,
    ...Object.fromEntries(Object.entries(URLS).map(([key, path]) => [key, `${url}/${path}`])),
    ...cloneUrls(name),
    ...features(repository),
    created_at: timestamp(repository.createdAt),
    updated_at: timestamp(repository.createdAt),
    pushed_at: timestamp(repository.createdAt),
  };
}

function cloneUrls(name: string): Record<string, unknown> {
  return {
    clone_url: `https://github.com/${name}.git`,
    git_url: `git://github.com/${name}.git`,
    ssh_url: `git@github.com:${name}.git`,
    svn_url: `https://github.com/${name}`,
    mirror_url: null,
    homepage: null,
  };
}

function features({ defaultBranch, issues, hasIssues, archived }: Repository): Record<string, unknown> {
  const openIssues = issues.filter(({ state }) => state === "open").length;
  return {
    default_branch: defaultBranch,
    ...{
      has_issues: hasIssues,
      has_projects: false,
      has_wiki: false,
      has_pages: false,
      has_discussions: false,
      has_downloads: false,
    },
    ...{ archived, disabled: false, language: null, license: null },
    ...{ forks: 0, forks_count: 0, network_count: 0, size: 0, subscribers_count: 0 },
    ...{ watchers: 0, watchers_count: 0, stargazers_count: 0 },
    ...{ open_issues: openIssues, open_issues_count: openIssues },
  };
}

export const REPOSITORIES: readonly Operation[] = [
  {
    kind: "repository",
    id: "repos/get",
    method: "GET",
    path: "/repos/:owner/:repo",
    permission: reads("metadata"),
    handle: (call, repository) => ({ status: 200, body: repositoryView(call.apiUrl, repository) }),
  },
];
