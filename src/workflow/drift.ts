import type { Fault, Finding } from "../declaration/fault.ts";
import { Source } from "../declaration/source.ts";
import type { Files } from "../ports.ts";
import { generateWorkflows, WORKFLOW_FOLDER } from "./generate.ts";
import { headerOf } from "./head.ts";
import type { Declared } from "./source.ts";

/** More than GitHub takes. */
const MAX_BYTES = 1_000_000;

/** What became of the workflow files that sealring once wrote for a repository. */
export interface Drift {
  /** The files that were looked at; none where there is no workflow yet. */
  readonly checked: readonly string[];
  /** At most one for a file. */
  readonly faults: readonly Fault[];
}

/**
 * Compares the workflow files of the tree with what the declarations make of them. Files that do not begin with this
 * repository's header are nobody's business here: a fork's, or ones that were written by hand.
 */
export function workflowDrift(files: Files, declared: Declared): Drift {
  const found = ownFiles(files, declared.repository);
  if (found.size === 0) return { checked: [], faults: [] };
  const wanted = new Map(generateWorkflows(declared).map(({ path, text }) => [path, text]));
  const paths = [...new Set([...found.keys(), ...wanted.keys()])];
  const faults = paths.flatMap((path) => faultOf(path, found.get(path), wanted.get(path)) ?? []);
  return { checked: paths, faults };
}

/** The text of each file with sealring's header, by its path. */
function ownFiles(files: Files, repository: string): ReadonlyMap<string, string> {
  const names = files.list(WORKFLOW_FOLDER).filter((name) => /^sealring(?:-[0-9]+)?\.yml$/.test(name));
  const texts = names.flatMap((name): readonly [string, string][] => {
    const path = `${WORKFLOW_FOLDER}/${name}`;
    const outcome = files.read(path, MAX_BYTES);
    if (outcome.kind !== "bytes") return [];
    // Git may have checked it out with other line ends.
    return [[path, new TextDecoder().decode(outcome.bytes).replaceAll("\r\n", "\n")]];
  });
  return new Map(texts.filter(([, text]) => text.startsWith(`${headerOf(repository)}\n`)));
}

function faultOf(path: string, found: string | undefined, wanted: string | undefined): Fault | undefined {
  if (found === wanted) return undefined;
  const source = new Source(path, found ?? "");
  if (found === undefined) return source.at(drift("this workflow file is missing"), [0, 0]);
  if (wanted === undefined) return source.at(drift("no credential has its job in this file"), [0, 0]);
  return source.at(drift("this is not what the declarations make of it"), differingLine(found, wanted));
}

/** The first line that differs, as offsets of the text in the tree. */
function differingLine(found: string, wanted: string): readonly [start: number, end: number] {
  const others = wanted.split("\n");
  let start = 0;
  for (const [index, line] of found.split("\n").entries()) {
    if (line !== others[index]) return [start, start + line.length];
    start += line.length + 1;
  }
  return [found.length, found.length];
}

function drift(message: string): Finding {
  return { rule: "workflow-drift", message, hint: "run: sealring apply" };
}
