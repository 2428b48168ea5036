import { blankOf } from "./blank.ts";
import { valueOf } from "./facts.ts";
import type { Facts, Found } from "./facts.ts";
import { diffLines } from "./line-diff.ts";
import type { Change, Item, Remark } from "./plan.ts";
import type { Wanted, WantedFile } from "./wanted.ts";

/** Whether the generated files are in the tree, and on the default branch, as the declarations make them. */
export function fileItems({ files }: Wanted, facts: Facts): readonly Item[] {
  const wanted = new Set(files.map(({ path }) => path));
  const stale = [...facts.tree].filter(([path, found]) => !wanted.has(path) && valueOf(found) !== undefined);
  return [
    ...files.flatMap((file) => written(file, facts.tree.get(file.path))),
    ...stale.map(([path]): Change => ({ kind: "remove_file", sign: "remove", path })),
    ...pushItems(files, facts),
  ];
}

function written(file: WantedFile, found: Found<Uint8Array | undefined> | undefined): readonly Item[] {
  if (found?.kind === "unknown") return [blankOf(file.path, found)];
  const { path, bytes } = file;
  const before = valueOf(found);
  if (before === undefined) return [{ kind: "write_file", sign: "add", path, bytes, diff: [] }];
  if (withoutReturns(before) === withoutReturns(bytes)) return [];
  const diff = file.kind === "action" ? [] : diffLines(textOf(before), textOf(bytes));
  return [{ kind: "write_file", sign: "change", path, bytes, diff }];
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

/** Git may have checked a file out with other line ends. */
function withoutReturns(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1").replaceAll("\r\n", "\n");
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
