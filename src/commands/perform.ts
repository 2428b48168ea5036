import { SealringError } from "../errors.ts";
import { createSealer } from "../stores/sealer.ts";
import { prune } from "./perform-prune.ts";
import { publishAgain } from "./perform-publish.ts";
import type { ApplyPorts, Planned } from "./plan.ts";
import { each, ofKind, teller } from "./stage.ts";
import type { ChangeOf, Stage } from "./stage.ts";
import { naming, skipped } from "./step.ts";
import type { Step } from "./step.ts";

/** Makes a plan's changes, those first that others need. One failure stops nothing but what needs it. */
export async function perform(ports: ApplyPorts, planned: Planned): Promise<readonly Step[]> {
  const sealer = createSealer(planned.github.stores);
  const stage: Stage = { ports, planned, sealer, tell: teller(ports, planned.plan.changes.length) };
  const { settings, runs } = planned.github;
  const confining = ofKind(planned, "confine");
  const confined = await each(stage, confining, ({ environment, branch }) =>
    settings.confine(environment, branch),
  );
  const placed = await each(stage, ofKind(planned, "place_action"), (change) => place(ports, change));
  const written = await each(stage, ofKind(planned, "write_file"), ({ path, bytes }) =>
    ports.tree.write(path, bytes),
  );
  const removed = await each(stage, ofKind(planned, "remove_file"), ({ path }) => ports.tree.remove(path));
  const open = new Map(confining.map(({ environment }, index) => [environment, confined[index]]));
  const sealed = await seal(stage, open);
  const enabled = await each(stage, ofKind(planned, "enable"), ({ workflowFile }) =>
    runs.enable(workflowFile),
  );
  planned.ledger.refresh();
  const published = await publishAgain(stage);
  const pruned = await prune(stage);
  return [confined, placed, written, removed, sealed, enabled, published, pruned].flat();
}

async function place({ tree }: ApplyPorts, { write, remove }: ChangeOf<"place_action">): Promise<void> {
  for (const { path, bytes } of write) await tree.write(path, bytes);
  for (const path of remove) await tree.remove(path);
}

/** No secret goes into an environment that could not be made, or closed to other branches. */
async function seal(stage: Stage, confined: ReadonlyMap<string, Step | undefined>): Promise<readonly Step[]> {
  const changes = ofKind(stage.planned, "seal");
  const blocked = changes.flatMap((change) => {
    const { target } = change;
    const error = target.kind === "environment" ? confined.get(target.environment)?.error : undefined;
    return error === undefined ? [] : [{ change, step: skipped(naming(change), error) }];
  });
  for (const { step } of blocked) stage.tell(step);
  const rest = changes.filter((change) => !blocked.some((other) => other.change === change));
  const sealed = await each(stage, rest, (change) => sealOne(stage, change));
  return [...blocked.map(({ step }) => step), ...sealed];
}

async function sealOne({ ports, sealer }: Stage, { target, secretName }: ChangeOf<"seal">): Promise<void> {
  const value = ports.secrets.read(secretName);
  if (value === undefined) {
    throw new SealringError("usage", `${secretName} is not set any more`, { hint: "run: sealring plan" });
  }
  await sealer.sealAndPut(target, secretName, value);
}
