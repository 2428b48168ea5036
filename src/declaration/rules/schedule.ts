import type { Finding } from "../fault.ts";

interface Field {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly words: readonly string[];
}

const FIELDS: readonly Field[] = [
  { name: "minute", from: 0, to: 59, words: [] },
  { name: "hour", from: 0, to: 23, words: [] },
  { name: "day of the month", from: 1, to: 31, words: [] },
  { name: "month", from: 1, to: 12, words: "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(" ") },
  { name: "day of the week", from: 0, to: 6, words: "SUN MON TUE WED THU FRI SAT".split(" ") },
];

/** GitHub starts a scheduled workflow at most this often. */
const SHORTEST_MINUTES = 5;

/** What is wrong with a schedule, as GitHub Actions takes it: POSIX cron, five fields, in UTC. */
export function scheduleFinding(schedule: string): Finding | undefined {
  const texts = schedule.split(" ");
  if (texts.length !== FIELDS.length) {
    return fault("a schedule is five fields with single spaces between them", "write it like 17 */6 * * *");
  }
  const values = FIELDS.map((field, index) => valuesOf(texts[index] ?? "", field));
  const wrong = FIELDS.filter((_, index) => values[index] === undefined).map(({ name }) => name);
  if (wrong.length > 0)
    return fault(`the ${wrong.join(" and the ")} cannot be read`, "write it like 17 */6 * * *");
  return tooOften(values[0] ?? new Set(), values[1] ?? new Set())
    ? fault("GitHub starts a schedule every five minutes at most", "write a minute, such as 17 */6 * * *")
    : undefined;
}

/** The minutes of the hour at which a valid schedule starts. */
export function minutesOf(schedule: string): readonly number[] {
  const [text = ""] = schedule.split(" ");
  return FIELDS.slice(0, 1).flatMap((minute) => [...(valuesOf(text, minute) ?? [])]);
}

function valuesOf(text: string, field: Field): ReadonlySet<number> | undefined {
  const values = new Set<number>();
  for (const item of text.split(",")) {
    const range = rangeOf(item, field);
    if (range === undefined) return undefined;
    for (let value = range.from; value <= range.to; value += range.step) values.add(value);
  }
  return values;
}

function rangeOf(item: string, field: Field): { from: number; to: number; step: number } | undefined {
  const match = /^(?:\*|([0-9]{1,2}|[A-Z]{3})(?:-([0-9]{1,2}|[A-Z]{3}))?)(?:\/([1-9][0-9]?))?$/u.exec(item);
  if (match === null) return undefined;
  const [, first, last, every] = match;
  const from = first === undefined ? field.from : numberOf(first, field);
  // `5/15` goes on from 5 to the end; `5` alone is 5.
  const open = first === undefined || (last === undefined && every !== undefined);
  const to = open ? field.to : numberOf(last ?? first, field);
  const step = Number(every ?? "1");
  const fits = from >= field.from && to <= field.to && from <= to;
  return fits ? { from, to, step } : undefined;
}

/** NaN, which fits nowhere, for a word that is no name. */
function numberOf(text: string, { words, from }: Field): number {
  const index = words.indexOf(text);
  return index === -1 ? Number(text) : index + from;
}

function tooOften(minutes: ReadonlySet<number>, hours: ReadonlySet<number>): boolean {
  const sorted = [...minutes].sort((a, b) => a - b);
  const wrapped = hours.size > 1 && sorted[0] !== undefined ? [...sorted, sorted[0] + 60] : sorted;
  return wrapped.some((minute, index) => index > 0 && minute - (wrapped[index - 1] ?? 0) < SHORTEST_MINUTES);
}

function fault(message: string, hint: string): Finding {
  return { rule: "schedule", message, hint };
}
