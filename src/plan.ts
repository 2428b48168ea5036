import type { Credential } from "./declaration/credential.ts";
import { useFrom } from "./lifetime.ts";
import type { RefreshTokenLife } from "./lifetime.ts";
import type { TokenSet } from "./oauth/token-set.ts";

const WEEK_SECONDS = 7 * 86_400;

/** What a refresh is to do with one credential whose envelope and journal agree. */
export type Step = { readonly kind: "fresh" } | { readonly kind: "publish" } | { readonly kind: "spend" };

export interface PlanInput {
  readonly credential: Credential;
  /** undefined: the envelope's answer could not be read. */
  readonly tokens: TokenSet | undefined;
  readonly obtainedAt: Date;
  /** When a person authorized it; undefined: not known. */
  readonly authorizedAt: Date | undefined;
  /** Outputs are missing at a destination since the last run. */
  readonly unpublished: boolean;
  readonly now: Date;
  /** `due` by the envelope's clock, or because a person forces it. */
  readonly when: "due" | "forced";
}

/** Decides from the envelope, not from the journal, whether a token is due. Pure. */
export function planRefresh(input: PlanInput): Step {
  if (input.when === "forced" || isDue(input)) return { kind: "spend" };
  return { kind: input.unpublished ? "publish" : "fresh" };
}

/** A token of unknown lifetime is due on every run, and a refresh token is used before it dies idle. */
function isDue(input: PlanInput): boolean {
  const { credential, tokens, obtainedAt, now } = input;
  if (tokens?.expiresAt === undefined) return true;
  const marginSeconds = credential.marginSeconds ?? defaultMarginSeconds(obtainedAt, tokens.expiresAt);
  if (tokens.expiresAt.getTime() - now.getTime() <= marginSeconds * 1_000) return true;
  const from = tokens.refreshToken === undefined ? undefined : useFrom(lifeOf(input, tokens));
  return from !== undefined && from <= now;
}

function lifeOf({ credential, obtainedAt, authorizedAt }: PlanInput, tokens: TokenSet): RefreshTokenLife {
  const { refreshExpiresAt } = tokens;
  return { provider: credential.provider, authorizedAt, lastUsedAt: obtainedAt, refreshExpiresAt };
}

/** A third of the lifetime, at most a week: room for several scheduled runs to fail. */
export function defaultMarginSeconds(obtainedAt: Date, expiresAt: Date): number {
  const lifetimeSeconds = Math.max(0, (expiresAt.getTime() - obtainedAt.getTime()) / 1_000);
  return Math.min(lifetimeSeconds / 3, WEEK_SECONDS);
}
