import { posix } from "node:path";
import type { Facts, Found } from "../difference/facts.ts";
import type { Wanted } from "../difference/wanted.ts";
import type { FileOutcome, Files } from "../ports.ts";
import { WORKFLOW_FOLDER } from "../workflow/generate.ts";
import { headerOf } from "../workflow/head.ts";

const MAX_BYTES = 16 * 1_024 * 1_024;

const WORKFLOW_NAME = /^sealring(-[0-9]{1,4})?\.yml$/;

/** The first line of the action's `action.yml`. */
const ACTION_BEGINNING = "name: sealring\n";

/** The files that are wanted, as they are in the tree, and those of sealring's own that are wanted no more. */
export function readTree(files: Files, wanted: Wanted): Facts["tree"] {
  const paths = wanted.files.map(({ path }) => path);
  const known = new Set(paths);
  const stale = [...staleWorkflows(files, wanted), ...staleActionFiles(files, wanted)];
  return new Map(
    [...paths, ...stale.filter((path) => !known.has(path))].map((path) => [
      path,
      foundOf(path, files.read(path, MAX_BYTES)),
    ]),
  );
}

/** Only those that this repository's header says are generated. */
function staleWorkflows(files: Files, { repository }: Wanted): readonly string[] {
  const names = files.list(WORKFLOW_FOLDER).filter((name) => WORKFLOW_NAME.test(name));
  const paths = names.map((name) => `${WORKFLOW_FOLDER}/${name}`);
  return paths.filter((path) => textIn(files, path).startsWith(headerOf(repository)));
}

/** What an earlier version of the action had in the folders that are its own. */
function staleActionFiles(files: Files, { files: wanted }: Wanted): readonly string[] {
  const action = wanted.filter(({ kind }) => kind === "action").map(({ path }) => path);
  const definition = action.find((path) => posix.basename(path) === "action.yml");
  if (definition === undefined || !textIn(files, definition).startsWith(ACTION_BEGINNING)) return [];
  const folders = new Set(action.map((path) => posix.dirname(path)));
  folders.delete(posix.dirname(definition));
  return [...folders]
    .flatMap((folder) => files.list(folder).map((name) => `${folder}/${name}`))
    .filter((path) => files.read(path, MAX_BYTES).kind === "bytes");
}

function textIn(files: Files, path: string): string {
  const outcome = files.read(path, MAX_BYTES);
  return outcome.kind === "bytes" ? new TextDecoder().decode(outcome.bytes) : "";
}

function foundOf(path: string, outcome: FileOutcome): Found<Uint8Array | undefined> {
  switch (outcome.kind) {
    case "bytes":
      return { kind: "known", value: outcome.bytes };
    case "missing":
      return { kind: "known", value: undefined };
    case "directory":
    case "outside":
    case "too_large":
    case "unreadable": {
      const reason = `${path} cannot be read (${outcome.kind.replace("_", " ")})`;
      return { kind: "unknown", code: "usage", reason, hint: `move away what is there: ${path}` };
    }
  }
}
