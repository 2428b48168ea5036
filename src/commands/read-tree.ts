import { posix } from "node:path";
import type { Facts, Found, Unknown } from "../difference/facts.ts";
import type { Wanted } from "../difference/wanted.ts";
import type { FileOutcome, Files } from "../ports.ts";
import { WORKFLOW_FOLDER } from "../workflow/generate.ts";
import { headerOf } from "../workflow/head.ts";

const MAX_BYTES = 16 * 1_024 * 1_024;

/** Of a generated workflow. */
export const WORKFLOW_NAME = /^sealring(-[0-9]{1,4})?\.yml$/;

/** The first line of the action's `action.yml`. */
const ACTION_BEGINNING = /^name: sealring\r?\n/;

/** What sealring has ever bundled. */
export const BUNDLED_NAME = /^(?:[\w.-]+\.mjs|THIRD_PARTY_LICENSES\.txt|\.gitattributes)$/;

/**
 * The files that are wanted, as they are in the tree, and those of sealring's own that are wanted no more. What lies
 * behind a symbolic link is not known, whatever it leads to.
 */
export function readTree(files: Files, wanted: Wanted): Facts["tree"] {
  const known = new Set(wanted.files.map(({ path }) => path));
  const stale = [...staleWorkflows(files, wanted), ...staleActionFiles(files, wanted)];
  const taken = takenFolder(files, wanted);
  return new Map([
    ...wanted.files.map(
      ({ path, kind }) => [path, (kind === "action" ? taken : undefined) ?? find(files, path)] as const,
    ),
    ...stale.filter((path) => !known.has(path)).map((path) => [path, find(files, path)] as const),
  ]);
}

/** Only those that this repository's header says are generated. */
function staleWorkflows(files: Files, { repository }: Wanted): readonly string[] {
  const names = namesIn(files, WORKFLOW_FOLDER).filter((name) => WORKFLOW_NAME.test(name));
  const paths = names.map((name) => `${WORKFLOW_FOLDER}/${name}`);
  return paths.filter((path) => textIn(files, path).startsWith(headerOf(repository)));
}

/** What an earlier version of the action had in the folders that are its own. */
function staleActionFiles(files: Files, wanted: Wanted): readonly string[] {
  const definition = definitionOf(wanted);
  if (definition === undefined || !isOurs(files, definition)) return [];
  const action = wanted.files.filter(({ kind }) => kind === "action");
  const folders = new Set(action.map(({ path }) => posix.dirname(path)));
  folders.delete(posix.dirname(definition));
  return [...folders]
    .flatMap((folder) => namesIn(files, folder).map((name) => ({ path: `${folder}/${name}`, name })))
    .filter(({ path, name }) => BUNDLED_NAME.test(name) && files.read(path, MAX_BYTES).kind === "bytes")
    .map(({ path }) => path);
}

/** Why the action is not placed in its folder: something else lives there. undefined: nothing does. */
function takenFolder(files: Files, wanted: Wanted): Unknown | undefined {
  const definition = definitionOf(wanted);
  if (definition === undefined || isOurs(files, definition)) return undefined;
  const folder = posix.dirname(definition);
  const [first] = namesIn(files, folder);
  if (first === undefined) return undefined;
  const reason = `${folder} holds what is not sealring's: ${first}`;
  const hint = "give the action a folder of its own: action: ./.github/actions/sealring";
  return { kind: "unknown", code: "usage", reason, hint };
}

function definitionOf({ files }: Wanted): string | undefined {
  return files.find(({ kind, path }) => kind === "action" && posix.basename(path) === "action.yml")?.path;
}

function isOurs(files: Files, definition: string): boolean {
  return ACTION_BEGINNING.test(textIn(files, definition));
}

function namesIn(files: Files, folder: string): readonly string[] {
  return files.isLinked(folder) ? [] : files.list(folder);
}

function textIn(files: Files, path: string): string {
  const outcome = files.read(path, MAX_BYTES);
  return outcome.kind === "bytes" ? new TextDecoder().decode(outcome.bytes) : "";
}

function find(files: Files, path: string): Found<Uint8Array | undefined> {
  if (!files.isLinked(path)) return foundOf(path, files.read(path, MAX_BYTES));
  const reason = `a symbolic link is on the way to ${path}`;
  return { kind: "unknown", code: "usage", reason, hint: "remove the link, and run: sealring apply" };
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
