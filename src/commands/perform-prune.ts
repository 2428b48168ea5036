import { wasLastWritten } from "../difference/orphans.ts";
import { SealringError } from "../errors.ts";
import { forgetPublished } from "../journal/published.ts";
import { describeTarget } from "../stores/targets.ts";
import { busy } from "./perform-publish.ts";
import { each, ofKind } from "./stage.ts";
import type { ChangeOf, Stage } from "./stage.ts";
import type { Step } from "./step.ts";

type Prune = ChangeOf<"prune">;

/** Removes orphans, each looked at once more right before, and takes them out of the journal's record. */
export async function prune(stage: Stage): Promise<readonly Step[]> {
  const turns = new Map<string, Promise<void>>();
  return each(stage, ofKind(stage.planned, "prune"), (change) => {
    const { credential } = change.output;
    // One after the other, so that none finds the file that another is writing.
    const before = turns.get(credential) ?? Promise.resolve();
    const own = before.then(() => removeOne(stage, change));
    turns.set(credential, own.catch(nothing));
    return own;
  });
}

async function removeOne({ planned: { ledger, github } }: Stage, { output }: Prune): Promise<void> {
  const entry = await ledger.read(output.credential);
  if (entry === undefined || entry.intent !== undefined) throw busy(output.credential);
  const { target, secretName } = output;
  const secret = await github.stores.find(target, secretName);
  if (secret !== undefined && !wasLastWritten(output, secret)) throw rewritten(output);
  if (secret !== undefined) await github.stores.delete(target, secretName);
  const left = { ...entry, published: forgetPublished(entry, [output]) };
  const event = { kind: "pruned", generation: entry.generation } as const;
  if ((await ledger.write(left, event)) === "lost") throw busy(output.credential);
}

function rewritten({ target, secretName }: Prune["output"]): SealringError {
  return new SealringError(
    "store_refused",
    `${secretName} in ${describeTarget(target)} stays: somebody else wrote it since`,
    { hint: "look again: sealring plan --prune" },
  );
}

function nothing(): void {
  // The next one's turn comes all the same.
}
