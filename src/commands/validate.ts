import type { Fault } from "../declaration/fault.ts";
import { loadDeclarations } from "../declaration/load.ts";
import type { LoadRequest } from "../declaration/load.ts";
import { visiblePath } from "../declaration/visible.ts";
import type { Files } from "../ports.ts";

/** What was found of one file. */
export interface CheckedFile {
  readonly file: string;
  /** The credential that it declares; null for `sealring.yaml`, and for a faulty file. */
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

/** Checks declarations, offline. */
export function validate(files: Files, request: LoadRequest): Validation {
  const { credentials, faults, checked } = loadDeclarations(files, request);
  const faulty = new Set(faults.map(({ file }) => file));
  const names = new Map(credentials.map(({ file, name }) => [file, name]));
  const results = checked.map((path): CheckedFile => {
    const file = visiblePath(path);
    return { file, credential: names.get(path) ?? null, outcome: faulty.has(file) ? "faulty" : "valid" };
  });
  return { ok: faults.length === 0, results, faults };
}
