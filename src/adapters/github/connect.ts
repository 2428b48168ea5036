import type { Project } from "../../declaration/credential.ts";
import { SealringError } from "../../errors.ts";
import type { GitHub } from "../../github.ts";
import type { Access } from "../../github-settings.ts";
import type { HttpClient } from "../../ports.ts";
import { Secret } from "../../secret.ts";
import { createHttpClient } from "../http-client.ts";
import { createAlerts } from "./alerts.ts";
import { normalizeApiUrl, webHostOf } from "./api-url.ts";
import { createArtifacts, MAX_ARTIFACT_BYTES } from "./artifacts.ts";
import type { Site } from "./faults.ts";
import { createJournal } from "./journal.ts";
import { TIMEOUT_MILLISECONDS } from "./options.ts";
import type { GitHubOptions } from "./options.ts";
import { createPast } from "./past.ts";
import { renewCommand } from "./renewal.ts";
import { createRuns } from "./runs.ts";
import { createSettings } from "./settings.ts";
import { createStores } from "./stores.ts";
import { createTokens } from "./tokens.ts";
import { openWays } from "./ways.ts";

const UNTOLD: Access["tokenFrom"] = { secrets: "the caller", journal: "the caller" };
const NO_STYLE: Project["alerts"] = { labels: [], assignees: [] };

/** GitHub over its REST API. Throws `usage` for an address, a repository or a branch that cannot be one. */
export function connectGitHub(options: GitHubOptions): GitHub {
  const apiUrl = normalizeApiUrl(options.apiUrl);
  const site = siteOf(apiUrl, options);
  const { repository, stateBranch: branch } = options;
  refuseOddRepository(repository);
  const ways = openWays(options, { apiUrl, site });
  const { secrets, settings, administration, journal } = ways;
  return {
    access: { webUrl: site.webUrl, tokenFrom: options.tokenFrom ?? UNTOLD },
    stores: createStores(secrets.api, site),
    journal: createJournal(journal.api, { repository, branch, site }),
    runs: createRuns(journal.api, repository, site),
    artifacts: createArtifacts(journal.api, { repository, site, storage: openStorage(options) }),
    alerts: createAlerts(journal.api, { repository, site, ...(options.alerts ?? NO_STYLE) }),
    settings: createSettings({ reading: settings.api, setting: administration.api }, repository, site),
    past: createPast(settings.api, repository, site),
    tokens: createTokens(ways, site, options.clock),
  };
}

function siteOf(apiUrl: string, options: GitHubOptions): Site {
  const host = webHostOf(apiUrl);
  const webUrl = `${new URL(apiUrl).protocol}//${host}`;
  return { webUrl, newToken: newTokenHint({ webUrl, host }, options) };
}

function newTokenHint(
  { webUrl, host }: { readonly webUrl: string; readonly host: string },
  { token, job }: GitHubOptions,
): string {
  if (!(token instanceof Secret)) {
    return `run the command again; if it stays so, look at the App's installation at ${webUrl}/settings/installations`;
  }
  return job === undefined
    ? `set SEALRING_GITHUB_TOKEN to a new token, or run: gh auth login --hostname ${host}`
    : `run: ${renewCommand(job)}`;
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
