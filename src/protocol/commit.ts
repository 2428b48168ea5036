import { encodeEnvelope } from "../envelope/envelope.ts";
import type { Envelope } from "../envelope/envelope.ts";
import type { JournalEntry, OpenEntry } from "../journal/entry.ts";
import { commitIntent, dropIntent } from "../journal/moves.ts";
import type { Granted } from "../journal/moves.ts";
import { recordPublished } from "../journal/published.ts";
import type { TokenSet } from "../oauth/token-set.ts";
import type { LiveTokens } from "./load.ts";
import { writeOwn } from "./intend.ts";
import { isMissing } from "./publish.ts";
import type { Publication } from "./publish.ts";
import { unpublishedKey } from "../stores/targets.ts";
import type { Run } from "./run.ts";

export interface Done {
  readonly envelope: Envelope;
  readonly live: LiveTokens;
  readonly publications: readonly Publication[];
}

/** Step 9: the intent's generation is the committed one; what a destination did not take is on record. */
export async function commit(run: Run, entry: OpenEntry, done: Done): Promise<void> {
  const { live } = done;
  const granted = { expiresAt: live.tokens?.expiresAt, scope: live.tokens?.scope };
  const committed = commitIntent(entry, { at: run.clock.now(), runUrl: run.self.runUrl, granted });
  const { generation, kind } = entry.intent;
  const event = { kind: kind === "authorize" ? "authorized" : "refreshed", generation } as const;
  await writeOwn(run, { ...committed, ...delivered(run, entry, done) }, { event });
}

/** Closes a `publish` intent: the generation stays. Of a replayed box it is only now known what was granted. */
export async function closePublish(run: Run, entry: OpenEntry, done: Done): Promise<JournalEntry> {
  const { live } = done;
  const granted = live.tokens === undefined ? {} : grantedBy(live.tokens);
  const closed = { ...dropIntent(entry, undefined), ...granted, ...delivered(run, entry, done) };
  await writeOwn(run, closed, { event: { kind: "published", generation: closed.generation } });
  return closed;
}

function grantedBy({ expiresAt, scope }: TokenSet): Granted {
  return { expiresAt, scope };
}

/** What is on record of an envelope and its outputs. */
function delivered(
  run: Run,
  entry: OpenEntry,
  { envelope, publications }: Done,
): Pick<JournalEntry, "unpublished" | "published" | "envelopeBytes"> {
  const at = run.clock.now();
  const written = publications.filter(({ outcome }) => outcome === "created" || outcome === "updated");
  const records = written.map(({ target, secret }) => ({ target, secretName: secret, at }));
  return {
    unpublished: publications.filter(isMissing).map(({ target, secret }) => unpublishedKey(target, secret)),
    published: recordPublished(entry, records),
    envelopeBytes: Buffer.byteLength(encodeEnvelope(envelope).reveal()),
  };
}
