import { expect, it, test } from "vitest";
import { perform } from "../../src/doctor/finding.ts";
import { judgeJob } from "../../src/doctor/job.ts";
import { journalCheck } from "../../src/doctor/journal.ts";
import type { Journal } from "../../src/github.ts";
import { aSubject } from "./subject.ts";

const RUN = { kind: "run", runId: "7", attempt: 1 } as const;
const AT_GITHUB = { webUrl: "https://github.com" };

it.each([
  ["that is named by its id is in order", { ...RUN, jobId: "9" }, AT_GITHUB, "ok"],
  ["without an id holds up the next run", { ...RUN, jobId: undefined }, AT_GITHUB, "warning"],
  [
    "of a GitHub Enterprise Server has none",
    { ...RUN, jobId: undefined },
    { webUrl: "https://ghe.example.com" },
    "ok",
  ],
  ["is not looked for on a laptop", { kind: "process" } as const, AT_GITHUB, "skipped"],
])("a job %s", (_, owner, access, kind) => {
  expect(judgeJob(owner, access).kind).toBe(kind);
});

test.each([
  [
    undefined,
    [],
    "there is no branch sealring-state of acme/credentials yet; the first authorization makes it",
  ],
  [
    "c1",
    ["README.md", "credentials/oura.json"],
    "branch sealring-state of acme/credentials: readable, with 1 credential",
  ],
  ["c1", ["credentials/a.json", "credentials/b.json", "wal/a.json"], /readable, with 2 credentials$/],
])("the journal at %s with %j", async (commit, paths, found) => {
  const head = async () => ({ commit, files: new Map(paths.map((path) => [path, "blob"])) });
  const journal: Partial<Journal> = { head };
  const findings = await perform(journalCheck(aSubject({ github: { journal: journal as Journal } })));
  expect(findings).toEqual([{ kind: "ok", about: "journal", found: expect.stringMatching(found) as string }]);
});
