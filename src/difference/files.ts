import { posix } from "node:path";
import { blankOf } from "./blank.ts";
import { valueOf } from "./facts.ts";
import type { Facts, Found } from "./facts.ts";
import { diffLines } from "./line-diff.ts";
import type { Change, Item, Remark } from "./plan.ts";
import type { Wanted, WantedFile } from "./wanted.ts";

/** Whether the generated files are in the tree, and on the default branch, as the declarations make them. */
export function fileItems(wanted: Wanted, facts: Facts): readonly Item[] {
  const workflows = wanted.files.filter(({ kind }) => kind === "workflow");
  const action = wanted.files.filter(({ kind }) => kind === "action");
  const folder = folderOf(action);
  const known = new Set(wanted.files.map(({ path }) => path));
  const stale = [...facts.tree].filter(([path, found]) => !known.has(path) && valueOf(found) !== undefined);
  const isOfAction = (path: string) => folder !== undefined && path.startsWith(`${folder}/`);
  const paths = stale.map(([path]) => path);
  return [
    ...workflows.flatMap((file) => written(file, facts.tree.get(file.path))),
    ...paths.filter((path) => !isOfAction(path)).map((path): Change => removal(path)),
    ...(folder === undefined ? [] : placed({ folder, action, stale: paths.filter(isOfAction) }, facts.tree)),
    ...pushItems(wanted.files, facts),
  ];
}

function removal(path: string): Change {
  return { kind: "remove_file", sign: "remove", path };
}

function written(file: WantedFile, found: Found<Uint8Array | undefined> | undefined): readonly Item[] {
  if (found?.kind === "unknown") return [blankOf(file.path, found)];
  const { path, bytes } = file;
  const before = valueOf(found);
  if (before === undefined) return [{ kind: "write_file", sign: "add", path, bytes, diff: [] }];
  if (isSame(before, bytes)) return [];
  return [
    { kind: "write_file", sign: "change", path, bytes, diff: diffLines(textOf(before), textOf(bytes)) },
  ];
}

/** Where the action is; undefined: it is not among the files. */
function folderOf(action: readonly WantedFile[]): string | undefined {
  const definition = action.find(({ path }) => posix.basename(path) === "action.yml");
  return definition && posix.dirname(definition.path);
}

interface Placing {
  readonly folder: string;
  readonly action: readonly WantedFile[];
  readonly stale: readonly string[];
}

/** The action is one thing, of however many files. */
function placed({ folder, action, stale }: Placing, tree: Facts["tree"]): readonly Item[] {
  const found = action.map((file) => ({ file, before: tree.get(file.path) }));
  const definition = tree.get(`${folder}/action.yml`);
  if (definition?.kind === "unknown") return [blankOf(`the action in ${folder}`, definition)];
  const blanks = found.flatMap(({ file, before }) =>
    before?.kind === "unknown" ? [blankOf(file.path, before)] : [],
  );
  const write = found
    .filter(({ file, before }) => before?.kind !== "unknown" && !isSame(valueOf(before), file.bytes))
    .map(({ file: { path, bytes } }) => ({ path, bytes }));
  if (write.length === 0 && stale.length === 0) return blanks;
  const isNew = found.every(({ before }) => valueOf(before) === undefined);
  return [...blanks, { kind: "place_action", sign: isNew ? "add" : "change", folder, write, remove: stale }];
}

/** Git may have checked a file out with other line ends. */
function isSame(before: Uint8Array | undefined, after: Uint8Array): boolean {
  return before !== undefined && withoutReturns(before) === withoutReturns(after);
}

/** What a person commits and pushes; `apply` leaves that to the team's own way of merging. */
function pushItems(files: readonly WantedFile[], { pushed, repository }: Facts): readonly Item[] {
  const wanted = new Map(files.map(({ path, bytes }) => [path, textOf(bytes)]));
  const unknown = [...pushed.values()].find((found) => found.kind === "unknown");
  if (unknown !== undefined) return [blankOf("the generated files on the default branch", unknown)];
  const behind = [...pushed].filter(([path, found]) => valueOf(found) !== wanted.get(path));
  if (behind.length === 0) return [];
  const branch = valueOf(repository)?.defaultBranch ?? "the default branch";
  const remark: Remark = {
    kind: "remark",
    what: `not on ${branch} yet as the declarations make them: ${shortList(behind.map(([path]) => path))}`,
    hint: "commit them with credentials/, and push",
  };
  return [remark];
}

const MOST_NAMED = 3;

function shortList(paths: readonly string[]): string {
  const more = paths.length - MOST_NAMED;
  const named = paths.toSorted().slice(0, MOST_NAMED).join(", ");
  return more > 0 ? `${named} and ${String(more)} more` : named;
}

function withoutReturns(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1").replaceAll("\r\n", "\n");
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
