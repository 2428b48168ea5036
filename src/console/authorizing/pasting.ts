import { SealringError } from "../../errors.ts";

/** Hands a form's text to work that has asked for it. Nothing of it is kept. */
export class Pasting {
  #give: ((text: string) => void) | undefined;

  /** What the next form brings; throws `interrupted` when the signal is aborted before. */
  ask(signal?: AbortSignal): Promise<string> {
    return new Promise((resolve, reject) => {
      const end = () => {
        reject(new SealringError("interrupted", "nobody pasted an address"));
      };
      if (signal?.aborted === true) end();
      signal?.addEventListener("abort", end, { once: true });
      this.#give = resolve;
    });
  }

  /** A text that nobody has asked for goes nowhere. */
  give(text: string): void {
    this.#give?.(text);
    this.#give = undefined;
  }
}
