import type { Call } from "./api.ts";
import { repositoryParameters } from "./places.ts";

/** An account that an App may be installed for, and how its installation is found. */
export interface Account {
  readonly owner: string;
  readonly lookUp: Call;
  /** In words. */
  readonly place: string;
}

/** Whose a request is, by its address; what belongs to nobody is asked for on behalf of `repository`'s owner. */
export function accountOf(url: string, repository: string): Account {
  const [, kind, owner, name] = /\/(repos|orgs)\/([^/]+)(?:\/([^/?]+))?/.exec(new URL(url).pathname) ?? [];
  if (owner === undefined) return repositoryAccount(repository);
  if (kind === "orgs") return organizationAccount(owner);
  return repositoryAccount(`${owner}/${name ?? ""}`);
}

export function repositoryAccount(repository: string): Account {
  const parameters = repositoryParameters(repository);
  const lookUp = { route: "GET /repos/{owner}/{repo}/installation", parameters };
  return { owner: parameters.owner, lookUp, place: repository };
}

export function organizationAccount(organization: string): Account {
  const lookUp = { route: "GET /orgs/{org}/installation", parameters: { org: organization } };
  return { owner: organization, lookUp, place: `organization ${organization}` };
}
