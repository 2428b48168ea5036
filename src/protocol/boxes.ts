import { openBox } from "../envelope/box.ts";
import type { Box } from "../envelope/box.ts";
import type { OpenEntry } from "../journal/entry.ts";
import type { Loaded } from "./load.ts";
import type { Run } from "./run.ts";

/**
 * The sealed box of the open intent, if one was left: on this machine's disk, or in the journal's write-ahead log. It
 * must be authentic under the envelope before it. The log is trusted in a workflow only.
 */
export async function findBox(
  run: Run,
  { credential, envelope }: Loaded,
  { intent }: OpenEntry,
): Promise<Box | undefined> {
  const texts = [await run.disk.read(credential.name)];
  if (run.self.owner.kind === "run") texts.push(await run.ledger.box(credential.name));
  return texts
    .map((text) => (text === undefined ? undefined : openBox(text, envelope.key)))
    .find(
      (box) =>
        box?.generation === intent.generation &&
        box.nonce === intent.nonce &&
        box.credential === credential.name,
    );
}
