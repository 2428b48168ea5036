import { unzipSync } from "fflate";
import { expect } from "vitest";
import { expectNoCanary } from "../support/canary.ts";
import type { RunReport } from "./actions.ts";
import { REPOSITORY } from "./repository.ts";
import type { RunnerWorld } from "./world.ts";

/** The sandbox's tokens, whichever they are. */
const TOKEN = /\b(access|refresh|device)_[A-Za-z0-9_-]{30}|_sandbox_[0-9a-f]{40}/;
/** Of so many of the newest secrets every form is looked for: base64, hexadecimal and others. */
const LOOKED_FOR = 40;

/**
 * Fails when a secret is in what the runs left where others may look: logs, even before GitHub masks them, summaries, the
 * journal with its history, artifacts and issues.
 */
export function expectNoLeak(world: RunnerWorld, reports: readonly RunReport[]): void {
  const printed = reports
    .flatMap(({ jobs }) => jobs)
    .flatMap(({ job }) => [job.log.raw, job.log.shown, ...job.summaries]);
  const lines = new Set([...printed, world.journal(), ...kept(world)].flatMap((text) => text.split("\n")));
  const text = [...lines].join("\n");
  expect(text).not.toMatch(TOKEN);
  const lasting = [world.clientSecret, world.token];
  expectNoCanary(text, [...lasting, ...world.sightings.all().slice(-LOOKED_FOR)]);
}

function kept(world: RunnerWorld): readonly string[] {
  const { runs, issues } = world.github.repository(REPOSITORY);
  const artifacts = [...runs.values()].flatMap((run) => run.artifacts);
  const files = artifacts.flatMap(({ zip }) => Object.entries(unzipSync(zip)));
  const written = issues.flatMap(({ title, body, comments }) => [
    title,
    body,
    ...comments.map((each) => each.body),
  ]);
  return [...files.flatMap(([path, bytes]) => [path, Buffer.from(bytes).toString()]), ...written];
}
