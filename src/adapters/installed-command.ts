import { appendFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

export interface Installation {
  /** The program that runs the command, and the script that it gets. */
  readonly node: string;
  readonly main: string;
  /** A folder that ends with the job. */
  readonly temporary: string;
  /** The file in which GitHub's runner looks for additions to the PATH, one a line. */
  readonly pathFile: string;
}

const EXECUTABLE = 0o755;

/** Puts a `sealring` command on the PATH of the job's later steps. It needs no Node but the one that runs this. */
export async function installCommand({ node, main, temporary, pathFile }: Installation): Promise<void> {
  const folder = join(temporary, "sealring-bin");
  await mkdir(folder, { recursive: true });
  // `exec`, because the runner signals the step's shell alone.
  const script = `#!/bin/sh\nexec ${quoted(node)} ${quoted(main)} "$@"\n`;
  await writeFile(join(folder, "sealring"), script, { mode: EXECUTABLE });
  await appendFile(pathFile, `${folder}\n`);
}

/** A word for a POSIX shell (POSIX.1-2017, Shell Command Language §2.2.2). */
function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
