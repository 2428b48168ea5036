import { accountView } from "./accounts.ts";
import type { App, Installation } from "./apps.ts";
import { repositoriesOf } from "./apps.ts";
import { createToken, revokeToken } from "./installation-tokens.ts";
import type { Repository } from "./model.ts";
import type { Answer, Call, Operation } from "./operation.ts";
import { nodeId, notFound, problem, timestamp } from "./operation.ts";
import { pageOf } from "./pages.ts";
import type { Token } from "./permissions.ts";
import { repositoryView } from "./repositories.ts";

function appView({ apiUrl }: Call, app: App): Record<string, unknown> {
  return {
    ...{ id: app.id, client_id: app.clientId, slug: app.slug, node_id: nodeId("Integration", app.id) },
    owner: accountView(apiUrl, app.owner),
    ...{ name: app.slug, description: null, external_url: "https://example.com" },
    html_url: `https://github.com/apps/${app.slug}`,
    ...{ created_at: timestamp(app.createdAt), updated_at: timestamp(app.createdAt) },
    ...{ permissions: app.permissions, events: [], installations_count: app.installations.length },
  };
}

function installationView({ apiUrl }: Call, app: App, installation: Installation): Record<string, unknown> {
  const { id, account, repositories, permissions, createdAt } = installation;
  return {
    id,
    account: accountView(apiUrl, account),
    repository_selection: repositories === "all" ? "all" : "selected",
    access_tokens_url: `${apiUrl}/app/installations/${String(id)}/access_tokens`,
    repositories_url: `${apiUrl}/installation/repositories`,
    html_url: `https://github.com/settings/installations/${String(id)}`,
    ...{ app_id: app.id, client_id: app.clientId, app_slug: app.slug },
    ...{ target_id: account.id, target_type: account.type, permissions, events: [] },
    ...{ created_at: timestamp(createdAt), updated_at: timestamp(createdAt) },
    ...{ single_file_name: null, suspended_by: null, suspended_at: null },
  };
}

function getApp(call: Call, app: App): Answer {
  return { status: 200, body: appView(call, app) };
}

/** The installation that the path names by its id, its organization or a repository. */
function installationOf(call: Call, app: App): Installation | undefined {
  const { installation_id: id, org, owner = "", repo = "" } = call.parameters;
  if (id !== undefined) return app.installations.find((each) => String(each.id) === id);
  if (org !== undefined) return app.installations.find(({ account }) => isNamed(account.login, org));
  return app.installations.find((each) =>
    repositoriesOf(call.github, each).some(
      (repository) => isNamed(repository.owner.login, owner) && isNamed(repository.name, repo),
    ),
  );
}

function isNamed(name: string, asked: string): boolean {
  return name.toLowerCase() === asked.toLowerCase();
}

function onInstallation(answer: (call: Call, installation: Installation, app: App) => Answer) {
  return (call: Call, app: App): Answer => {
    const installation = installationOf(call, app);
    return installation === undefined ? notFound() : answer(call, installation, app);
  };
}

const get = onInstallation((call, installation, app) => ({
  status: 200,
  body: installationView(call, app, installation),
}));

function listRepositories(call: Call, token: Token): Answer {
  if (token.kind !== "installation")
    return problem(403, "You must authenticate with an installation access token");
  const { repositories } = token;
  const all = [...call.github.repositories.values()].filter(
    ({ owner, name }) =>
      repositories === "all" || repositories.includes(`${owner.login}/${name}`.toLowerCase()),
  );
  const { items, total, headers } = pageOf(call, all);
  const views = items.map((each: Repository) => repositoryView(call.apiUrl, each));
  return { status: 200, headers, body: { total_count: total, repositories: views } };
}

const APP = { kind: "app", method: "GET", permission: undefined } as const;
const TOKEN = { kind: "signed_in", permission: undefined } as const;

/** What a GitHub App asks for itself, and what its tokens ask of themselves. */
export const APP_OPERATIONS: readonly Operation[] = [
  { ...APP, id: "apps/get-authenticated", path: "/app", handle: getApp },
  { ...APP, id: "apps/get-installation", path: "/app/installations/:installation_id", handle: get },
  { ...APP, id: "apps/get-repo-installation", path: "/repos/:owner/:repo/installation", handle: get },
  { ...APP, id: "apps/get-org-installation", path: "/orgs/:org/installation", handle: get },
  {
    ...APP,
    id: "apps/create-installation-access-token",
    method: "POST",
    path: "/app/installations/:installation_id/access_tokens",
    handle: onInstallation(createToken),
  },
  {
    ...TOKEN,
    id: "apps/list-repos-accessible-to-installation",
    method: "GET",
    path: "/installation/repositories",
    handle: listRepositories,
  },
  {
    ...TOKEN,
    id: "apps/revoke-installation-access-token",
    method: "DELETE",
    path: "/installation/token",
    handle: revokeToken,
  },
];
