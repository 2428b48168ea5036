import type { Path } from "../../declaration/fault.ts";

/** One step from what a document says to what it shall say. Each stands on those before it. */
export type Change =
  /** A member of a map, new or not, or an item of a list that is there. */
  | { readonly kind: "set"; readonly path: Path; readonly value: unknown; readonly after: readonly string[] }
  /** Into a list, before the item that has this number now. */
  | { readonly kind: "insert"; readonly path: Path; readonly value: unknown }
  | { readonly kind: "remove"; readonly path: Path };

/** Members of a map. */
export type Members = Readonly<Record<string, unknown>>;

/** As few steps as tell it: what two values have in common is not touched. */
export function changesBetween(old: unknown, wanted: unknown, path: Path = []): readonly Change[] {
  if (isSame(old, wanted)) return [];
  if (isMembers(old) && isMembers(wanted)) return changesOfMap(old, wanted, path);
  if (Array.isArray(old) && Array.isArray(wanted) && old.length > 0 && wanted.length > 0)
    return changesOfList(old, wanted, path);
  return [{ kind: "set", path, value: wanted, after: [] }];
}

/** Whether two plain values are the same, in whatever order the members of their maps are. */
export function isSame(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((item, at) => isSame(item, other[at]));
  if (!isMembers(one) || !isMembers(other)) return one === other;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isSame(one[key], other[key]))
  );
}

export function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function changesOfMap(old: Members, wanted: Members, path: Path): readonly Change[] {
  const keys = Object.keys(wanted);
  const removed = Object.keys(old).filter((key) => !Object.hasOwn(wanted, key));
  return [
    ...keys.flatMap((key, at): readonly Change[] => {
      const below = [...path, key];
      if (Object.hasOwn(old, key)) return changesBetween(old[key], wanted[key], below);
      return [{ kind: "set", path: below, value: wanted[key], after: keys.slice(0, at) }];
    }),
    ...removed.map((key): Change => ({ kind: "remove", path: [...path, key] })),
  ];
}

/** What both begin and end with stays; between, item by item. */
function changesOfList(old: readonly unknown[], wanted: readonly unknown[], path: Path): readonly Change[] {
  const most = Math.min(old.length, wanted.length);
  let head = 0;
  while (head < most && isSame(old[head], wanted[head])) head += 1;
  let tail = 0;
  while (tail < most - head && isSame(old.at(-1 - tail), wanted.at(-1 - tail))) tail += 1;
  const both = Array.from({ length: most - tail - head }, (_, at) => head + at);
  const removed = Array.from({ length: old.length - most }, (_, at) => old.length - tail - 1 - at);
  const added = Array.from({ length: wanted.length - most }, (_, at) => most - tail + at);
  return [
    ...both.flatMap((at) => changesBetween(old[at], wanted[at], [...path, at])),
    ...removed.map((at): Change => ({ kind: "remove", path: [...path, at] })),
    ...added.map((at): Change => ({ kind: "insert", path: [...path, at], value: wanted[at] })),
  ];
}
