import { Secret } from "../../secret.ts";
import { createApi } from "./api.ts";
import type { Api, ApiOptions } from "./api.ts";
import { App } from "./app.ts";
import type { AppUse } from "./app-scopes.ts";
import type { AppSite } from "./app-faults.ts";
import { signingOf } from "./app-signing.ts";
import type { Site } from "./faults.ts";
import { Limiter } from "./limiter.ts";
import { TIMEOUT_MILLISECONDS } from "./options.ts";
import type { AppKey, GitHubOptions } from "./options.ts";
import { readStanding } from "./predecessor.ts";
import { watchExpiry } from "./renewal.ts";
import type { TokenSource } from "./token-source.ts";
import type { Holder } from "./tokens.ts";
import { createTransport } from "./transport.ts";
import type { Transport, TransportOptions } from "./transport.ts";

const RETRY_BASE_MILLISECONDS = 250;

/** The ways to GitHub, by what they are for. Those of one token share its limits. */
export interface Ways {
  readonly secrets: Holder;
  readonly settings: Holder;
  /** What changes settings. */
  readonly administration: Holder;
  readonly journal: Holder;
}

/** Where these ways lead. */
export interface Destination {
  readonly apiUrl: string;
  readonly site: Site;
}

/** One token or App, for whatever it is used for. */
interface Purse {
  readonly holder: (api: Api) => Holder;
  readonly sourceFor: (use: AppUse) => TokenSource;
  readonly limiter: Limiter;
}

export function openWays(options: GitHubOptions, destination: Destination): Ways {
  const { token, journalToken, job, clock } = options;
  const own = openPurse(options, destination, token);
  // GitHub counts by token: one that serves both must not have two budgets.
  const journal = isSame(token, journalToken) ? own : openPurse(options, destination, journalToken);
  const heard = job === undefined ? unheard : watchExpiry(clock, job);
  const open = (purse: Purse, use: AppUse): Holder => {
    const way = { source: purse.sourceFor(use), noteExpiry: purse === own ? heard : unheard };
    const transport = openTransport(options, destination, way);
    const { limiter } = purse;
    const pacing = { limiter, use: use === "journal" ? use : ("secrets" as const) };
    return purse.holder(openApi(options, destination, { transport, ...pacing }));
  };
  return {
    secrets: open(own, "secrets"),
    settings: open(own, "settings"),
    administration: open(own, "administration"),
    journal: open(journal, "journal"),
  };
}

function isSame(token: Secret | AppKey, other: Secret | AppKey): boolean {
  if (token instanceof Secret && other instanceof Secret) return token.reveal() === other.reveal();
  return token === other;
}

function openPurse(options: GitHubOptions, destination: Destination, token: Secret | AppKey): Purse {
  if (token instanceof Secret) {
    const source = { kind: "given", token } as const;
    const limiter = openLimiter(options, destination, source);
    return { limiter, sourceFor: () => source, holder: (api) => ({ ...source, api }) };
  }
  const app = openApp(options, destination, token);
  const sourceFor = (use: AppUse): TokenSource => ({
    kind: "asked",
    tokenFor: (url) => app.tokenFor(use, url),
  });
  const limiter = openLimiter(options, destination, sourceFor("secrets"));
  return { limiter, sourceFor, holder: (api) => ({ kind: "app", app, api }) };
}

function openApp(options: GitHubOptions, destination: Destination, key: AppKey): App {
  const { clock, repository, reach, mask = unheard } = options;
  const { clientId, privateKeyName } = key;
  const site: AppSite = { ...destination.site, clientId, privateKeyName };
  return new App({
    ...{ clock, repository, reach, mask, site },
    async openApi() {
      const signing = await signingOf(key);
      const transport = openTransport(options, destination, {
        source: { kind: "signed" },
        noteExpiry: unheard,
      });
      // What an App asks as itself counts for it alone.
      const limiter = new Limiter(clock);
      return openApi(options, destination, { transport, signing, limiter, use: "secrets" });
    },
  });
}

function openLimiter(options: GitHubOptions, destination: Destination, source: TokenSource): Limiter {
  if (options.turn !== "after_another") return new Limiter(options.clock);
  const transport = openTransport(options, destination, { source, noteExpiry: unheard });
  const standing = () => readStanding(transport, destination.apiUrl);
  return new Limiter(options.clock, { kind: "another_job", standing });
}

function openTransport(
  { env, timeoutMilliseconds = TIMEOUT_MILLISECONDS }: GitHubOptions,
  { apiUrl }: Destination,
  way: Pick<TransportOptions, "source" | "noteExpiry">,
): Transport {
  return createTransport({ apiUrl, env, timeoutMilliseconds, ...way });
}

function openApi(
  { clock, version, retryBaseMilliseconds = RETRY_BASE_MILLISECONDS }: GitHubOptions,
  { apiUrl }: Destination,
  way: Pick<ApiOptions, "transport" | "limiter" | "use" | "signing">,
): Api {
  return createApi({ apiUrl, version, clock, retryBaseMilliseconds, ...way });
}

function unheard(): void {
  // A token that nobody here can renew.
}
