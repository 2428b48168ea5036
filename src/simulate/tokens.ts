import type { Credential } from "../declaration/credential.ts";
import { dueFrom, spreadMarginSeconds } from "../plan.ts";
import { Secret } from "../secret.ts";

/** The tokens of one credential, as its envelope would have them. */
interface Held {
  readonly obtainedAt: number;
  readonly expiresAt: number;
  readonly due: number;
}

/** Nobody reads it: that there is one makes a credential due before it dies idle. */
const SOME_TOKEN = new Secret("");

/** The age of a token set, in milliseconds, at any time: somewhere between a refresh and the next. */
export function ageOf(
  { name, marginSeconds }: Credential,
  lifetimeSeconds: number,
  chance: () => number,
): number {
  const end = new Date(lifetimeSeconds * 1_000);
  const margin = marginSeconds ?? spreadMarginSeconds(name, new Date(0), end);
  return chance() * Math.max(0, lifetimeSeconds - margin) * 1_000;
}

/** What consumers of a credential have, and how long they had to do with an expired token. */
export class Tokens {
  readonly #credential: Credential;
  readonly #lifetime: number;
  #held: Held;
  refreshes = 0;
  expiredMilliseconds = 0;

  /** Times are milliseconds since 1970. */
  constructor(credential: Credential, lifetimeSeconds: number, obtainedAt: number) {
    this.#credential = credential;
    this.#lifetime = lifetimeSeconds * 1_000;
    this.#held = this.#obtained(obtainedAt);
  }

  /** From getting tokens to when they are due. */
  get periodSeconds(): number {
    return (this.#held.due - this.#held.obtainedAt) / 1_000;
  }

  isDue(time: number): boolean {
    return this.#held.due <= time;
  }

  /** New ones are obtained, and have reached consumers when they are published. */
  refresh(time: number, publishedAt: number): void {
    this.#countExpired(publishedAt);
    this.#held = this.#obtained(time);
    this.refreshes += 1;
  }

  end(time: number): void {
    this.#countExpired(time);
  }

  #countExpired(until: number): void {
    this.expiredMilliseconds += Math.max(0, until - this.#held.expiresAt);
  }

  #obtained(obtainedAt: number): Held {
    const expiresAt = obtainedAt + this.#lifetime;
    const tokens = { expiresAt: new Date(expiresAt), refreshExpiresAt: undefined, refreshToken: SOME_TOKEN };
    const facts = { obtainedAt: new Date(obtainedAt), authorizedAt: undefined };
    const due = dueFrom({ credential: this.#credential, tokens, ...facts });
    return { obtainedAt, expiresAt, due: due.getTime() };
  }
}
