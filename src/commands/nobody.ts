import { SealringError } from "../errors.ts";
import type { Prompt } from "../ports.ts";

/** In place of a person at a terminal: in a job there is none, and the console asks by its pages. */
export const NOBODY: Prompt = {
  interactive: false,
  text: refuse,
  hidden: refuse,
  confirm: refuse,
  field: refuse,
  select: refuse,
  multiselect: refuse,
};

function refuse(): Promise<never> {
  return Promise.reject(new SealringError("usage", "nobody can be asked here"));
}
