import { parseDurationSeconds } from "../duration.ts";
import { SealringError } from "../errors.ts";

/** What commander found among a command's options, by their names in camel case. */
export type Options = Readonly<Record<string, unknown>>;

/** One of these words. @throws SealringError `usage` for another. */
export function choice<Value extends string>(
  options: Options,
  name: string,
  values: readonly Value[],
): Value | undefined {
  const given = options[name];
  if (given === undefined) return undefined;
  const found = values.find((value) => value === given);
  if (found !== undefined) return found;
  throw new SealringError("usage", `--${name} takes one of ${values.join(", ")}`, {
    hint: `for example: --${name} ${values.at(0) ?? ""}`,
  });
}

/** A number from 1 to 1,000. @throws SealringError `usage` for anything else. */
export function lines(options: Options, name: string, fallback: string): number {
  const given = text(options, name) ?? fallback;
  if (/^([1-9][0-9]{0,2}|1000)$/.test(given)) return Number(given);
  throw new SealringError("usage", `--${name} takes a number from 1 to 1000`, {
    hint: `for example: --${name} ${fallback}`,
  });
}

/** Seconds. @throws SealringError `usage` for what is no duration. */
export function duration(options: Options, name: string, fallback: string): number {
  return durationOf(name, text(options, name) ?? fallback);
}

/** The same, where nothing is a choice, too. */
export function optionalDuration(options: Options, name: string): number | undefined {
  const given = text(options, name);
  return given === undefined ? undefined : durationOf(name, given);
}

function durationOf(name: string, given: string): number {
  const seconds = parseDurationSeconds(given);
  if (seconds !== undefined) return seconds;
  throw new SealringError("usage", `--${name} takes a duration`, {
    hint: `for example: --${name} 5m`,
  });
}

/** As given; undefined: not. */
export function text(options: Options, name: string): string | undefined {
  const given = options[name];
  return typeof given === "string" ? given : undefined;
}

/** Of an option that may be given more than once; undefined: not given. */
export function texts(options: Options, name: string): readonly string[] | undefined {
  const given = options[name];
  return Array.isArray(given) ? given.filter((each) => typeof each === "string") : undefined;
}
