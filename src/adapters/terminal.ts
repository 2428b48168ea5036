import type { Writable } from "node:stream";
import type { Progress } from "../ports.ts";

const PLACEHOLDER = "[secret]";
/** Shorter values are words, too: hiding them would hide the text around. */
const SHORTEST_SECRET = 6;

export interface TerminalOptions {
  readonly out: Writable;
  readonly err: Writable;
  /** On GitHub Actions the runner is told what to mask, and takes lines that begin with `::` as commands. */
  readonly kind: "plain" | "github_actions";
}

/** Everything that sealring prints. What was masked cannot come out of it. */
export class Terminal implements Progress {
  readonly #options: TerminalOptions;
  readonly #secrets = new Set<string>();

  constructor(options: TerminalOptions) {
    this.#options = options;
  }

  mask(secret: { reveal(): string }): void {
    for (const value of secret.reveal().split(/\r?\n/)) {
      if (value.length < SHORTEST_SECRET || this.#secrets.has(value)) continue;
      this.#secrets.add(value);
      if (this.#options.kind === "github_actions")
        this.#options.err.write(`::add-mask::${escapeData(value)}\n`);
    }
  }

  say(line: string): void {
    this.error(`${line}\n`);
  }

  /** Standard output: the document, or the answer. */
  print(text: string): void {
    this.#options.out.write(this.#inert(this.#scrub(text)));
  }

  /** Standard output, for text that GitHub's runner is meant to act upon. */
  command(text: string): void {
    this.#options.out.write(this.#scrub(text));
  }

  /** Standard error: progress, errors and prose. */
  error(text: string): void {
    this.#options.err.write(this.#inert(this.#scrub(text)));
  }

  #scrub(text: string): string {
    let clean = text;
    for (const secret of this.#secrets) clean = clean.replaceAll(secret, PLACEHOLDER);
    return clean;
  }

  #inert(text: string): string {
    return this.#options.kind === "github_actions" ? text.replace(/^(\s*)::/gm, "$1: :") : text;
  }
}

/** The runner's own escapes for the data of a workflow command. */
function escapeData(value: string): string {
  return value.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
