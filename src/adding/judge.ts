import { posix } from "node:path";
import type { Credential, Project } from "../declaration/credential.ts";
import type { Fault } from "../declaration/fault.ts";
import { declarationPaths, loadDeclarations } from "../declaration/load.ts";
import { visiblePath } from "../declaration/visible.ts";
import type { Files } from "../ports.ts";
import type { NewFile } from "./document.ts";
import type { Told } from "./told.ts";

/** What a new file is judged beside. */
export interface Surroundings {
  readonly files: Files;
  /** owner/name of this repository; undefined: unknown. */
  readonly repository: string | undefined;
}

/** What the loader has to say of a file. */
export interface Judgement {
  readonly faults: readonly Fault[];
  /** undefined: it has faults. */
  readonly credential: Credential | undefined;
  readonly project: Project;
}

/** The loader's faults of a file that is not written yet. */
export function faultsOfNew(around: Surroundings, file: NewFile): readonly Fault[] {
  return judge(around, file).faults;
}

/**
 * Judges a file, new or changed, as if it were written. It is read last, so that what two files share is its fault.
 */
export function judge({ files, repository }: Surroundings, { path: declared, text }: NewFile): Judgement {
  // A name may be anything before it is judged, `../x` too.
  const file = { path: posix.normalize(declared), text };
  const environment = repository === undefined ? {} : { repository };
  const paths = [...declarationPaths(files).filter((path) => path !== file.path), file.path];
  const { faults, credentials, project } = loadDeclarations(withFile(files, file), { paths, environment });
  return {
    faults: faults.filter((fault) => fault.file === visiblePath(file.path)),
    credential: credentials.find((each) => each.file === file.path),
    project,
  };
}

function withFile(files: Files, { path, text }: NewFile): Files {
  const bytes = new TextEncoder().encode(text);
  return {
    read: (asked, maxBytes) => (asked === path ? { kind: "bytes", bytes } : files.read(asked, maxBytes)),
    list: (directory) => files.list(directory),
    isLinked: (asked) => asked !== path && files.isLinked(asked),
  };
}

/** What is missing has no place of its own. */
export const MISSING: Readonly<Partial<Record<Fault["rule"], string>>> = {
  "offline-scope": "scopes",
  "redirect-uri": "redirect_uri",
};

/** The member of a credential's file that a fault is in: a key at the file's margin. */
export function memberOf({ text }: NewFile, { line, rule }: Fault): string | undefined {
  const missing = MISSING[rule];
  if (missing !== undefined) return missing;
  const above = text.split("\n").slice(0, line);
  return above.flatMap((each) => /^([a-z_]+):/.exec(each)?.[1] ?? []).at(-1);
}

const MEMBERS: Readonly<Record<keyof Told, string>> = {
  name: "name",
  description: "description",
  owner: "owner",
  rotation: "provider",
  parameters: "provider_parameters",
  grant: "grant",
  redirectUri: "redirect_uri",
  clientId: "client",
  client: "client",
  scopes: "scopes",
  outputs: "outputs",
  destinations: "destinations",
  environment: "environment",
};

/** The members of the file that were told already, the provider among them. */
export function membersTold(told: Told): readonly string[] {
  const keys = Object.keys(MEMBERS) as (keyof Told)[];
  return ["provider", ...keys.filter((key) => told[key] !== undefined).map((key) => MEMBERS[key])];
}
