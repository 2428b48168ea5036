import { fingerprint } from "./old-file.ts";
import type { OldText } from "./old-file.ts";

/** More than anybody has open. */
const MOST_KEPT = 50;

/** The texts that forms were filled from, so that an older form can be told from what others changed meanwhile. */
export class Earlier {
  readonly #kept = new Map<string, OldText>();

  keep(old: OldText): void {
    const key = fingerprint(old);
    // Those that are in use come last.
    this.#kept.delete(key);
    this.#kept.set(key, old);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }

  /** @param was a text's fingerprint; undefined: it is not known any more */
  find(was: string): OldText | undefined {
    const old = this.#kept.get(was);
    if (old !== undefined) this.keep(old);
    return old;
  }
}
