import type { Project } from "../../declaration/credential.ts";
import { SealringError } from "../../errors.ts";
import type { Access } from "../../github-settings.ts";
import type { SecretSource } from "../../ports.ts";
import type { Secret } from "../../secret.ts";
import { GITHUB_API_URL, normalizeApiUrl, webHostOf } from "./api-url.ts";
import type { AppKey } from "./options.ts";

/** The token that `gh` keeps for a host; undefined when there is no `gh`, or no token. */
export type GhToken = (host: string) => Promise<Secret | undefined>;

export interface AccessOptions {
  /** `github.api_url` of sealring.yaml. */
  readonly declaredApiUrl: string | undefined;
  /** GITHUB_API_URL. */
  readonly environmentApiUrl: string | undefined;
  /** `github.app` of sealring.yaml. */
  readonly app: Project["app"];
  /** A job has the App's key; at home nobody does, and a person's own token stands in for it. */
  readonly runsIn: "job" | "elsewhere";
  readonly secrets: SecretSource;
  readonly ghToken: GhToken;
}

/** Which GitHub to talk to, and with what. */
export interface GitHubAccess {
  readonly apiUrl: string;
  readonly token: Secret | AppKey;
  /** `SEALRING_JOURNAL_TOKEN`, else the same. */
  readonly journalToken: Secret | AppKey;
  readonly tokenFrom: Access["tokenFrom"];
}

const TOKEN_NAMES = ["SEALRING_GITHUB_TOKEN", "GH_TOKEN", "GITHUB_TOKEN"];

const JOURNAL_TOKEN_NAMES = ["SEALRING_JOURNAL_TOKEN"];

/**
 * Finds what opens GitHub: the declared App by its key; else `SEALRING_GITHUB_TOKEN`, else `GH_TOKEN`, else `GITHUB_TOKEN`,
 * else what `gh` keeps for the host. An address that the repository alone names gets only the last: whoever can change
 * sealring.yaml must not be able to send what the environment holds elsewhere. Throws `usage` when there is none.
 */
export async function findGitHubAccess(options: AccessOptions): Promise<GitHubAccess> {
  const trusted = normalizeApiUrl(options.environmentApiUrl ?? GITHUB_API_URL);
  const apiUrl = normalizeApiUrl(options.declaredApiUrl ?? trusted);
  const fromEnvironment = apiUrl === trusted ? ofEnvironment(options) : undefined;
  const own = fromEnvironment ?? (await fromGh(options.ghToken, webHostOf(apiUrl)));
  if (own === undefined) throw apiUrl === trusted ? noToken(apiUrl) : untrustedHost(apiUrl);
  const forJournal = apiUrl === trusted ? firstOf(JOURNAL_TOKEN_NAMES, options.secrets) : undefined;
  const journal = forJournal ?? own;
  const tokenFrom = { secrets: own.from, journal: journal.from };
  return { apiUrl, token: own.token, journalToken: journal.token, tokenFrom };
}

interface Found {
  readonly token: Secret | AppKey;
  /** A variable's name, `gh`, or the App. */
  readonly from: string;
}

function ofEnvironment({ app, runsIn, secrets }: AccessOptions): Found | undefined {
  if (app === undefined) return firstOf(TOKEN_NAMES, secrets);
  const privateKey = firstOf([app.privateKeyName], secrets)?.token;
  if (privateKey !== undefined) return { token: { ...app, privateKey }, from: "the GitHub App" };
  // Better than to use another token than the one that was declared.
  if (runsIn === "job") throw noKey(app.privateKeyName);
  return firstOf(TOKEN_NAMES, secrets);
}

async function fromGh(ghToken: GhToken, host: string): Promise<Found | undefined> {
  const token = await ghToken(host);
  return token && { token, from: "gh" };
}

/** A variable that is set to nothing, as a workflow sets it from a secret that is not there, counts as not set. */
function firstOf(
  names: readonly string[],
  secrets: SecretSource,
): (Found & { readonly token: Secret }) | undefined {
  for (const name of names) {
    const token = secrets.read(name);
    if (token !== undefined && token.reveal() !== "") return { token, from: name };
  }
  return undefined;
}

function noKey(name: string): SealringError {
  return new SealringError("usage", `this job has no ${name}, the private key of the GitHub App`, {
    hint: `hand it to the step as an environment variable, and to the environment: gh secret set ${name} --env <environment> < key.pem`,
  });
}

function noToken(apiUrl: string): SealringError {
  const host = webHostOf(apiUrl);
  return new SealringError("usage", `there is no token for ${host}`, {
    hint: `set SEALRING_GITHUB_TOKEN, or run: gh auth login --hostname ${host}`,
  });
}

function untrustedHost(apiUrl: string): SealringError {
  const host = webHostOf(apiUrl);
  return new SealringError(
    "usage",
    `sealring.yaml names ${apiUrl}, and the environment's token was not given for that host`,
    { hint: `run: gh auth login --hostname ${host}, or set GITHUB_API_URL=${apiUrl} beside the token` },
  );
}
