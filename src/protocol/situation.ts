import type { Loaded } from "./load.ts";
import { ownerState, snapshotAt } from "./owner.ts";
import type { Run } from "./run.ts";
import { settle } from "./settle.ts";
import type { Verdict } from "./settle.ts";

/** Step 2: what the journal, the envelope and GitHub say together. Sends nothing to the provider. */
export async function settleLoaded(run: Run, { credential, envelope }: Loaded): Promise<Verdict> {
  const entry = await run.ledger.read(credential.name);
  const agrees = entry?.intent === undefined && entry?.generation === envelope.generation;
  return settle({
    entry,
    envelope,
    owner: entry === undefined ? { kind: "alive" } : await ownerState(run, entry),
    snapshotAt: agrees ? run.self.startedAt : await snapshotAt(run),
  });
}
