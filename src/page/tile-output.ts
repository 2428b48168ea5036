import type { Credential, OutputField } from "../declaration/credential.ts";
import type { JournalEntry } from "../journal/entry.ts";
import { lastWritten } from "../journal/published.ts";
import type { OutputPlace } from "../journal/published.ts";
import { describeTarget, unpublishedKey } from "../stores/targets.ts";

/** How a declared output stands at one of its destinations. */
export type Writing =
  | { readonly kind: "written"; readonly at: Date }
  /** A run has the value, and the destination has not taken it yet; `at`: what is there is from then. */
  | { readonly kind: "waiting"; readonly at: Date | undefined }
  | { readonly kind: "not_yet" }
  /** With its grant, on purpose. */
  | { readonly kind: "removed" }
  /** The journal could not be read. */
  | { readonly kind: "unknown" };

export interface TileOutput {
  readonly secretName: string;
  readonly field: OutputField;
  /** The destination, as a person reads it. */
  readonly store: string;
  readonly writing: Writing;
}

/** Every output at every destination. `journal`: whether it could be read. */
export function outputsOf(
  { outputs, destinations }: Credential,
  journal: "read" | "unread",
  entry: JournalEntry | undefined,
): readonly TileOutput[] {
  return destinations.flatMap((target) =>
    outputs.map(({ secretName, field }) => ({
      ...{ secretName, field, store: describeTarget(target) },
      writing: journal === "unread" ? { kind: "unknown" } : writingOf(entry, { target, secretName }),
    })),
  );
}

function writingOf(entry: JournalEntry | undefined, place: OutputPlace): Writing {
  const at = entry && lastWritten(entry, place);
  const key = unpublishedKey(place.target, place.secretName);
  if (entry?.unpublished.includes(key) === true) return { kind: "waiting", at };
  if (at !== undefined) return { kind: "written", at };
  return { kind: entry?.phase === "revoked" ? "removed" : "not_yet" };
}
