import type { Choice, Field, Prompt } from "../../src/ports.ts";
import { Secret } from "../../src/secret.ts";

/** Words of a question, and what is answered: a text, `yes` or `no`, or the values that are ticked. */
export type Answer = readonly [words: string, answer: string | readonly string[]];

/** A person at a terminal who gives these answers in turn, and takes no other question. */
export class AskedPerson implements Prompt {
  readonly interactive = true;
  /** What was said against an answer. */
  readonly objections: string[] = [];
  /** The choices of every list, by its question. */
  readonly lists = new Map<string, readonly Choice[]>();
  readonly #answers: Answer[];

  constructor(...answers: Answer[]) {
    this.#answers = answers;
  }

  /** What was not asked. */
  get unasked(): readonly string[] {
    return this.#answers.map(([words]) => words);
  }

  async text(question: string): Promise<string> {
    return String(this.#next(question));
  }

  async hidden(question: string): Promise<Secret> {
    return new Secret(await this.text(question));
  }

  async confirm(question: string, enter: "yes" | "no" = "no"): Promise<boolean> {
    return ((await this.text(question)) || enter) === "yes";
  }

  async field({ question, fallback, judge }: Field): Promise<string> {
    for (;;) {
      const typed = (await this.text(question)).trim() || fallback;
      const objection = judge(typed);
      if (objection === undefined) return typed;
      this.objections.push(objection);
    }
  }

  async select(question: string, choices: readonly Choice[]): Promise<string> {
    this.lists.set(question, choices);
    return oneOf(choices, await this.text(question));
  }

  /** "": as they are ticked from the start. */
  async multiselect(
    question: string,
    choices: readonly Choice[],
    ticked: readonly string[] = [],
  ): Promise<readonly string[]> {
    this.lists.set(question, choices);
    const answer = this.#next(question);
    return answer === "" ? ticked : [answer].flat().map((value) => oneOf(choices, value));
  }

  #next(question: string): string | readonly string[] {
    const [words, answer] = this.#answers.shift() ?? ["nothing more", ""];
    if (!question.includes(words)) throw new Error(`asked "${question}", not for "${words}"`);
    return answer;
  }
}

function oneOf(choices: readonly Choice[], value: string): string {
  if (choices.some((choice) => choice.value === value)) return value;
  throw new Error(`"${value}" is not among ${choices.map((choice) => choice.value).join(", ")}`);
}
