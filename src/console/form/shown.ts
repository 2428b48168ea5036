import type { Typed } from "./typed.ts";

/** What is wrong with a field. */
export interface FieldFault {
  readonly message: string;
  readonly hint: string;
}

/** A form as it is shown: what stands in it, and what is wrong with it, by the inputs' names. */
export interface Shown {
  readonly typed: Typed;
  readonly faults: ReadonlyMap<string, readonly FieldFault[]>;
  /** What nothing keeps from being saved, and a person should know, by the inputs' names. */
  readonly warnings: ReadonlyMap<string, string>;
  /** The list for which another row was asked; undefined: none. */
  readonly more: string | undefined;
}

/** Of an input; no other part of a page has such an id. */
export function inputId(name: string): string {
  return `in:${name}`;
}

export function faultId(name: string): string {
  return `${name}:fault`;
}

export function helpId(name: string): string {
  return `${name}:help`;
}

/** What tells an input's readers of its help and its faults. */
export function described(
  name: string,
  shown: Shown,
  help: string,
): Readonly<Record<string, string | undefined>> {
  const isFaulty = shown.faults.has(name);
  const ids = [...(help === "" ? [] : [helpId(name)]), ...(isFaulty ? [faultId(name)] : [])];
  return {
    "aria-describedby": ids.length === 0 ? undefined : ids.join(" "),
    "aria-invalid": isFaulty ? "true" : undefined,
  };
}

/** Whether something at a name, or below it, was typed or is wrong. */
export function isInUse(name: string, shown: Shown): boolean {
  return shown.typed.holds(name) || isFaulty(name, shown);
}

/** Whether something at a name, or below it, is wrong. */
export function isFaulty(name: string, { faults }: Pick<Shown, "faults">): boolean {
  return [...faults.keys()].some((each) => each === name || each.startsWith(`${name}/`));
}
