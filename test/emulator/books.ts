import { randomBytes } from "node:crypto";
import type { Declared } from "./declared.ts";
import { Refused } from "./wire.ts";

/** What a person allowed, once. */
export interface Grant {
  readonly scopes: readonly string[];
  /** The redirect URI that its request named; undefined: it came without a browser. */
  readonly redirect: string | undefined;
  readonly since: Date;
  readonly tokens: RefreshToken[];
  ended: boolean;
}

export interface RefreshToken {
  readonly value: string;
  readonly grant: Grant;
  readonly issuedAt: Date;
  usedAt: Date | undefined;
  /** Another has taken its place. */
  replacedAt: Date | undefined;
}

interface AccessToken {
  readonly value: string;
  readonly grant: Grant;
  readonly endsAt: Date | undefined;
}

/** A refresh as the server saw it. `live`: the newest of its grant; `spare`: replaced, and it works still. */
export interface Renewal {
  readonly presented: string;
  readonly standing: "live" | "spare" | "spent" | "dead" | "stranger";
  readonly outcome: "granted" | "refused";
}

/** How long an access token lasts where the provider's facts do not say, in seconds. */
const USUAL_LIFETIME_SECONDS = 3_600;

/** What the server knows: grants, tokens, and every refresh that was tried. */
export class Books {
  readonly renewals: Renewal[] = [];
  /** Why requests were refused, for the reader of a failed test. */
  readonly refusals: string[] = [];
  readonly #declared: Declared;
  readonly #now: () => Date;
  readonly #grants: Grant[] = [];
  readonly #refreshTokens = new Map<string, RefreshToken>();
  readonly #accessTokens = new Map<string, AccessToken>();
  /** False: access tokens are given out that do not work. */
  issuesWorkingTokens = true;
  #renewed = 0;

  constructor(declared: Declared, now: () => Date) {
    this.#declared = declared;
    this.#now = now;
  }

  get lifetimeSeconds(): number {
    return this.#declared.access_token_lifetime_seconds ?? USUAL_LIFETIME_SECONDS;
  }

  get grants(): readonly Grant[] {
    return this.#grants;
  }

  /** The newest refresh token of the newest grant; undefined where there is none, or it has ended. */
  liveToken(): string | undefined {
    const grant = this.#grants.at(-1);
    return grant?.ended === false ? grant.tokens.at(-1)?.value : undefined;
  }

  open(scopes: readonly string[], redirect?: string): Grant {
    const grant = { scopes, redirect, since: this.#now(), tokens: [], ended: false };
    this.#grants.push(grant);
    return grant;
  }

  issueAccess(grant: Grant, value: string): void {
    const endless = this.#declared.access_token_expires === false;
    const endsAt = endless ? undefined : new Date(this.#now().getTime() + this.lifetimeSeconds * 1_000);
    if (this.issuesWorkingTokens) this.#accessTokens.set(value, { value, grant, endsAt });
  }

  issueRefresh(grant: Grant, value = `rt-${randomBytes(18).toString("base64url")}`): string {
    const token = { value, grant, issuedAt: this.#now(), usedAt: undefined, replacedAt: undefined };
    grant.tokens.push(token);
    this.#refreshTokens.set(value, token);
    return value;
  }

  /** The grant of an access token that works. */
  access(value: string): Grant | undefined {
    const token = this.#accessTokens.get(value);
    if (token === undefined || token.grant.ended) return undefined;
    return token.endsAt !== undefined && token.endsAt <= this.#now() ? undefined : token.grant;
  }

  /** undefined: an access token has no end. */
  endOf(value: string): Date | undefined {
    return this.#accessTokens.get(value)?.endsAt;
  }

  /** The grant that a refresh token was given out for, whether it works or not. */
  grantOf(refreshToken: string): Grant | undefined {
    return this.#refreshTokens.get(refreshToken)?.grant;
  }

  /** Ends the grant of a token of either kind. A stranger is none (RFC 7009 §2.2). */
  end(value: string): void {
    const { grant } = this.#refreshTokens.get(value) ?? this.#accessTokens.get(value) ?? {};
    if (grant !== undefined) grant.ended = true;
  }

  /** Takes a refresh token, and does to it what the provider's rotation does. Throws `invalid_grant`. */
  renew(presented: string): { readonly grant: Grant; readonly next: "new" | "same" } {
    const token = this.#refreshTokens.get(presented);
    const standing = token === undefined ? "stranger" : this.#standing(token);
    const granted = standing === "live" || standing === "spare";
    this.renewals.push({ presented, standing, outcome: granted ? "granted" : "refused" });
    if (token === undefined || !granted) {
      if (standing === "spent" && token !== undefined && this.#declared.reuse !== "harmless")
        token.grant.ended = true;
      throw new Refused("invalid_grant", `the refresh token is ${standing}`);
    }
    this.#renewed += 1;
    token.usedAt = this.#now();
    const next = this.#next();
    if (next === "new") token.replacedAt ??= this.#now();
    return { grant: token.grant, next };
  }

  #next(): "new" | "same" {
    const { rotation } = this.#declared;
    if (rotation === "none") return "same";
    return rotation === "optional" && this.#renewed % 2 === 1 ? "same" : "new";
  }

  #standing(token: RefreshToken): Renewal["standing"] {
    if (token.grant.ended || this.#hasRunOut(token)) return "dead";
    if (token.replacedAt === undefined) return token.grant.tokens.at(-1) === token ? "live" : "spare";
    const { rotation, rotation_grace_seconds: grace = 0 } = this.#declared;
    if (rotation === "old_stays_valid") return "spare";
    if (rotation === "grace" && this.#secondsSince(token.replacedAt) < grace) return "spare";
    return "spent";
  }

  #hasRunOut({ grant, usedAt, issuedAt }: RefreshToken): boolean {
    const { refresh_token_lifetime_seconds: whole, refresh_token_idle_seconds: idle } = this.#declared;
    return (
      this.#secondsSince(grant.since) >= (whole ?? Infinity) ||
      this.#secondsSince(usedAt ?? issuedAt) >= (idle ?? Infinity)
    );
  }

  #secondsSince(then: Date): number {
    return (this.#now().getTime() - then.getTime()) / 1_000;
  }
}
