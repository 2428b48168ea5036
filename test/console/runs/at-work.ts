import { revoke } from "../../../src/commands/revoke.ts";
import { loadDeclarations } from "../../../src/declaration/load.ts";
import type { Conclusion, Run } from "../../../src/sandbox/github/model.ts";
import { generateWorkflows } from "../../../src/workflow/generate.ts";
import { ConsoleWorld } from "../../support/console-world.ts";
import { memoryFiles } from "../../support/memory-files.ts";
import type { JobOptions, World } from "../../support/world.ts";

/** A console on this world's declarations, with the workflow that is generated of them on GitHub. */
export async function consoleAtWork(world: World, options: JobOptions = {}): Promise<ConsoleWorld> {
  const files = Object.fromEntries(
    [...world.declarations].map(([name, yaml]) => [`credentials/${name}.yaml`, yaml]),
  );
  pushWorkflow(world, files);
  return ConsoleWorld.on(world, files, options);
}

function pushWorkflow(world: World, files: Readonly<Record<string, string>>): void {
  const { repository } = world;
  const { project, credentials } = loadDeclarations(memoryFiles(files), {
    paths: [],
    environment: { repository },
  });
  const generated = generateWorkflows({ project, repository, credentials });
  world.sandbox.github.repository(repository).workflows.length = 0;
  world.sandbox.github.commit(repository, {
    branch: "main",
    files: Object.fromEntries(generated.map(({ path, text }) => [path, text])),
    message: "Add the workflow",
  });
}

export function runsOf({ sandbox, repository }: World): readonly Run[] {
  return [...sandbox.github.repository(repository).runs.values()].filter(
    ({ event }) => event === "workflow_dispatch",
  );
}

/** Has the console's looks at runs pass at once, and a runner do this when it looks for the second time. */
export function playRunner(world: World, play: (run: Run) => Promise<void>): void {
  world.clock.othersAreLate = true;
  let looks = 0;
  world.sandbox.github.faults.before("actions/get-workflow-run", async () => {
    looks += 1;
    const run = runsOf(world).at(-1);
    if (looks === 2 && run !== undefined) await play(run);
  });
}

/** What the workflow's job does for its inputs, whatever comes of it. */
export async function playJob(world: World, run: Run, conclusion: Conclusion = "success"): Promise<void> {
  const { command, force } = run.inputs;
  if (command === "revoke") await world.within({ run }, ({ ports }) => revoke(ports, "oura"));
  else if (command === "recover") await world.recover({ run });
  else
    await world.refresh({
      run,
      when: force === "true" || force === true ? "forced" : "due",
      probe: command === "refresh --probe" ? "asked" : "not_asked",
    });
  for (const attempt of run.attempts)
    for (const job of attempt.jobs) if (job.ended) job.ended = { ...job.ended, conclusion };
}

/** Confirms, waits for the end, and gives the operation's page. */
export async function confirm(
  console: ConsoleWorld,
  path: string,
  fields: readonly (readonly [string, string])[] = [],
): Promise<string> {
  const { status, headers, text } = await console.post(path, fields);
  if (status !== 303) throw new Error(`${path} answered ${String(status)}: ${text}`);
  await console.console.operations.settled();
  return (await console.get(headers.get("location") ?? "")).text;
}
