import type { Path } from "../../declaration/fault.ts";
import { isMembers, isSame } from "./changes.ts";
import type { Members } from "./changes.ts";

/** A value that two people have changed, each from `base`. */
export interface Three<T = unknown> {
  readonly base: T;
  readonly mine: T;
  readonly theirs: T;
}

/** Both people's changes in one value. */
export interface Merged {
  readonly value: unknown;
  /** What both have changed, each otherwise: there `mine` stands. */
  readonly both: readonly Path[];
}

/** Theirs, with what I have changed. undefined: there is no such member. */
export function merge({ base, mine, theirs }: Three, path: Path = []): Merged {
  if (isSame(base, mine) || isSame(mine, theirs)) return { value: theirs, both: [] };
  if (isSame(base, theirs)) return { value: mine, both: [] };
  if (isMembers(mine) && isMembers(theirs))
    return mergeMaps({ base: isMembers(base) ? base : {}, mine, theirs }, path);
  if (Array.isArray(mine) && Array.isArray(theirs))
    return mergeLists({ base: Array.isArray(base) ? base : [], mine, theirs }, path);
  return { value: mine, both: [path] };
}

function mergeMaps({ base, mine, theirs }: Three<Members>, path: Path): Merged {
  const keys = [...new Set([...Object.keys(theirs), ...Object.keys(mine)])];
  const members = keys.map((key) => {
    const three = { base: memberOf(base, key), mine: memberOf(mine, key), theirs: memberOf(theirs, key) };
    return [key, merge(three, [...path, key])] as const;
  });
  return {
    value: Object.fromEntries(
      members.flatMap(([key, { value }]) => (value === undefined ? [] : [[key, value]])),
    ),
    both: members.flatMap(([, { both }]) => both),
  };
}

function memberOf(members: Members, key: string): unknown {
  return Object.hasOwn(members, key) ? members[key] : undefined;
}

/** Item by item. Of a map that I have changed and that is not there any more, nobody knows which of theirs it became. */
function mergeLists({ base, mine, theirs }: Three<readonly unknown[]>, path: Path): Merged {
  const removed = without(base, mine);
  const isLost = without(removed, theirs).some(isMembers) && without(theirs, base).length > 0;
  if (isLost) return { value: mine, both: [path] };
  const kept = without(theirs, removed);
  return { value: [...kept, ...without(without(mine, base), kept)], both: [] };
}

function without(items: readonly unknown[], others: readonly unknown[]): readonly unknown[] {
  return items.filter((item) => others.every((other) => !isSame(item, other)));
}
