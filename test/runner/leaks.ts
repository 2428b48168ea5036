import { unzipSync } from "fflate";
import type { RunReport } from "./actions.ts";
import { REPOSITORY } from "./repository.ts";
import type { RunnerWorld } from "./world.ts";
import { expectNoCanary } from "../support/canary.ts";

/** Fails when a secret is in what a run left where others may look: its logs, even before GitHub masks them, and summaries. */
export function expectQuiet(world: RunnerWorld, { jobs }: RunReport): void {
  const texts = jobs.flatMap(({ job }) => [job.log.raw, job.log.shown, ...job.summaries]);
  expectNoCanary(texts.join("\n"), secretsOf(world));
}

/** The same of everything that a repository keeps: the journal with its history, artifacts, issues. */
export function expectNothingKept(world: RunnerWorld): void {
  const { runs, issues } = world.github.repository(REPOSITORY);
  const artifacts = [...runs.values()].flatMap((run) => run.artifacts);
  const files = artifacts.flatMap(({ name, zip }) => {
    return [
      name,
      ...Object.entries(unzipSync(zip)).flatMap(([path, bytes]) => [path, Buffer.from(bytes).toString()]),
    ];
  });
  const written = issues.flatMap(({ title, body, comments }) => [
    title,
    body,
    ...comments.map((each) => each.body),
  ]);
  expectNoCanary([world.journal(), ...files, ...written].join("\n"), secretsOf(world));
}

function secretsOf(world: RunnerWorld): readonly string[] {
  return world.sightings.all();
}
