import type { Fault } from "../declaration/fault.ts";
import { loadDeclarations } from "../declaration/load.ts";
import type { Declarations, LoadRequest } from "../declaration/load.ts";
import { visiblePath } from "../declaration/visible.ts";
import type { Files } from "../ports.ts";
import { workflowDrift } from "../workflow/drift.ts";
import type { Drift } from "../workflow/drift.ts";

/** What was found of one file. */
export interface CheckedFile {
  readonly file: string;
  /** The credential that it declares; null for `sealring.yaml`, a workflow file, and a faulty file. */
  readonly credential: string | null;
  readonly outcome: "valid" | "faulty";
}

/** What `sealring validate` found. It ends with exit code 2 unless `ok`. */
export interface Validation {
  readonly ok: boolean;
  /** One for each file that was checked. */
  readonly results: readonly CheckedFile[];
  readonly faults: readonly Fault[];
}

/** Checks declarations, offline; where all of them are meant and in order, the workflow that was made of them as well. */
export function validate(files: Files, request: LoadRequest): Validation {
  const declarations = loadDeclarations(files, request);
  const drift = request.paths.length === 0 ? driftOf(files, declarations) : NO_DRIFT;
  const faults = [...declarations.faults, ...drift.faults];
  const faulty = new Set(faults.map(({ file }) => file));
  const names = new Map(declarations.credentials.map(({ file, name }) => [file, name]));
  const results = [...declarations.checked, ...drift.checked].map((path): CheckedFile => {
    const file = visiblePath(path);
    return { file, credential: names.get(path) ?? null, outcome: faulty.has(file) ? "faulty" : "valid" };
  });
  return { ok: faults.length === 0, results, faults };
}

const NO_DRIFT: Drift = { checked: [], faults: [] };

function driftOf(files: Files, { project, credentials, faults }: Declarations): Drift {
  if (project.repository === undefined || faults.length > 0) return NO_DRIFT;
  return workflowDrift(files, { project, repository: project.repository, credentials });
}
