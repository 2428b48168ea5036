import type { SecretApp } from "../../github.ts";
import type { Organization } from "./model.ts";
import type { Answer, Call, Operation } from "./operation.ts";
import { notFound, problem } from "./operation.ts";
import { APPS, ORGANIZATION_PERMISSIONS, organizationPath } from "./organization-places.ts";
import { pageOf } from "./pages.ts";
import { reads, writes } from "./permissions.ts";
import { repositoryView } from "./repositories.ts";
import { secretName } from "./secrets.ts";

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

/** Lets one repository more, or one less, read a secret. */
function selectRepository(change: (ids: readonly number[], id: number) => readonly number[]) {
  return (call: Call, { vaults }: Organization, app: SecretApp): Answer => {
    const access = vaults[app].get(secretName(call))?.access;
    const id = Number(call.parameters["repository_id"]);
    if (access === undefined || ![...call.github.repositories.values()].some((each) => each.id === id))
      return notFound();
    if (access.visibility !== "selected") return notSelected();
    const repositoryIds = change(access.repositoryIds, id);
    vaults[app].share(secretName(call), { visibility: "selected", repositoryIds });
    return { status: 204 };
  };
}

const addSelected = selectRepository((ids, id) => [...ids.filter((each) => each !== id), id]);
const removeSelected = selectRepository((ids, id) => ids.filter((each) => each !== id));

function notSelected(): Answer {
  return problem(409, "The secret's visibility is not selected.");
}

function operations(app: SecretApp): readonly Operation[] {
  const path = `${organizationPath(app)}/:secret_name/repositories`;
  const one = `${path}/:repository_id`;
  const read = { kind: "organization", permission: reads(ORGANIZATION_PERMISSIONS[app]) } as const;
  const write = { kind: "organization", permission: writes(ORGANIZATION_PERMISSIONS[app]) } as const;
  const of = (answer: (call: Call, organization: Organization, app: SecretApp) => Answer) => {
    return (call: Call, organization: Organization): Answer => answer(call, organization, app);
  };
  const [list, set] = [of(listRepositories), of(setRepositories)];
  const [add, remove] = [of(addSelected), of(removeSelected)];
  return [
    { ...read, id: `${app}/list-selected-repos-for-org-secret`, method: "GET", path, handle: list },
    { ...write, id: `${app}/set-selected-repos-for-org-secret`, method: "PUT", path, handle: set },
    { ...write, id: `${app}/add-selected-repo-to-org-secret`, method: "PUT", path: one, handle: add },
    {
      ...write,
      id: `${app}/remove-selected-repo-from-org-secret`,
      method: "DELETE",
      path: one,
      handle: remove,
    },
  ];
}

/** The repositories that may read an organization's secret whose visibility is `selected`. */
export const SELECTED_REPOSITORIES: readonly Operation[] = APPS.flatMap(operations);
