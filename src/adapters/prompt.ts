import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import {
  autocomplete,
  autocompleteMultiselect,
  confirm,
  isCancel,
  multiselect,
  password,
  select,
  text,
} from "@clack/prompts";
import { SealringError } from "../errors.ts";
import type { Choice, Field, Prompt } from "../ports.ts";
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

/** More than these are searched by typing. */
const MOST_WITHOUT_SEARCH = 12;
const LINES_OF_CHOICES = 12;

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
    async confirm(question, enter = "no") {
      if (!interactive) throw nobodyToAsk(question);
      return answered(await confirm({ message: question, input, output, initialValue: enter === "yes" }));
    },
    ...choosing(options, (question) => {
      if (!interactive) throw nobodyToAsk(question);
    }),
  };
}

function choosing(
  { input, output }: Pick<PromptOptions, "input" | "output">,
  needPerson: (question: string) => void,
): Pick<Prompt, "field" | "select" | "multiselect"> {
  return {
    async field(field) {
      needPerson(field.question);
      const typed = answered(await text({ ...fieldOptions(field), input, output }));
      return typed.trim();
    },
    async select(question, choices) {
      needPerson(question);
      const asked = { ...listOptions(question, choices), input, output };
      return answered(await (isLong(choices) ? autocomplete({ ...asked, ...SEARCH }) : select(asked)));
    },
    async multiselect(question, choices, before = []) {
      needPerson(question);
      const list = { ...listOptions(question, choices), initialValues: [...before] };
      const asked = { ...list, input, output, required: false };
      const ticked = answered(await (isLong(choices) ? autocompleteMultiselect(asked) : multiselect(asked)));
      return choices.flatMap(({ value }) => (ticked.includes(value) ? [value] : []));
    },
  };
}

/** Where nothing matches there is nothing to take, which the library would give as undefined. */
const SEARCH = {
  filter: (typed: string, { value = "", label = "", hint = "", always }: Partial<Choice>) =>
    always === true || [value, label, hint].some((text) => text.toLowerCase().includes(typed.toLowerCase())),
  validate: (taken: string | readonly string[] | undefined) =>
    taken === undefined ? "nothing in the list matches what is typed" : undefined,
};

function fieldOptions({ question, fallback, judge }: Field) {
  return {
    message: question,
    placeholder: fallback,
    defaultValue: fallback,
    validate: (typed: string | undefined) =>
      judge(typed === undefined || typed === "" ? fallback : typed.trim()),
  };
}

function listOptions(message: string, choices: readonly Choice[]) {
  return { message, options: choices.map((choice) => ({ ...choice })), maxItems: LINES_OF_CHOICES };
}

function isLong(choices: readonly Choice[]): boolean {
  return choices.length > MOST_WITHOUT_SEARCH;
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
