import { posix } from "node:path";
import type { Files } from "../ports.ts";
import type { Credential, Project } from "./credential.ts";
import { credentialOf, draftOf } from "./draft.ts";
import type { Draft } from "./draft.ts";
import type { Fault } from "./fault.ts";
import { validateCredential, validateProject } from "./generated/validators.js";
import { open } from "./open.ts";
import type { Opened } from "./open.ts";
import { projectOf } from "./project.ts";
import { faultsAcross } from "./rules/across.ts";
import { MAX_FAULTS } from "./source.ts";
import { visiblePath } from "./visible.ts";

/** The whole repository's declaration, where it has one. */
export const PROJECT_FILE = "sealring.yaml";
const FOLDER = "credentials";

export interface LoadRequest {
  /** Relative to the repository; none: `sealring.yaml` and every `credentials/*.yaml` and `.yml`. */
  readonly paths: readonly string[];
  /** owner/name, as the surroundings tell it. */
  readonly environment: { readonly repository?: string };
}

/** What a repository declares, and everything that is wrong with it. */
export interface Declarations {
  readonly project: Project;
  /** Those of files without a fault, in the order of `checked`. */
  readonly credentials: readonly Credential[];
  /** In the order of `checked`, and of the lines in each. At most 100 for a file. */
  readonly faults: readonly Fault[];
  /** The files that were looked at. */
  readonly checked: readonly string[];
}

/** Reads and judges declarations. Synchronous, offline, and never throws for what is in a file. */
export function loadDeclarations(files: Files, request: LoadRequest): Declarations {
  const paths =
    request.paths.length === 0 ? declarationPaths(files) : [...new Set(request.paths.map(normal))];
  const { project, faults: projectFaults } = projectOf(openProject(files, paths), request.environment);
  const drafts = paths.filter((path) => path !== PROJECT_FILE).map((path) => openDraft(files, path, project));
  const faults = [
    ...(paths.includes(PROJECT_FILE) ? projectFaults : []),
    ...drafts.flatMap((draft) => draft.faults),
    ...faultsAcross(drafts, project),
    ...(paths.length === 0 ? [NOTHING] : []),
  ];
  const told = inOrder(faults, paths);
  const faulty = new Set(told.map(({ file }) => file));
  const credentials = drafts
    .filter(({ source }) => !faulty.has(visiblePath(source.file)))
    .flatMap((draft) => credentialOf(draft) ?? []);
  return { project, credentials, faults: told, checked: paths };
}

/** Every file that declares something, relative to the repository. */
export function declarationPaths(files: Files): readonly string[] {
  const credentials = files.list(FOLDER).filter((name) => /\.ya?ml$/u.test(name));
  const project = files.list(".").filter((name) => name === PROJECT_FILE);
  return [...project, ...credentials.map((name) => `${FOLDER}/${name}`)];
}

function normal(path: string): string {
  return posix.normalize(path);
}

/** The project counts for the credentials even where only they are asked about. */
function openProject(files: Files, paths: readonly string[]): Opened | undefined {
  const there = paths.includes(PROJECT_FILE) || files.list(".").includes(PROJECT_FILE);
  return there ? open(files, PROJECT_FILE, { kind: "project", validate: validateProject }) : undefined;
}

function openDraft(files: Files, path: string, project: Project): Draft {
  return draftOf(open(files, path, { kind: "credential", validate: validateCredential }), project);
}

/** By file and place, what is told twice once, and no more of one file than a person would read. */
function inOrder(faults: readonly Fault[], paths: readonly string[]): readonly Fault[] {
  const byFile = new Map<string, Fault[]>(paths.map((path) => [visiblePath(path), []]));
  for (const fault of faults) {
    const same = byFile.get(fault.file);
    if (same === undefined) byFile.set(fault.file, [fault]);
    else if (!same.some((other) => saysTheSame(other, fault))) same.push(fault);
  }
  return [...byFile.values()].flatMap((same) => {
    const sorted = same.sort((a, b) => a.line - b.line || a.column - b.column);
    const last = sorted[MAX_FAULTS];
    return last === undefined ? sorted : [...sorted.slice(0, MAX_FAULTS), { ...last, ...MORE }];
  });
}

function saysTheSame(one: Fault, other: Fault): boolean {
  if (one.rule !== other.rule || one.line !== other.line) return false;
  return one.rule === "literal-secret" || (one.column === other.column && one.message === other.message);
}

const MORE = {
  rule: "more-faults",
  message: "there is more that is wrong with this file",
  hint: "repair what is told, and run: sealring validate",
} as const;

const NOTHING: Fault = {
  rule: "no-declarations",
  message: `there is neither ${PROJECT_FILE} nor a file in ${FOLDER}/`,
  hint: "add credentials/<name>.yaml, or set the directory with -C",
  file: FOLDER,
  line: 1,
  column: 1,
  endLine: 1,
  endColumn: 1,
  frame: "",
};
