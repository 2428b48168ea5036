import { SealringError } from "../../errors.ts";
import { plainOf } from "./plain.ts";
import { changesBetween, isSame } from "./changes.ts";
import type { Change } from "./changes.ts";
import { withEndsOf } from "./line-ends.ts";
import { rewritten } from "./rewrite.ts";
import { spliced } from "./splice.ts";

/**
 * The text of a YAML file, brought to say what is wanted. Lines that say the same stay as they are, byte for byte, with
 * their comments.
 * @throws SealringError `usage` where what is shared by aliases, or written in an odd way, stands against that.
 */
export function amend(text: string, wanted: Readonly<Record<string, unknown>>): string {
  const steps = changesBetween(plainOf(text), wanted);
  if (steps.length === 0) return text;
  const amended = steps.reduce(step, text.replaceAll("\r\n", "\n"));
  if (isSame(plainOf(amended), wanted)) return withEndsOf(text, amended);
  throw new SealringError("usage", "the form cannot change this file without harm: parts of it are shared", {
    hint: "edit it as text",
  });
}

/** In place where that can be done, else by writing the whole document anew. */
function step(text: string, change: Change): string {
  const wanted = changed(plainOf(text), change);
  for (const way of [spliced, rewritten]) {
    const done = way(text, change);
    if (done !== undefined && isSame(plainOf(done), wanted)) return done;
  }
  return text;
}

/** The value with one change in it. */
function changed(value: unknown, change: Change): unknown {
  const [key, ...rest] = change.path;
  if (key === undefined) return change.kind === "set" ? change.value : value;
  const below = { ...change, path: rest };
  if (Array.isArray(value)) {
    const at = Number(key);
    if (rest.length > 0 || change.kind === "set") return value.with(at, changed(value[at], below));
    return change.kind === "remove" ? value.toSpliced(at, 1) : value.toSpliced(at, 0, change.value);
  }
  const members = { ...(value as Readonly<Record<string, unknown>>) };
  if (rest.length > 0 || change.kind !== "remove") return { ...members, [key]: changed(members[key], below) };
  const { [key]: removed, ...others } = members;
  return others;
}
