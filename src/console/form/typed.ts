/** The name and the text of an input. */
export type Entry = readonly [name: string, text: string];

/** What stands in a form, by the names of its inputs: members below each other with `/` between, rows by number. */
export class Typed {
  readonly #texts = new Map<string, string[]>();
  readonly #rows = new Map<string, Set<number>>();

  readonly entries: readonly Entry[];

  constructor(entries: readonly Entry[]) {
    this.entries = entries;
    for (const [name, text] of entries) {
      this.#texts.set(name, [...(this.#texts.get(name) ?? []), text]);
      this.#noteRows(name.split("/"));
    }
  }

  /** Empty where there is no such input. */
  one(name: string): string {
    return this.#texts.get(name)?.[0] ?? "";
  }

  all(name: string): readonly string[] {
    return this.#texts.get(name) ?? [];
  }

  /** The numbers of the rows below a name, in their order. */
  rows(name: string): readonly number[] {
    return [...(this.#rows.get(name) ?? [])].sort((a, b) => a - b);
  }

  /** Whether something stands in an input of this name, or below it. */
  holds(name: string): boolean {
    return [...this.#texts].some(
      ([other, texts]) =>
        (other === name || other.startsWith(`${name}/`)) && texts.some((text) => text !== ""),
    );
  }

  #noteRows(parts: readonly string[]): void {
    for (const [at, part] of parts.entries()) {
      if (!/^[0-9]{1,4}$/.test(part)) continue;
      const above = parts.slice(0, at).join("/");
      this.#rows.set(above, (this.#rows.get(above) ?? new Set()).add(Number(part)));
    }
  }
}
