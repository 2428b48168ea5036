import { createHash } from "node:crypto";
import { noRepository } from "../commands/context.ts";
import type { Declared } from "../commands/context.ts";
import { declarationPaths, loadDeclarations, PROJECT_FILE } from "../declaration/load.ts";
import type { Declarations } from "../declaration/load.ts";
import { SealringError } from "../errors.ts";
import type { Files } from "../ports.ts";
import type { ConsolePorts } from "./console.ts";

type Checkout = Pick<ConsolePorts, "files" | "findRepository">;

/** More than a declaration may have. */
const MOST_BYTES = 256 * 1024 + 1;

/** What files came to. Hundreds take ten times as long to judge as to read, and a page that is live asks often. */
const KNOWN = new WeakMap<Files, { readonly seen: string; readonly declarations: Declarations }>();

/** The declarations as they are on disk, read as commands do, but that a faulty file hides no other. */
export function readDeclarations({ files, findRepository }: Checkout): Declarations {
  const repository = findRepository();
  const seen = `${filesSeen({ files })} ${repository ?? ""}`;
  const known = KNOWN.get(files);
  if (known?.seen === seen) return known.declarations;
  const environment = repository === undefined ? {} : { repository };
  const declarations = loadDeclarations(files, { paths: [], environment });
  KNOWN.set(files, { seen, declarations });
  return declarations;
}

/** A fingerprint of every file that declares something. */
export function filesSeen({ files }: Pick<ConsolePorts, "files">): string {
  const hash = createHash("sha256");
  for (const path of declarationPaths(files)) {
    const outcome = files.read(path, MOST_BYTES);
    hash.update(`${path}\0${outcome.kind}\0`);
    if (outcome.kind === "bytes") hash.update(outcome.bytes).update("\0");
  }
  return hash.digest("hex");
}

/**
 * What is declared without a fault, for asking GitHub.
 * @throws SealringError `faulty_declaration` where the project's own file is faulty, `usage` where no repository is known.
 */
export function soundPart({ project, credentials, faults }: Declarations): Declared {
  // With another state branch, say, every credential would look as if nobody had authorized it.
  if (faults.some(({ file }) => file === PROJECT_FILE)) throw faultyProject();
  if (project.repository === undefined) throw noRepository();
  return { project, repository: project.repository, credentials };
}

function faultyProject(): SealringError {
  return new SealringError(
    "faulty_declaration",
    `GitHub is not asked how the credentials are: ${PROJECT_FILE} is faulty`,
    { hint: "repair it: the page of all credentials shows what is wrong" },
  );
}
