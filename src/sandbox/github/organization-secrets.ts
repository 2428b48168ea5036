import type { SecretApp } from "../../github.ts";
import type { Organization } from "./model.ts";
import type { Answer, Call, Operation } from "./operation.ts";
import { problem } from "./operation.ts";
import { APPS, ORGANIZATION_PERMISSIONS, organizationPath } from "./organization-places.ts";
import { reads, writes } from "./permissions.ts";
import {
  answerPublicKey,
  answerSecret,
  answerSecrets,
  deleteSecret,
  plainView,
  putSecret,
} from "./secrets.ts";
import type { SecretView } from "./secrets.ts";
import type { VaultAccess } from "./vault.ts";

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

function readOperations(app: SecretApp): readonly Operation[] {
  const path = organizationPath(app);
  const described = { method: "GET", permission: reads(ORGANIZATION_PERMISSIONS[app]) } as const;
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
  ];
}

function writeOperations(app: SecretApp): readonly Operation[] {
  const path = `${organizationPath(app)}/:secret_name`;
  const described = { permission: writes(ORGANIZATION_PERMISSIONS[app]) } as const;
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
  ];
}

/** Secrets of organizations, of all three apps. */
export const ORGANIZATION_SECRETS: readonly Operation[] = APPS.flatMap((app) => [
  ...readOperations(app),
  ...writeOperations(app),
]);
