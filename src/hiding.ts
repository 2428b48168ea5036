/** What stands where a secret was. */
export const PLACEHOLDER = "[secret]";
/** Shorter values are words, too: hiding them would hide the text around. */
const SHORTEST_SECRET = 6;

/** Secrets that must not come out: what leaves is looked through for them. */
export class Hiding {
  /** Longest first, so that none hides a part of another and leaves the rest. */
  #lines: readonly string[] = [];

  /** A line of a secret: texts are looked through line by line. False: there is nothing new to hide. */
  add(line: string): boolean {
    if (line.length < SHORTEST_SECRET || this.#lines.includes(line)) return false;
    this.#lines = [...this.#lines, line].sort((a, b) => b.length - a.length);
    return true;
  }

  get isEmpty(): boolean {
    return this.#lines.length === 0;
  }

  /** `spared`: lines that stay. */
  scrub(text: string, spared: (line: string) => boolean = () => false): string {
    return this.#lines.reduce(
      (clean, line) => (spared(line) ? clean : clean.replaceAll(line, PLACEHOLDER)),
      text,
    );
  }
}

/** A secret such as a private key has several. */
export function linesOf(secret: string): readonly string[] {
  return secret.split(/\r?\n/);
}
