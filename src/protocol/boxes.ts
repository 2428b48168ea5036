import { openBox } from "../envelope/box.ts";
import type { Box } from "../envelope/box.ts";
import type { JournalEntry, OpenEntry } from "../journal/entry.ts";
import type { Loaded } from "./load.ts";
import type { Run } from "./run.ts";

/** A box that is authentic, and its text. */
export interface Found {
  readonly box: Box;
  readonly text: string;
}

/**
 * The sealed box of the open intent, if one was left. It must be authentic under the envelope before it.
 * @throws SealringError where the journal or the artifacts cannot be asked.
 */
export function findBox(run: Run, loaded: Loaded, { intent }: OpenEntry): Promise<Found | undefined> {
  const { owner } = intent;
  return firstBox(run, loaded, { ...intent, runId: owner.kind === "run" ? owner.runId : undefined });
}

/** The box of the committed generation, where the envelope before it was put over it. As `findBox`. */
export function findKeptBox(run: Run, loaded: Loaded, entry: JournalEntry): Promise<Found | undefined> {
  return firstBox(run, loaded, { ...entry, runId: entry.boxRun });
}

interface Wanted {
  readonly generation: number;
  readonly nonce: string | undefined;
  /** The run whose artifacts may hold it. */
  readonly runId: string | undefined;
}

async function firstBox(
  run: Run,
  { credential: { name }, envelope }: Loaded,
  { generation, nonce, runId }: Wanted,
): Promise<Found | undefined> {
  for (const place of placesOf(run, name, runId)) {
    for (const text of await place()) {
      const box = openBox(text, envelope.key);
      if (box?.credential !== name) continue;
      if (box.generation === generation && box.nonce === nonce) return { box, text };
    }
  }
  return undefined;
}

/** Where boxes are kept, the nearest first, as texts. Journal and artifacts are trusted in a workflow only. */
function placesOf(
  run: Run,
  name: string,
  runId: string | undefined,
): readonly (() => Promise<readonly string[]>)[] {
  const disk = async () => present(await run.disk.read(name));
  if (run.self.owner.kind === "process") return [disk];
  return [disk, ...remotePlaces(run, name, runId)];
}

/** The journal's write-ahead log, and the artifacts of a run. */
export function remotePlaces(
  run: Run,
  name: string,
  runId: string | undefined,
): readonly (() => Promise<readonly string[]>)[] {
  const log = async () => present(await run.ledger.box(name));
  if (runId === undefined) return [log];
  return [log, () => run.github.artifacts.boxes(runId, name)];
}

function present(text: string | undefined): readonly string[] {
  return text === undefined ? [] : [text];
}
