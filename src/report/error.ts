import type { SealringError } from "../errors.ts";
import { wrap } from "./table.ts";

/** What ended a command, for a person: what happened, then the next step. */
export function errorText({ message, hint }: SealringError): string {
  return wrap(`error: ${message}`) + (hint === undefined ? "" : wrap(hint, "  "));
}

/** The same, as a fault of the JSON document. */
export function errorJson({ code, message, hint }: SealringError): object {
  return { code, message, hint: hint ?? null };
}
