/** A JSON object of the journal, read field by field: each reader throws a TypeError for what it does not take. */
export type Fields = Readonly<Record<string, unknown>>;

export function record(value: unknown): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new TypeError("object");
  return value as Fields;
}

export function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError("list");
  return value;
}

/** What is printed later: nothing that a terminal, a runner or a page would take for more than text. */
export function like(form: RegExp, value: unknown): string {
  if (!form.test(text(value))) throw new TypeError(form.source);
  return text(value);
}

export function text(value: unknown): string {
  if (typeof value !== "string") throw new TypeError("text");
  return value;
}

/** Far more than any credential comes to, and far from where numbers stop to count. */
const MAX_COUNT = 1_000_000_000;

export function count(value: unknown): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0 || value > MAX_COUNT) {
    throw new TypeError("count");
  }
  return value;
}

export function instant(value: unknown): Date {
  const date = new Date(text(value));
  if (Number.isNaN(date.getTime())) throw new TypeError("instant");
  return date;
}

export function oneOf<T extends string>(allowed: readonly T[], value: unknown): T {
  const found = allowed.find((item) => item === value);
  if (found === undefined) throw new TypeError(`one of ${allowed.join(", ")}`);
  return found;
}

export function optional<T>(value: unknown, read: (value: unknown) => T): T | undefined {
  return value === null || value === undefined ? undefined : read(value);
}
