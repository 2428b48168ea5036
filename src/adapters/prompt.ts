import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { confirm, isCancel, password, text } from "@clack/prompts";
import { SealringError } from "../errors.ts";
import type { Prompt } from "../ports.ts";
import { Secret } from "../secret.ts";

/** A stream that keeps the process alive while it is open, unless it is told not to. */
type Input = Readable & { readonly isTTY?: boolean; ref?(): unknown; unref?(): unknown };

export interface PromptOptions {
  readonly input: Input;
  /** Questions go here: standard error, so that standard output stays a document. */
  readonly output: Writable;
  /** Under --no-input and in CI: asking throws `usage`. */
  readonly noInput: boolean;
}

/**
 * The `Prompt` port: questions at a terminal. Where the input is a pipe, `text` reads the next line of it, and what needs
 * a person (a hidden value, a yes) throws `usage`.
 */
export function createPrompt(options: PromptOptions): Prompt {
  const { input, output, noInput } = options;
  const interactive = !noInput && input.isTTY === true;
  const nextLine = lineReader(input);
  return {
    interactive,
    async text(question, signal) {
      if (noInput) throw nobodyToAsk(question);
      if (interactive)
        return answered(await text({ message: question, input, output, ...withSignal(signal) }));
      output.write(`${question}:\n`);
      const line = await nextLine(signal);
      if (line === undefined) throw nobodyToAsk(question);
      return line;
    },
    async hidden(question) {
      if (!interactive) throw nobodyToAsk(question);
      // Nothing typed is undefined to the library.
      const typed = answered(await password({ message: question, input, output })) as string | undefined;
      return new Secret(typed ?? "");
    },
    async confirm(question) {
      if (!interactive) throw nobodyToAsk(question);
      return answered(await confirm({ message: question, input, output, initialValue: false }));
    },
  };
}

function withSignal(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}

function answered<Value>(value: Value): Exclude<Value, symbol> {
  if (!isCancel(value)) return value as Exclude<Value, symbol>;
  throw new SealringError("interrupted", "the question was left without an answer", {
    hint: "run the command again",
  });
}

function nobodyToAsk(question: string): SealringError {
  return new SealringError("usage", `nobody is there to ask: ${question}`, {
    hint: "run the command at a terminal, without --no-input, or give the value by its option or environment variable",
  });
}

/** Reads a pipe line by line, only while a line is wanted; undefined at its end, or when the signal is aborted. */
function lineReader(input: Input): (signal?: AbortSignal) => Promise<string | undefined> {
  const lines: string[] = [];
  let reader: ReturnType<typeof createInterface> | undefined;
  let isOver = false;
  return async (signal) => {
    reader ??= createInterface({ input })
      .on("line", (line) => lines.push(line))
      .once("close", () => (isOver = true));
    const open = reader;
    if (lines.length === 0 && !isOver) {
      input.ref?.();
      await nextEvent(open, signal);
      // A paused pipe may go on reading (Node.js 20 does), and whoever holds its other end would hold the process.
      input.unref?.();
    }
    return lines.shift();
  };
}

function nextEvent(
  reader: ReturnType<typeof createInterface>,
  signal: AbortSignal | undefined,
): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      reader.off("line", done).off("close", done).pause();
      signal?.removeEventListener("abort", done);
      resolve();
    };
    reader.once("line", done).once("close", done).resume();
    signal?.addEventListener("abort", done, { once: true });
  });
}
