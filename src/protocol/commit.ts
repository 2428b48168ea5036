import type { OpenEntry } from "../journal/entry.ts";
import { commitIntent, dropIntent } from "../journal/moves.ts";
import type { Granted } from "../journal/moves.ts";
import type { TokenSet } from "../oauth/token-set.ts";
import type { LiveTokens } from "./load.ts";
import { writeOwn } from "./intend.ts";
import { isMissing } from "./publish.ts";
import type { Publication } from "./publish.ts";
import type { Run } from "./run.ts";

export interface Done {
  readonly live: LiveTokens;
  readonly publications: readonly Publication[];
}

/** Step 9: the intent's generation is the committed one; what a destination did not take is on record. */
export async function commit(run: Run, entry: OpenEntry, { live, publications }: Done): Promise<void> {
  const granted = { expiresAt: live.tokens?.expiresAt, scope: live.tokens?.scope };
  const committed = commitIntent(entry, { at: run.clock.now(), runUrl: run.self.runUrl, granted });
  const { generation, kind } = entry.intent;
  const event = { kind: kind === "authorize" ? "authorized" : "refreshed", generation } as const;
  await writeOwn(run, { ...committed, unpublished: missing(publications) }, { event });
}

/** Closes a `publish` intent: the generation stays. Of a replayed box it is only now known what was granted. */
export async function closePublish(run: Run, entry: OpenEntry, { live, publications }: Done): Promise<void> {
  const granted = live.tokens === undefined ? {} : grantedBy(live.tokens);
  const closed = { ...dropIntent(entry, undefined), ...granted, unpublished: missing(publications) };
  await writeOwn(run, closed, { event: { kind: "published", generation: closed.generation } });
}

function grantedBy({ expiresAt, scope }: TokenSet): Granted {
  return { expiresAt, scope };
}

function missing(publications: readonly Publication[]): readonly string[] {
  return publications.filter(isMissing).map(({ destination, secret }) => `${destination} ${secret}`);
}
