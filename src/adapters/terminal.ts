import type { Writable } from "node:stream";
import { Hiding, linesOf } from "../hiding.ts";
import type { Progress } from "../ports.ts";

/** Control characters and the sequences that they begin, but for line breaks, tabs and the colours of a report. */
const CONTROLS =
  // eslint-disable-next-line no-control-regex -- these are what it looks for
  /\u001b(?!\[(?:0|1|31|36)m)(?:\[[0-?]*[ -/]*[@-~])?|[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f-\u009f]/g;

/** A string of a JSON document; where a colon follows, it is a key. */
const JSON_STRING = /("(?:[^"\\]|\\.)*")(\s*:)?/g;

export interface TerminalOptions {
  readonly out: Writable;
  readonly err: Writable;
  /** On GitHub Actions the runner is told what to mask, and takes lines that begin with `::` as commands. */
  readonly kind: "plain" | "github_actions";
}

/** Everything that sealring prints. What was masked cannot come out of it, nor what a terminal would act upon. */
export class Terminal implements Progress {
  readonly #options: TerminalOptions;
  readonly #hiding = new Hiding();

  constructor(options: TerminalOptions) {
    this.#options = options;
  }

  mask(secret: { reveal(): string }): void {
    for (const line of linesOf(secret.reveal())) {
      const isNew = this.#hiding.add(withoutControls(line));
      if (isNew && this.#options.kind === "github_actions")
        this.#options.err.write(`::add-mask::${escapeData(line)}\n`);
    }
  }

  say(line: string): void {
    this.error(`${line}\n`);
  }

  /** Standard output: the document, or the answer. */
  print(text: string): void {
    this.#options.out.write(this.#inert(this.#safe(text)));
  }

  /** Standard output, for text that GitHub's runner is meant to act upon. */
  command(text: string): void {
    this.#options.out.write(this.#safe(text));
  }

  /** Standard error: progress, errors and prose. */
  error(text: string): void {
    this.#options.err.write(this.#inert(this.#safe(text)));
  }

  #safe(text: string): string {
    const clean = withoutControls(text);
    if (this.#hiding.isEmpty) return clean;
    return isDocument(clean) ? this.#scrubDocument(clean) : this.#hiding.scrub(clean);
  }

  /** A secret may look like JSON: only values can hold one, and the document stays one. */
  #scrubDocument(text: string): string {
    return text.replace(JSON_STRING, (whole: string, value: string, colon: string | undefined) =>
      colon === undefined ? JSON.stringify(this.#hiding.scrub(String(JSON.parse(value)))) : whole,
    );
  }

  #inert(text: string): string {
    if (this.#options.kind === "plain") return text;
    return text.replace(/^(\s*)::/gm, "$1: :").replace(/##(?=\[)/g, "# #");
  }
}

function withoutControls(text: string): string {
  return text.replace(CONTROLS, "");
}

function isDocument(text: string): boolean {
  if (!text.startsWith("{")) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The runner's own escapes for the data of a workflow command. */
function escapeData(value: string): string {
  return value.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
