import { projectFile } from "../adding/project.ts";
import { EXIT } from "../errors.ts";
import type { Files, TreeWriter } from "../ports.ts";
import type { Report } from "./context.ts";

export interface InitPorts {
  readonly files: Files;
  readonly tree: TreeWriter;
  /** owner/name from the environment or the git remote; undefined: unknown. */
  readonly repository: string | undefined;
}

/** A file that a repository with credentials has. */
export interface Scaffolded {
  readonly file: string;
  /** `kept`: it was there, and was not touched. */
  readonly outcome: "written" | "kept";
  /** Whether the repository is known: by the environment or the git remote. */
  readonly repository: "known" | "unknown";
}

/** `sealring init`: writes `sealring.yaml`, unless it is there. */
export async function init({ files, tree, repository }: InitPorts): Promise<Report<Scaffolded>> {
  const { path, text } = projectFile(repository);
  const isThere = files.read(path, 0).kind !== "missing";
  if (!isThere) await tree.write(path, new TextEncoder().encode(text));
  const result: Scaffolded = {
    file: path,
    outcome: isThere ? "kept" : "written",
    repository: repository === undefined ? "unknown" : "known",
  };
  return { command: "init", exit: EXIT.done, results: [result], faults: [] };
}
