import type { Project } from "../../declaration/credential.ts";
import { SealringError } from "../../errors.ts";
import type { Access, GitHub, Turn } from "../../github.ts";
import type { Clock, HttpClient } from "../../ports.ts";
import type { Secret } from "../../secret.ts";
import { createHttpClient } from "../http-client.ts";
import { createApi } from "./api.ts";
import type { Api, ApiOptions } from "./api.ts";
import { normalizeApiUrl, webHostOf } from "./api-url.ts";
import { createJournal } from "./journal.ts";
import type { Site } from "./faults.ts";
import { Limiter } from "./limiter.ts";
import { readStanding } from "./predecessor.ts";
import type { Predecessor } from "./predecessor.ts";
import { renewCommand, watchExpiry } from "./renewal.ts";
import type { Job } from "./renewal.ts";
import { createAlerts } from "./alerts.ts";
import { createArtifacts, MAX_ARTIFACT_BYTES } from "./artifacts.ts";
import { createPast } from "./past.ts";
import { createRuns } from "./runs.ts";
import { createSettings } from "./settings.ts";
import { createStores } from "./stores.ts";
import { createTokens } from "./tokens.ts";
import { createTransport } from "./transport.ts";
import type { TransportOptions } from "./transport.ts";

const TIMEOUT_MILLISECONDS = 20_000;
const RETRY_BASE_MILLISECONDS = 250;
const UNTOLD: Access["tokenFrom"] = { secrets: "the caller", journal: "the caller" };
const NO_STYLE: Project["alerts"] = { labels: [], assignees: [] };

export interface GitHubOptions {
  readonly apiUrl: string;
  /** owner/name: the repository of the journal and of the workflow runs. */
  readonly repository: string;
  readonly stateBranch: string;
  /** For secrets. */
  readonly token: Secret;
  /** For the journal and the runs; may be the same. */
  readonly journalToken: Secret;
  /** Where the tokens were found; not told where not given. */
  readonly tokenFrom?: Access["tokenFrom"];
  /** Where this is one: it is told in time that `token` ends, and how to renew it. */
  readonly job?: Job | undefined;
  /** What the issues for owners get; none where not given. */
  readonly alerts?: Project["alerts"];
  /** sealring's version, for the User-Agent. */
  readonly version: string;
  readonly clock: Clock;
  /** Reads HTTPS_PROXY, HTTP_PROXY and NO_PROXY, in capitals or not. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether another job of the workflow used the tokens just before; `alone` where not given. */
  readonly turn?: Turn | undefined;
  /** For one request, to the last byte of its answer; 20 seconds where not given. */
  readonly timeoutMilliseconds?: number;
  /** Before a repeatable request is sent again; 250 where not given. */
  readonly retryBaseMilliseconds?: number;
}

/** GitHub over its REST API. Throws `usage` for an address, a repository or a branch that cannot be one. */
export function connectGitHub(options: GitHubOptions): GitHub {
  const apiUrl = normalizeApiUrl(options.apiUrl);
  const site = siteOf(apiUrl, options.job);
  const { repository, stateBranch: branch } = options;
  refuseOddRepository(repository);
  const limiterOf = (token: Secret) => new Limiter(options.clock, predecessorOf(options, apiUrl, token));
  const limiter = limiterOf(options.token);
  // GitHub counts by token: one that serves both must not have two budgets.
  const sameToken = options.token.reveal() === options.journalToken.reveal();
  const journalLimiter = sameToken ? limiter : limiterOf(options.journalToken);
  const noteExpiry = options.job === undefined ? unheard : watchExpiry(options.clock, options.job);
  const api = openApi(options, apiUrl, { token: options.token, limiter, noteExpiry, use: "secrets" });
  const journalApi = openApi(options, apiUrl, {
    token: options.journalToken,
    limiter: journalLimiter,
    noteExpiry: sameToken ? noteExpiry : unheard,
    use: "journal",
  });
  const held = {
    secrets: { token: options.token, api },
    journal: { token: options.journalToken, api: journalApi },
  };
  return {
    access: { webUrl: site.webUrl, tokenFrom: options.tokenFrom ?? UNTOLD },
    stores: createStores(api, site),
    journal: createJournal(journalApi, { repository, branch, site }),
    runs: createRuns(journalApi, repository, site),
    artifacts: createArtifacts(journalApi, { repository, site, storage: openStorage(options) }),
    alerts: createAlerts(journalApi, { repository, site, ...(options.alerts ?? NO_STYLE) }),
    settings: createSettings(api, repository, site),
    past: createPast(api, repository, site),
    tokens: createTokens(held, site, options.clock),
  };
}

function predecessorOf(
  { turn, env, timeoutMilliseconds }: GitHubOptions,
  apiUrl: string,
  token: Secret,
): Predecessor {
  if (turn !== "after_another") return { kind: "nobody" };
  const way = { apiUrl, token, env, noteExpiry: unheard };
  const transport = createTransport({
    ...way,
    timeoutMilliseconds: timeoutMilliseconds ?? TIMEOUT_MILLISECONDS,
  });
  return { kind: "another_job", standing: () => readStanding(transport, apiUrl) };
}

function siteOf(apiUrl: string, job: Job | undefined): Site {
  const host = webHostOf(apiUrl);
  const newToken =
    job === undefined
      ? `set SEALRING_GITHUB_TOKEN to a new token, or run: gh auth login --hostname ${host}`
      : `run: ${renewCommand(job)}`;
  return { webUrl: `${new URL(apiUrl).protocol}//${host}`, newToken };
}

function unheard(): void {
  // A token that nobody here can renew.
}

type Way = Pick<ApiOptions, "limiter" | "use"> & Pick<TransportOptions, "token" | "noteExpiry">;

function openApi(options: GitHubOptions, apiUrl: string, { token, limiter, use, noteExpiry }: Way): Api {
  const { clock, version, env } = options;
  const timeoutMilliseconds = options.timeoutMilliseconds ?? TIMEOUT_MILLISECONDS;
  return createApi({
    apiUrl,
    version,
    clock,
    limiter,
    use,
    transport: createTransport({ apiUrl, token, env, timeoutMilliseconds, noteExpiry }),
    retryBaseMilliseconds: options.retryBaseMilliseconds ?? RETRY_BASE_MILLISECONDS,
  });
}

/** The way to where GitHub keeps artifacts: another host, which gets no token. */
function openStorage({ env, timeoutMilliseconds = TIMEOUT_MILLISECONDS }: GitHubOptions): HttpClient {
  return createHttpClient({ env, timeoutMilliseconds, maxAnswerBytes: MAX_ARTIFACT_BYTES });
}

function refuseOddRepository(repository: string): void {
  if (/^[A-Za-z0-9-]+\/(?!\.{1,2}$)[A-Za-z0-9_.-]+$/.test(repository)) return;
  throw new SealringError("usage", "the repository is not of the form owner/name", {
    hint: "set repository in sealring.yaml, or GITHUB_REPOSITORY",
  });
}
