import { formatDuration } from "../../duration.ts";
import { SealringError } from "../../errors.ts";
import type { Lost, Refusal } from "./outcome.ts";
import { permissionsInWords } from "../../permissions.ts";

/** Which GitHub is asked, for hints. */
export interface Site {
  /** `https://github.com`: where its pages are. */
  readonly webUrl: string;
  /** How whoever reads a hint gives sealring another token. */
  readonly newToken: string;
}

/** What was asked of GitHub, for messages: `secrets of environment sealring of acme/credentials`. */
export interface Asked {
  readonly what: string;
  readonly site: Site;
  /** What else a 404 may mean here, and how to mend it. */
  readonly absent?: { readonly message: string; readonly hint: string };
}

/** The error for an outcome that is no answer: what happened, and what to do about it. */
export function faultOf(outcome: Refusal | Lost, asked: Asked): SealringError {
  if (outcome.kind === "lost") {
    return new SealringError("transient", `GitHub did not answer for the ${asked.what} (${outcome.code})`, {
      hint: "run the command again; if it stays so, check GITHUB_API_URL and the network",
    });
  }
  if (outcome.pauseSeconds !== undefined) return rateLimited(outcome.pauseSeconds);
  if (outcome.status >= 500 || outcome.status === 408 || outcome.status === 409)
    return serverFault(outcome, asked);
  if (outcome.needsSso === "yes") return needsSso(asked);
  switch (outcome.status) {
    case 401:
      return badToken(asked);
    case 403:
    case 404:
      return forbidden(outcome, asked);
    default:
      return refused(outcome, asked);
  }
}

/** GitHub answered, but not what its API describes. */
export function unreadable(asked: Asked): SealringError {
  return new SealringError(
    "transient",
    `GitHub's answer for the ${asked.what} lacks what its API describes`,
    {
      hint: "look at https://www.githubstatus.com, then run the command again",
    },
  );
}

function rateLimited(seconds: number): SealringError {
  return new SealringError(
    "rate_limited",
    `GitHub's rate limit is used up for ${formatDuration(Math.ceil(seconds))}`,
    {
      hint: "nothing to do: the next scheduled run goes on",
    },
  );
}

function serverFault(outcome: Refusal, asked: Asked): SealringError {
  return new SealringError(
    "transient",
    `GitHub failed on the ${asked.what} (HTTP ${String(outcome.status)})`,
    {
      hint: "nothing to do: the next run tries again; https://www.githubstatus.com says how GitHub is",
    },
  );
}

function needsSso(asked: Asked): SealringError {
  return new SealringError("store_refused", `GitHub wants single sign-on for the ${asked.what}`, {
    hint: `authorize the token for the organization at ${asked.site.webUrl}/settings/tokens ("Configure SSO")`,
  });
}

function badToken(asked: Asked): SealringError {
  return new SealringError(
    "store_refused",
    "GitHub does not know the token: it is wrong, expired or revoked",
    { hint: asked.site.newToken },
  );
}

/** A token without a permission gets 403, or 404 where it must not even learn that the thing exists. */
function forbidden(outcome: Refusal, asked: Asked): SealringError {
  const needs = needsInWords(outcome);
  const hint = permissionHint(outcome, asked);
  if (outcome.status === 403) {
    return new SealringError("store_refused", `the token may not use the ${asked.what}${needs}`, { hint });
  }
  const { message, hint: way } = asked.absent ?? { message: "it does not exist", hint: "check its name" };
  return new SealringError(
    "store_refused",
    `GitHub finds no ${asked.what}: ${message}, or the token may not see it${needs}`,
    {
      hint: `${way}; else ${hint}`,
    },
  );
}

function needsInWords({ permissions, scopes }: Refusal): string {
  if (permissions !== undefined) return `; it needs the permission ${permissionsInWords(permissions)}`;
  return scopes === undefined ? "" : `; it needs the scope ${scopes}`;
}

function permissionHint(outcome: Refusal, asked: Asked): string {
  const page = `${asked.site.webUrl}/settings/personal-access-tokens`;
  const give = `give the token that permission at ${page} (or the App, and accept it for the installation)`;
  // The one trap that everybody falls into: no `permissions:` key of a workflow covers secrets.
  return /secrets|environments/.test(outcome.permissions ?? "")
    ? `${give}; a workflow's own GITHUB_TOKEN can never write secrets, so set SEALRING_GITHUB_TOKEN`
    : give;
}

function refused(outcome: Refusal, asked: Asked): SealringError {
  return new SealringError(
    "store_refused",
    `GitHub refuses the ${asked.what} (HTTP ${String(outcome.status)})`,
    {
      hint: "compare the names in the declaration with what is on GitHub",
    },
  );
}
