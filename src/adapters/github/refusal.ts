import type { Clock } from "../../ports.ts";
import { DEFAULT_PAUSE_SECONDS } from "../../github-limits.ts";
import { textOf } from "./outcome.ts";
import type { Headers, Reading, Refusal } from "./outcome.ts";

/** GitHub says these things in its message alone; none has a code of its own. */
const READINGS: readonly (readonly [Reading, RegExp])[] = [
  ["not_fast_forward", /not a fast.?forward/i],
  ["reference_exists", /reference already exists/i],
  ["reference_missing", /reference does not exist/i],
  ["ruleset", /rule violations|protected (ref|branch)/i],
  ["empty_repository", /repository is empty/i],
  ["rate_limit", /rate limit/i],
];

const PERMISSIONS = /^[a-z_]+=(read|write|admin)([,;] ?[a-z_]+=(read|write|admin))*$/;

const SCOPES = /^[a-z_]+(:[a-z_]+)?(, ?[a-z_]+(:[a-z_]+)?)*$/;

export interface RefusedAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly data: unknown;
}

/** Reduces a refusing answer to what sealring acts on; the message goes no further than its reading. */
export function readRefusal(answer: RefusedAnswer, clock: Clock): Refusal {
  const { status, headers } = answer;
  const reading = readingOf(textOf(answer.data, "message") ?? "");
  const limited = isRateLimit({ status, headers, reading });
  return {
    kind: "refused",
    status,
    reading,
    permissions: matching(PERMISSIONS, headers["x-accepted-github-permissions"]),
    scopes: matching(SCOPES, headers["x-accepted-oauth-scopes"]),
    pauseSeconds: limited ? pauseSecondsOf(headers, clock.now()) : undefined,
    needsSso: headers["x-github-sso"] === undefined ? "no" : "yes",
  };
}

/** What a message of GitHub's says, as far as sealring acts on it. */
export function readingOf(message: string): Reading {
  return READINGS.find(([, pattern]) => pattern.test(message))?.[0] ?? "other";
}

function isRateLimit(answer: {
  readonly status: number;
  readonly headers: Headers;
  readonly reading: Reading;
}): boolean {
  if (answer.status === 429) return true;
  if (answer.status !== 403) return false;
  const { headers, reading } = answer;
  return (
    reading === "rate_limit" ||
    headers["retry-after"] !== undefined ||
    headers["x-ratelimit-remaining"] === "0"
  );
}

/** `retry-after` goes first, then the hour's reset, then GitHub's "at least one minute". */
function pauseSecondsOf(headers: Headers, now: Date): number {
  const retryAfter = Number(headers["retry-after"]);
  if (headers["retry-after"] !== undefined && retryAfter >= 0) return retryAfter;
  const reset = Number(headers["x-ratelimit-reset"]);
  // A second later, because the reset is given in whole seconds.
  if (headers["x-ratelimit-remaining"] === "0" && reset > 0)
    return Math.max(1, reset - Math.floor(now.getTime() / 1000) + 1);
  return DEFAULT_PAUSE_SECONDS;
}

/** A header that goes into a message, if it is written as GitHub writes it. */
function matching(pattern: RegExp, value: string | number | undefined): string | undefined {
  return typeof value === "string" && value.length <= 300 && pattern.test(value) ? value : undefined;
}
