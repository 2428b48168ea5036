import { expect } from "vitest";
import type { Sandbox } from "../../src/sandbox/create.ts";
import type { MemoryDisk } from "./job-ports.ts";
import type { RecordingProgress } from "./grant-ports.ts";

/** What a job leaves where others may look. */
interface Left {
  readonly progress: RecordingProgress;
  readonly disk: MemoryDisk;
}

/** The sandbox's tokens, whichever they are. */
const TOKEN = /\b(access|refresh|device)_[A-Za-z0-9_-]{30}/;

/** Fails when the journal, a message of its commits, a line that was said or a box on disk shows a token or a client secret. */
export function expectNoLeak({ github, addresses }: Sandbox, jobs: readonly Left[]): void {
  const { repository } = addresses.github;
  const journal = github
    .commits(repository, "sealring-state")
    .flatMap(({ id, message }) => [message, ...github.filesOf(repository, id).values()]);
  const said = jobs.flatMap(({ progress, disk }) => [...progress.lines, ...disk.boxes.values()]);
  const shown = [...journal, ...said].join("\n");
  expect(shown).not.toMatch(TOKEN);
  expect(shown).not.toContain(addresses.authorization_server.client_secret);
}
