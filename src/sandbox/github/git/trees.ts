import type { ObjectDatabase, ObjectType } from "./objects.ts";

/** One entry of a tree. `mode` is as GitHub writes it, with six digits. */
export interface TreeEntry {
  readonly mode: string;
  readonly name: string;
  readonly id: string;
}

/** A path to set, or with `remove` to take out. */
export type TreeChange =
  | { readonly kind: "set"; readonly path: string; readonly mode: string; readonly id: string }
  | { readonly kind: "remove"; readonly path: string };

const TREE_MODE = "040000";
const SUBMODULE_MODE = "160000";
const ID_BYTES = 20;

/** What kind of object an entry of this mode leads to. */
export function typeOfMode(mode: string): ObjectType {
  if (mode === TREE_MODE) return "tree";
  return mode === SUBMODULE_MODE ? "commit" : "blob";
}

/** A tree's entries, in git's order. */
export function readTree(objects: ObjectDatabase, id: string): readonly TreeEntry[] {
  const bytes = Buffer.from(objects.read("tree", id) ?? []);
  const entries: TreeEntry[] = [];
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(0x20, at);
    const end = bytes.indexOf(0, space);
    entries.push({
      mode: bytes.toString("latin1", at, space).padStart(TREE_MODE.length, "0"),
      name: bytes.toString("utf8", space + 1, end),
      id: bytes.toString("hex", end + 1, end + 1 + ID_BYTES),
    });
    at = end + 1 + ID_BYTES;
  }
  return entries;
}

/** Writes a tree object and returns its id. */
export function writeTree(objects: ObjectDatabase, entries: readonly TreeEntry[]): string {
  const keyed = entries.map((entry) => ({ entry, key: sortKey(entry) }));
  const sorted = keyed.sort((a, b) => Buffer.compare(a.key, b.key));
  const parts = sorted.flatMap(({ entry: { mode, name, id } }) => [
    Buffer.from(`${mode.replace(/^0/, "")} ${name}\0`),
    Buffer.from(id, "hex"),
  ]);
  return objects.write("tree", Buffer.concat(parts));
}

/** git orders a directory as if its name ended in a slash. */
function sortKey(entry: TreeEntry): Buffer {
  return Buffer.from(entry.mode === TREE_MODE ? `${entry.name}/` : entry.name);
}

/** The entry at a path below a tree. */
export function findEntry(objects: ObjectDatabase, tree: string, path: string): TreeEntry | undefined {
  const [name, ...rest] = path.split("/");
  const entry = readTree(objects, tree).find((each) => each.name === name);
  if (entry === undefined || rest.length === 0) return entry;
  return entry.mode === TREE_MODE ? findEntry(objects, entry.id, rest.join("/")) : undefined;
}

/** Every entry below a tree with its whole path, directories before what is in them. */
export function walkTree(objects: ObjectDatabase, tree: string): readonly TreeEntry[] {
  return readTree(objects, tree).flatMap((entry) => {
    if (entry.mode !== TREE_MODE) return [entry];
    const below = walkTree(objects, entry.id).map((each) => ({
      ...each,
      name: `${entry.name}/${each.name}`,
    }));
    return [entry, ...below];
  });
}

/** Writes the tree that comes from another (undefined: the empty one) by changes. A directory left empty goes. */
export function changeTree(
  objects: ObjectDatabase,
  base: string | undefined,
  changes: readonly TreeChange[],
): string {
  const entries = new Map(
    (base === undefined ? [] : readTree(objects, base)).map((entry) => [entry.name, entry]),
  );
  for (const [name, below] of groupByFirstName(changes)) {
    const entry = changedEntry(objects, entries.get(name), { name, below });
    if (entry === undefined) entries.delete(name);
    else entries.set(name, entry);
  }
  return writeTree(objects, [...entries.values()]);
}

function changedEntry(
  objects: ObjectDatabase,
  entry: TreeEntry | undefined,
  { name, below }: { readonly name: string; readonly below: readonly TreeChange[] },
): TreeEntry | undefined {
  const whole = below.findLast((change) => change.path === "");
  if (whole?.kind === "remove") return undefined;
  if (whole?.kind === "set") return { mode: whole.mode, name, id: whole.id };
  const id = changeTree(objects, entry?.mode === TREE_MODE ? entry.id : undefined, below);
  return readTree(objects, id).length === 0 ? undefined : { mode: TREE_MODE, name, id };
}

/** Changes by the first name of their path, each with the rest of it. */
function groupByFirstName(changes: readonly TreeChange[]): ReadonlyMap<string, readonly TreeChange[]> {
  const groups = new Map<string, TreeChange[]>();
  for (const change of changes) {
    const [name = "", ...rest] = change.path.split("/");
    const group = groups.get(name) ?? [];
    group.push({ ...change, path: rest.join("/") });
    groups.set(name, group);
  }
  return groups;
}
