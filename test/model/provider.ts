import type { Reply } from "./call.ts";
import { FIRST_LIFETIME_SECONDS, STEP_SECONDS } from "./time.ts";

/**
 * How the model's authorization server rotates. `single_use` ends the grant on reuse, `harmless` is single use and only
 * refuses it; `grace` lasts to the next instant.
 */
export type ServerRotation = "single_use" | "harmless" | "grace" | "none";

/** The grace period of the model's server, in seconds: one instant after the first use, not two. */
export const GRACE_SECONDS = STEP_SECONDS + 100;

/** The authorization server: one family of tokens, the latest consent's. Tokens are numbered as they are issued. */
export interface Provider {
  readonly rotation: ServerRotation;
  readonly lifetimes: "only_first_short" | "all_short";
  readonly issued: number;
  /** The first token of the family. */
  readonly first: number;
  /** The refresh token that works. */
  readonly live: number;
  /** The token that was live before it, and when it was first used; 0: none. */
  readonly before: number;
  readonly usedAt: number;
  readonly state: "alive" | "revoked" | "none";
}

export interface Served {
  readonly provider: Provider;
  readonly reply: Extract<Reply, { kind: "granted" | "refused" }>;
}

const LONG_SECONDS = 1_000_000;

/** A person consents: a new family, in the place of the one before. */
export function consent(provider: Provider): Served {
  return issue({ ...provider, state: "alive", first: provider.issued + 1, before: 0 });
}

/** A refresh token is used at an instant. */
export function serve(provider: Provider, token: number, now: number): Served {
  const refused = { kind: "refused" } as const;
  if (provider.state !== "alive") return { provider, reply: refused };
  if (token === provider.live) return rotate(provider, token, now);
  if (token !== provider.before) return { provider, reply: refused };
  if (provider.rotation === "grace" && (now - provider.usedAt) * STEP_SECONDS < GRACE_SECONDS)
    return issue(provider);
  if (provider.rotation === "harmless") return { provider, reply: refused };
  // Reuse detection (RFC 9700 §4.14.2): the whole family ends.
  return { provider: { ...provider, state: "revoked" }, reply: refused };
}

function rotate(provider: Provider, token: number, now: number): Served {
  if (provider.rotation !== "none") return issue({ ...provider, before: token, usedAt: now });
  const next = { ...provider, issued: provider.issued + 1 };
  return { provider: next, reply: granted(next, undefined) };
}

function issue(provider: Provider): Served {
  const number = provider.issued + 1;
  const next = { ...provider, issued: number, live: number };
  return { provider: next, reply: granted(next, number) };
}

function granted(provider: Provider, refreshToken: number | undefined): Extract<Reply, { kind: "granted" }> {
  const { issued: accessToken, lifetimes } = provider;
  const short = accessToken === 1 || lifetimes === "all_short";
  const lifetimeSeconds = short ? FIRST_LIFETIME_SECONDS : LONG_SECONDS;
  return { kind: "granted", accessToken, refreshToken, lifetimeSeconds };
}
