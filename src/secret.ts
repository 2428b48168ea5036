import { inspect } from "node:util";
import { PLACEHOLDER } from "./hiding.ts";

/**
 * A value that must not be seen. It prints as `[secret]` wherever it ends up: in a template, in JSON,
 * in `console.log`. Only `reveal()` gives the value, so a search for that word finds every place that reads one.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself. The caller must not print it, log it or put it into an error. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return PLACEHOLDER;
  }

  toJSON(): string {
    return PLACEHOLDER;
  }

  [inspect.custom](): string {
    return PLACEHOLDER;
  }
}
