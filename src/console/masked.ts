import type { Secret } from "../secret.ts";

const PLACEHOLDER = "[secret]";
/** Shorter values are words, too: hiding them would hide the text around. */
const SHORTEST_SECRET = 6;

/** What must not come out of the console: pages and lines are looked through before they leave. */
export class Masked {
  #values: readonly string[] = [];

  add(secret: Secret): void {
    const value = secret.reveal();
    const forms = [value, escaped(value)].filter((each) => each.length >= SHORTEST_SECRET);
    // Longest first, so that none hides a part of another and leaves the rest.
    this.#values = [...new Set([...this.#values, ...forms])].sort((a, b) => b.length - a.length);
  }

  scrub(text: string): string {
    return this.#values.reduce((clean, value) => clean.replaceAll(value, PLACEHOLDER), text);
  }
}

/** As JSX writes it. */
function escaped(value: string): string {
  return value
    .replaceAll("&", "&amp;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}
