import type { SecretApp } from "../../github.ts";
import type { Organization } from "./model.ts";
import type { Answer, Call, Operation } from "./operation.ts";
import { notFound, problem } from "./operation.ts";
import { pageOf } from "./pages.ts";
import { reads, writes } from "./permissions.ts";
import { repositoryView } from "./repositories.ts";
import {
  answerPublicKey,
  answerSecret,
  answerSecrets,
  deleteSecret,
  plainView,
  putSecret,
  secretName,
} from "./secrets.ts";
import type { SecretView } from "./secrets.ts";
import type { VaultAccess } from "./vault.ts";

const PERMISSIONS = {
  actions: "organization_secrets",
  dependabot: "organization_dependabot_secrets",
  codespaces: "organization_codespaces_secrets",
} as const;

function organizationView(call: Call, organization: Organization, app: SecretApp): SecretView {
  const secrets = `${call.apiUrl}/orgs/${organization.account.login}/${app}/secrets`;
  return (secret) => ({
    ...plainView(secret),
    visibility: secret.access?.visibility ?? "private",
    ...(secret.access?.visibility === "selected"
      ? { selected_repositories_url: `${secrets}/${secret.name}/repositories` }
      : {}),
  });
}

/** Who is to read a secret; undefined when the request contradicts itself. */
function readAccess(call: Call): VaultAccess | undefined {
  const visibility = call.body["visibility"];
  const ids = call.body["selected_repository_ids"];
  if (visibility !== "all" && visibility !== "private" && visibility !== "selected") return undefined;
  if (visibility !== "selected") return ids === undefined ? { visibility, repositoryIds: [] } : undefined;
  return { visibility, repositoryIds: Array.isArray(ids) ? ids.map(Number) : [] };
}

function put(call: Call, { vaults }: Organization, app: SecretApp): Answer {
  const access = readAccess(call);
  if (access === undefined) {
    return problem(
      422,
      "visibility is all, private or selected; selected_repository_ids go with selected only.",
    );
  }
  return putSecret(call, vaults[app], access);
}

function listRepositories(call: Call, { vaults }: Organization, app: SecretApp): Answer {
  const access = vaults[app].get(secretName(call))?.access;
  if (access === undefined) return notFound();
  if (access.visibility !== "selected") return notSelected();
  const selected = [...call.github.repositories.values()].filter(({ id }) =>
    access.repositoryIds.includes(id),
  );
  const { items, total, headers } = pageOf(call, selected);
  const repositories = items.map((each) => repositoryView(call.apiUrl, each));
  return { status: 200, headers, body: { total_count: total, repositories } };
}

function setRepositories(call: Call, { vaults }: Organization, app: SecretApp): Answer {
  const access = vaults[app].get(secretName(call))?.access;
  const ids = call.body["selected_repository_ids"];
  if (access === undefined) return notFound();
  if (access.visibility !== "selected") return notSelected();
  if (!Array.isArray(ids))
    return problem(422, `Invalid request.\n\n"selected_repository_ids" wasn't supplied.`);
  vaults[app].share(secretName(call), { visibility: "selected", repositoryIds: ids.map(Number) });
  return { status: 204 };
}

function notSelected(): Answer {
  return problem(409, "The secret's visibility is not selected.");
}

const APPS = ["actions", "dependabot", "codespaces"] as const;

function readOperations(app: SecretApp): readonly Operation[] {
  const path = pathOf(app);
  const described = { method: "GET", permission: reads(PERMISSIONS[app]) } as const;
  return [
    {
      kind: "organization",
      ...described,
      id: `${app}/list-org-secrets`,
      path,
      handle: (call, organization) =>
        answerSecrets(call, organization.vaults[app].list(), organizationView(call, organization, app)),
    },
    {
      kind: "organization",
      ...described,
      id: `${app}/get-org-public-key`,
      path: `${path}/public-key`,
      handle: (_call, { vaults }) => answerPublicKey(vaults[app]),
    },
    {
      kind: "organization",
      ...described,
      id: `${app}/get-org-secret`,
      path: `${path}/:secret_name`,
      handle: (call, organization) =>
        answerSecret(call, organization.vaults[app], organizationView(call, organization, app)),
    },
    {
      kind: "organization",
      ...described,
      id: `${app}/list-selected-repos-for-org-secret`,
      path: `${path}/:secret_name/repositories`,
      handle: (call, organization) => listRepositories(call, organization, app),
    },
  ];
}

function writeOperations(app: SecretApp): readonly Operation[] {
  const path = `${pathOf(app)}/:secret_name`;
  const described = { permission: writes(PERMISSIONS[app]) } as const;
  return [
    {
      kind: "organization",
      ...described,
      id: `${app}/create-or-update-org-secret`,
      method: "PUT",
      path,
      handle: (call, organization) => put(call, organization, app),
    },
    {
      kind: "organization",
      ...described,
      id: `${app}/delete-org-secret`,
      method: "DELETE",
      path,
      handle: (call, { vaults }) => deleteSecret(call, vaults[app]),
    },
    {
      kind: "organization",
      ...described,
      id: `${app}/set-selected-repos-for-org-secret`,
      method: "PUT",
      path: `${path}/repositories`,
      handle: (call, organization) => setRepositories(call, organization, app),
    },
  ];
}

function pathOf(app: SecretApp): string {
  return `/orgs/:org/${app}/secrets`;
}

/** Secrets of organizations, of all three apps. */
export const ORGANIZATION_SECRETS: readonly Operation[] = APPS.flatMap((app) => [
  ...readOperations(app),
  ...writeOperations(app),
]);
