import { Secret } from "../../secret.ts";
import type { Api } from "./api.ts";
import { repositoryAccount } from "./app-account.ts";
import type { Account } from "./app-account.ts";
import { appFault, notInstalled } from "./app-faults.ts";
import type { AppSite } from "./app-faults.ts";
import { unreadable } from "./faults.ts";
import { integerOf, textOf } from "./outcome.ts";
import type { Outcome } from "./outcome.ts";

const ACCESS_TOKENS = "POST /app/installations/{installation_id}/access_tokens";

/** An App, installed for an account. */
export interface Installation {
  readonly id: number;
  /** What the account has granted: levels by permission. */
  readonly permissions: ReadonlyMap<string, string>;
}

/** What a token is to be good for. */
export interface Narrowing {
  readonly account: Account;
  readonly installation: Installation;
  readonly permissions: Readonly<Record<string, string>>;
  /** Names; undefined: every repository of the installation. */
  readonly repositories: readonly string[] | undefined;
}

/** An account's installation; undefined: it has none, or none for that repository. */
export async function findInstallation(
  api: Api,
  account: Account,
  site: AppSite,
): Promise<Installation | undefined> {
  const outcome = await api.repeatable(account.lookUp);
  if (outcome.kind === "refused" && outcome.status === 404) return undefined;
  if (outcome.kind !== "answer") throw appFault(outcome, account, site);
  const id = integerOf(outcome.data, "id");
  if (id === undefined) throw unreadable({ what: `App's installation on ${account.place}`, site });
  return { id, permissions: levelsOf(outcome.data) };
}

function levelsOf(data: unknown): ReadonlyMap<string, string> {
  const { permissions } = data as { readonly permissions?: unknown };
  const entries = typeof permissions === "object" && permissions !== null ? Object.entries(permissions) : [];
  return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}

/**
 * A token of an installation. Repositories that the App is not installed on are left out: they fail by themselves.
 * Throws `store_refused` where that leaves none, else as `appFault` does.
 */
export async function mintToken(api: Api, narrowing: Narrowing, site: AppSite): Promise<Secret> {
  let outcome = await ask(api, narrowing);
  if (outcome.kind === "refused" && outcome.status === 422 && narrowing.repositories !== undefined) {
    const repositories = await installedOnes(api, narrowing, site);
    outcome = await ask(api, { ...narrowing, repositories });
  }
  if (outcome.kind !== "answer") throw appFault(outcome, narrowing.account, site);
  const token = textOf(outcome.data, "token");
  if (token === undefined) throw unreadable({ what: `App's token for ${narrowing.account.place}`, site });
  return new Secret(token);
}

function ask(api: Api, { installation, permissions, repositories }: Narrowing): Promise<Outcome> {
  const parameters = { installation_id: installation.id, permissions };
  const named = repositories === undefined ? parameters : { ...parameters, repositories };
  return api.repeatable({ route: ACCESS_TOKENS, parameters: named });
}

async function installedOnes(
  api: Api,
  { account, installation, repositories: named = [] }: Narrowing,
  site: AppSite,
): Promise<readonly string[]> {
  const found = named.map(async (name) => {
    const own = await findInstallation(api, repositoryAccount(`${account.owner}/${name}`), site);
    return own?.id === installation.id ? [name] : [];
  });
  const names = (await Promise.all(found)).flat();
  if (names.length > 0) return names;
  // A token that names none would be good for all of them.
  const [first] = named;
  const absent = first === undefined ? account : repositoryAccount(`${account.owner}/${first}`);
  throw notInstalled(absent, site);
}
