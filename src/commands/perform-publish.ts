import { valueOf } from "../difference/facts.ts";
import { SealringError } from "../errors.ts";
import { unpublishedKey } from "../stores/targets.ts";
import { jobPlaces, placeIn } from "../workflow/generate.ts";
import { named } from "./context.ts";
import { each, ofKind } from "./stage.ts";
import type { ChangeOf, Stage } from "./stage.ts";
import { attempt } from "./step.ts";
import type { Step } from "./step.ts";

type Publish = ChangeOf<"publish">;

/**
 * Only a job can open an envelope: the journal is told what is to be published, and the workflow is started once, so that
 * nobody waits for its schedule.
 */
export async function publishAgain(stage: Stage): Promise<readonly Step[]> {
  const changes = ofKind(stage.planned, "publish");
  const notes = new Map<string, Promise<void>>();
  const steps = await each(stage, changes, ({ credential }) => {
    const note = notes.get(credential) ?? noteUnpublished(stage, credential, changes);
    notes.set(credential, note);
    return note;
  });
  const noted = changes.filter((_, index) => steps[index]?.outcome === "done");
  return [...steps, ...(await startWorkflows(stage, new Set(noted.map(({ credential }) => credential))))];
}

/** All of a credential's outputs in one write of its file; never while somebody is at it. */
async function noteUnpublished(
  { planned: { ledger } }: Stage,
  credential: string,
  changes: readonly Publish[],
): Promise<void> {
  const entry = await ledger.read(credential);
  if (entry?.phase !== "committed" || entry.intent !== undefined) throw busy(credential);
  const keys = changes
    .filter((change) => change.credential === credential)
    .map(({ target, secretName }) => unpublishedKey(target, secretName));
  const unpublished = [...new Set([...entry.unpublished, ...keys])];
  const event = { kind: "to_publish", generation: entry.generation } as const;
  if ((await ledger.write({ ...entry, unpublished }, event)) === "lost") throw busy(credential);
}

/** Somebody else has the credential in hand, or has just had. */
export function busy(credential: string): SealringError {
  return new SealringError("transient", `another run is at ${credential}`, {
    hint: "run again in some minutes: sealring apply",
  });
}

async function startWorkflows(stage: Stage, credentials: ReadonlySet<string>): Promise<readonly Step[]> {
  const { wanted, facts, github } = stage.planned;
  const places = jobPlaces(wanted);
  const byFile = new Map<string, string[]>();
  for (const name of credentials) {
    const { file } = placeIn(places, named(wanted.credentials, name).environment);
    byFile.set(file, [...(byFile.get(file) ?? []), name]);
  }
  // One that GitHub does not know of yet publishes at its first run.
  const known = [...byFile].filter(([file]) => valueOf(facts.workflows.get(file)) !== undefined);
  const steps: Step[] = [];
  for (const [file, names] of known) {
    const [only, ...others] = names;
    const credential = others.length === 0 && only !== undefined ? only : "";
    const what = { sign: "start", title: `the workflow ${file}, to publish` } as const;
    const step = await attempt(what, () => github.runs.dispatch(file, { command: "refresh", credential }));
    stage.tell(step);
    steps.push(step);
  }
  return steps;
}
