import { createHash } from "node:crypto";
import type { Credential } from "./declaration/credential.ts";
import { useFrom } from "./lifetime.ts";
import type { RefreshTokenLife } from "./lifetime.ts";
import type { TokenSet } from "./oauth/token-set.ts";

const WEEK_SECONDS = 7 * 86_400;
const ALWAYS = new Date(0);
/** The last instant that there is. */
const NEVER = new Date(8.64e15);

/** What a refresh is to do with one credential whose envelope and journal agree. */
export type Step = { readonly kind: "fresh" } | { readonly kind: "publish" } | { readonly kind: "spend" };

/** What decides when a credential is due. */
export interface DueInput {
  readonly credential: Pick<Credential, "name" | "marginSeconds" | "provider" | "grant">;
  /** undefined: the envelope's answer could not be read. */
  readonly tokens: Pick<TokenSet, "expiresAt" | "refreshExpiresAt" | "refreshToken"> | undefined;
  readonly obtainedAt: Date;
  /** When a person authorized it; undefined: not known. */
  readonly authorizedAt: Date | undefined;
}

export interface PlanInput extends DueInput {
  /** Outputs are missing at a destination since the last run. */
  readonly unpublished: boolean;
  readonly now: Date;
  /** `due` by the envelope's clock, or because a person forces it. */
  readonly when: "due" | "forced";
}

/** Decides from the envelope, not from the journal, whether a token is due. Pure. */
export function planRefresh(input: PlanInput): Step {
  if (input.when === "forced" || dueFrom(input) <= input.now) return { kind: "spend" };
  return { kind: input.unpublished ? "publish" : "fresh" };
}

/**
 * From when on it is due. A token of unknown lifetime is on every run, unless there is nothing to renew it with, and a
 * refresh token is used before it dies idle.
 */
export function dueFrom(input: DueInput): Date {
  const { tokens } = input;
  if (tokens === undefined) return ALWAYS;
  const from = endOfUse(input, tokens);
  const idleFrom = tokens.refreshToken === undefined ? undefined : useFrom(lifeOf(input, tokens));
  return idleFrom !== undefined && idleFrom < from ? idleFrom : from;
}

type Lifetimes = NonNullable<DueInput["tokens"]>;

function endOfUse({ credential, obtainedAt }: DueInput, { expiresAt, refreshToken }: Lifetimes): Date {
  if (expiresAt !== undefined) {
    const seconds = credential.marginSeconds ?? spreadMarginSeconds(credential.name, obtainedAt, expiresAt);
    return new Date(expiresAt.getTime() - seconds * 1_000);
  }
  if (credential.provider.answer.expiry === "never") return NEVER;
  return refreshToken === undefined && credential.grant !== "client_credentials" ? NEVER : ALWAYS;
}

function lifeOf(
  { credential, obtainedAt, authorizedAt }: DueInput,
  { refreshExpiresAt }: Pick<TokenSet, "refreshExpiresAt">,
): RefreshTokenLife {
  return { provider: credential.provider, authorizedAt, lastUsedAt: obtainedAt, refreshExpiresAt };
}

/** A third of the lifetime, at most a week: room for several scheduled runs to fail. */
export function defaultMarginSeconds(obtainedAt: Date, expiresAt: Date): number {
  const lifetimeSeconds = Math.max(0, (expiresAt.getTime() - obtainedAt.getTime()) / 1_000);
  return Math.min(lifetimeSeconds / 3, WEEK_SECONDS);
}

/**
 * The default margin and up to a quarter more, by a hash of the name, so that what was authorized together does not stay
 * due together. A declared margin is taken at its word.
 */
export function spreadMarginSeconds(name: string, obtainedAt: Date, expiresAt: Date): number {
  const share = createHash("sha256").update(name).digest().readUInt32BE(0) / 2 ** 32;
  return defaultMarginSeconds(obtainedAt, expiresAt) * (1 + share / 4);
}
