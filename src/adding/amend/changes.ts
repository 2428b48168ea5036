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

/** Item by item from the front: all before `at` is as wanted. What both have stays, so comments stay with their items. */
function changesOfList(old: readonly unknown[], wanted: readonly unknown[], path: Path): readonly Change[] {
  const changes: Change[] = [];
  let [from, at] = [0, 0];
  while (from < old.length || at < wanted.length) {
    const below = [...path, at];
    const isKept = isSame(old[from], wanted[at]);
    const next = isKept ? "both" : nextOf(old.slice(from), wanted.slice(at));
    if (next === "insert") changes.push({ kind: "insert", path: below, value: wanted[at] });
    else if (next === "remove") changes.push({ kind: "remove", path: below });
    else if (!isKept) changes.push(...changesBetween(old[from], wanted[at], below));
    if (next !== "insert") from += 1;
    if (next !== "remove") at += 1;
  }
  return changes;
}

/** Of two that begin otherwise: whether the first items are one item that has changed, or which of them stands alone. */
function nextOf(old: readonly unknown[], wanted: readonly unknown[]): "both" | "insert" | "remove" {
  if (old.length === 0) return "insert";
  if (wanted.length === 0) return "remove";
  const [gone, fresh] = [old[0], wanted[0]];
  const oldAt = old.findIndex((item) => isSame(item, fresh));
  const wantedAt = wanted.findIndex((item) => isSame(item, gone));
  if (oldAt === -1 && wantedAt === -1) return isMembers(gone) && isMembers(fresh) ? "both" : "insert";
  // The new before the gone: a list that is empty in between could not be amended in its own lines.
  if (oldAt === -1) return "insert";
  return wantedAt === -1 || oldAt <= wantedAt ? "remove" : "insert";
}
