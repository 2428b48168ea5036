import { Hiding, linesOf } from "../hiding.ts";
import type { Secret } from "../secret.ts";
import { changeData } from "./page-data.ts";

/**
 * A word such as a page's own markup has for its fields and addresses: `form_token`, `secret`, `/add`. Hidden there, it would
 * keep nothing and break the page. Nothing that is long or random is one.
 */
const WORD = /^(?:[a-z/_-]{1,24}|[A-Z_]{1,24})$/;

/** Whether a text is such a word. */
export function isWord(text: string): boolean {
  return WORD.test(text);
}

/** What must not come out of the console: pages and lines are looked through before they leave. */
export class Masked {
  readonly #hiding = new Hiding();

  add(secret: Secret): void {
    for (const line of linesOf(secret.reveal())) this.#hiding.add(line);
  }

  /** A line of text. */
  scrub(text: string): string {
    return this.#hiding.scrub(text);
  }

  /** A page, whose markup stays as it is: what people read of it, and what data is among its attributes. */
  scrubPage(html: string): string {
    if (this.#hiding.isEmpty) return html;
    return changeData(html, {
      read: (text) => this.#hiding.scrub(text),
      used: (value) => this.#hiding.scrub(value, isWord),
    });
  }
}
