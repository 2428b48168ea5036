import type { StoreTarget } from "../../github.ts";
import type { PermissionNeed } from "../../github-settings.ts";
import type { Clock } from "../../ports.ts";
import type { Secret } from "../../secret.ts";
import type { Api } from "./api.ts";
import { accountOf, organizationAccount, repositoryAccount } from "./app-account.ts";
import type { Account } from "./app-account.ts";
import { findInstallation, mintToken } from "./app-installation.ts";
import type { Installation } from "./app-installation.ts";
import { notInstalled } from "./app-faults.ts";
import type { AppSite } from "./app-faults.ts";
import { grants, namesOf, permissionsFor, repositoriesOf } from "./app-scopes.ts";
import type { AppUse } from "./app-scopes.ts";

/** GitHub ends an installation's token an hour after it was made; the rest is for requests that are on their way. */
const RENEWED_AFTER_MILLISECONDS = 50 * 60_000;

export interface AppOptions {
  /** Asks as the App itself; opened when it is first needed. */
  readonly openApi: () => Promise<Api>;
  /** owner/name: on whose behalf requests are made that belong to nobody. */
  readonly repository: string;
  /** The stores that are written; undefined: any that the installation reaches. */
  readonly reach: readonly StoreTarget[] | undefined;
  readonly site: AppSite;
  readonly clock: Clock;
  /** Hears each token before it is used. */
  readonly mask: (secret: Secret) => void;
}

interface Held {
  readonly since: Date;
  readonly token: Promise<Secret>;
}

/**
 * A GitHub App's tokens: one for each use and account, asked for when it is first needed, with no more permissions and
 * repositories than it is for, and renewed before its hour ends.
 */
export class App {
  readonly #options: AppOptions;
  readonly #held = new Map<string, Held>();
  #api: Promise<Api> | undefined;

  constructor(options: AppOptions) {
    this.#options = options;
  }

  /** The token for a request to this address. Throws `store_refused`, `rate_limited` or `transient`. */
  tokenFor(use: AppUse, url: string): Promise<Secret> {
    const { clock, repository } = this.#options;
    const account = accountOf(url, repository);
    const key = `${use} ${account.owner.toLowerCase()}`;
    const held = this.#held.get(key);
    const now = clock.now();
    if (held !== undefined && now.getTime() - held.since.getTime() < RENEWED_AFTER_MILLISECONDS) {
      return held.token;
    }
    const token = this.#ask(use, account);
    this.#held.set(key, { since: now, token });
    // A failure is not for keeping: the next request asks again.
    token.catch(() => this.#held.delete(key));
    return token;
  }

  /** Whether the App has a permission where it is installed. */
  async may({ permission, level, on }: PermissionNeed): Promise<"yes" | "no"> {
    const account =
      "repository" in on ? repositoryAccount(on.repository) : organizationAccount(on.organization);
    const installation = await this.#installation(account);
    return installation !== undefined && grants(installation.permissions, permission, level) ? "yes" : "no";
  }

  async #ask(use: AppUse, account: Account): Promise<Secret> {
    const { site, mask } = this.#options;
    const installation = await this.#installation(account);
    if (installation === undefined) throw notInstalled(account, site);
    const permissions = permissionsFor(use, installation.permissions);
    const repositories = this.#repositories(use, account);
    const token = await mintToken(
      await this.#opened(),
      { installation, permissions, repositories, account },
      site,
    );
    mask(token);
    return token;
  }

  #repositories(use: AppUse, { owner }: Account): readonly string[] | undefined {
    const { repository, reach } = this.#options;
    if (use !== "secrets") return namesOf(owner, [repository]);
    return reach && namesOf(owner, [repository, ...repositoriesOf(reach)]);
  }

  async #installation(account: Account): Promise<Installation | undefined> {
    return findInstallation(await this.#opened(), account, this.#options.site);
  }

  #opened(): Promise<Api> {
    this.#api ??= this.#options.openApi();
    return this.#api;
  }
}
