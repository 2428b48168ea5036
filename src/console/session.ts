import { createHash, timingSafeEqual } from "node:crypto";
import type { Clock, RandomBytes } from "../ports.ts";

const TOKEN_BYTES = 32;
const LINK_SECONDS = 600;

/**
 * Who may use the console: the browser that came first with the one-time link. Its cookie lasts as long as the process;
 * nothing of it is written anywhere.
 */
export class Session {
  /** The token of the one-time link; good once, for ten minutes. */
  readonly linkToken: string;
  /** Stands in every form, so that no other page can send one (OWASP: synchronizer token). */
  readonly formToken: string;
  /** Resolves when a browser has come by the link. */
  readonly entered: Promise<void>;
  readonly #cookie: string;
  readonly #linkUntil: Date;
  #link: "unused" | "used" = "unused";
  #enter: () => void = () => undefined;

  constructor(random: RandomBytes, clock: Clock) {
    const token = () => Buffer.from(random(TOKEN_BYTES)).toString("base64url");
    [this.linkToken, this.formToken, this.#cookie] = [token(), token(), token()];
    this.entered = new Promise((resolve) => (this.#enter = resolve));
    this.#linkUntil = new Date(clock.now().getTime() + LINK_SECONDS * 1_000);
  }

  /** The cookie's value for the one-time link's token; undefined: it is not that token, or not any more. */
  exchange(token: string, now: Date): string | undefined {
    if (this.#link === "used" || now > this.#linkUntil || !isSame(token, this.linkToken)) return undefined;
    this.#link = "used";
    this.#enter();
    return this.#cookie;
  }

  isOpen(cookie: string | undefined): boolean {
    return cookie !== undefined && isSame(cookie, this.#cookie);
  }

  isOwnForm(token: unknown): boolean {
    return typeof token === "string" && isSame(token, this.formToken);
  }
}

/** In a time that does not tell how much of it is right. */
function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
