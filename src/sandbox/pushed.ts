import { ownFiles } from "../commands/own-files.ts";
import { loadDeclarations } from "../declaration/load.ts";
import type { Files } from "../ports.ts";
import type { GitHubSandbox } from "./github/sandbox.ts";

const MAX_BYTES = 16 * 1_024 * 1_024;

/**
 * Nothing can be pushed to the sandbox: what is sealring's in a directory counts as pushed to the repository's default
 * branch, as soon as anybody asks. Its workflows are then those of the directory alone.
 */
export function countAsPushed(github: GitHubSandbox, repository: string, files: Files): void {
  const { workflows, defaultBranch: branch } = github.repository(repository);
  workflows.length = 0;
  let pushed: ReadonlyMap<string, string> = new Map();
  github.beforeEach(() => {
    const now = ownTexts(files);
    const changed = changesOf(pushed, now);
    pushed = now;
    if (Object.keys(changed).length === 0) return;
    github.commit(repository, { branch, files: changed, message: "What is in the directory" });
  });
}

function ownTexts(files: Files): ReadonlyMap<string, string> {
  const { project } = loadDeclarations(files, { paths: [], environment: {} });
  return new Map(
    ownFiles(files, project).flatMap((path) => {
      const read = files.read(path, MAX_BYTES);
      return read.kind === "bytes" ? [[path, Buffer.from(read.bytes).toString("utf8")] as const] : [];
    }),
  );
}

type Texts = ReadonlyMap<string, string>;

/** Undefined for what is gone. */
function changesOf(before: Texts, now: Texts): Readonly<Record<string, string | undefined>> {
  const gone = [...before.keys()].filter((path) => !now.has(path)).map((path) => [path, undefined] as const);
  return Object.fromEntries([...gone, ...[...now].filter(([path, text]) => before.get(path) !== text)]);
}
