import type { Secret } from "../secret.ts";
import { changeData } from "./page-data.ts";

const PLACEHOLDER = "[secret]";
/** Shorter values are words, too: hiding them would hide the text around. */
const SHORTEST_SECRET = 6;

/**
 * A word such as a page's own markup has for its fields and addresses: `form_token`, `secret`, `/add`. Hidden there, it would
 * keep nothing and break the page. Nothing that is long or random is one.
 */
const WORD = /^(?:[a-z/_-]{1,24}|[A-Z_]{1,24})$/;

/** What must not come out of the console: pages and lines are looked through before they leave. */
export class Masked {
  #values: readonly string[] = [];

  add(secret: Secret): void {
    const value = secret.reveal();
    if (value.length < SHORTEST_SECRET) return;
    // Longest first, so that none hides a part of another and leaves the rest.
    this.#values = [...new Set([...this.#values, value])].sort((a, b) => b.length - a.length);
  }

  /** A line of text. */
  scrub(text: string): string {
    return hidden(text, this.#values);
  }

  /** A page, whose markup stays as it is: what people read of it, and what data is among its attributes. */
  scrubPage(html: string): string {
    if (this.#values.length === 0) return html;
    const strange = this.#values.filter((value) => !WORD.test(value));
    return changeData(html, {
      read: (text) => hidden(text, this.#values),
      used: (value) => hidden(value, strange),
    });
  }
}

function hidden(text: string, values: readonly string[]): string {
  return values.reduce((clean, value) => clean.replaceAll(value, PLACEHOLDER), text);
}
