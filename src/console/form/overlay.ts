import { isMembers, isSame } from "../../adding/amend/changes.ts";
import type { Members } from "../../adding/amend/changes.ts";
import type { Field } from "./field.ts";

/** What a form said when it was filled, and what it says now. */
export interface Said {
  readonly before: Members;
  readonly after: Members;
}

/** What a file shall say: as it was, but for what was changed in the form. What the form does not show stays. */
export function overlaid(fields: readonly Field[], old: Members, { before, after }: Said): Members {
  const known = fields.flatMap(({ key }) => (key in old || key in after ? [key] : []));
  const others = Object.keys(old).filter((key) => fields.every((field) => field.key !== key));
  const members = fields.map((field) => {
    const { [field.key]: was } = before;
    const { [field.key]: is } = after;
    return [field.key, isSame(was, is) ? old[field.key] : changed(field, old[field.key], [was, is])] as const;
  });
  const values = new Map<string, unknown>([...members, ...others.map((key) => [key, old[key]] as const)]);
  return Object.fromEntries(
    [...known, ...others].flatMap((key) => (values.get(key) === undefined ? [] : [[key, values.get(key)]])),
  );
}

function changed(field: Field, old: unknown, [was, is]: readonly [unknown, unknown]): unknown {
  switch (field.kind) {
    case "group":
      return isMembers(old) && isMembers(is) ? inside(field.fields, old, [was, is]) : is;
    case "either":
      return isMembers(old) && isMembers(is) ? inside(field.group.fields, old, [was, is]) : is;
    case "texts":
      return textsIn(old, is);
    case "rows":
      return rowsIn(old, was, is);
    case "map":
      return isMembers(old) && isMembers(is) ? mapIn(old, isMembers(was) ? was : {}, is) : is;
    case "fixed":
    case "text":
    case "number":
    case "flag":
    case "scalar":
    case "choice":
      return is;
  }
}

function inside(fields: readonly Field[], old: Members, [was, is]: readonly [unknown, Members]): Members {
  return overlaid(fields, old, { before: isMembers(was) ? was : {}, after: is });
}

/** In the order in which they were, the new ones last. */
function textsIn(old: unknown, is: unknown): unknown {
  if (!Array.isArray(old) || !Array.isArray(is)) return is;
  const [texts, wanted] = [old as readonly unknown[], is as readonly unknown[]];
  return [
    ...texts.filter((text) => wanted.includes(text)),
    ...wanted.filter((text) => !texts.includes(text)),
  ];
}

/** A row that says the same is as it was. */
function rowsIn(old: unknown, was: unknown, is: unknown): unknown {
  if (!Array.isArray(old) || !Array.isArray(was) || !Array.isArray(is)) return is;
  const [rows, before] = [old as readonly unknown[], was as readonly unknown[]];
  return is.map((row: unknown) => {
    const at = before.findIndex((other) => isSame(other, row));
    return at === -1 ? row : rows[at];
  });
}

function mapIn(old: Members, was: Members, is: Members): Members {
  const odd = Object.entries(old).filter(([key]) => !Object.hasOwn(was, key));
  const members = Object.entries(is).map(([key, value]) => [
    key,
    Object.hasOwn(was, key) && isSame(was[key], value) ? old[key] : value,
  ]);
  return Object.fromEntries([...odd, ...(members as [string, unknown][])]);
}
