import { visible } from "../../declaration/visible.ts";
import { nextFor } from "../../page/next.ts";
import type { Next } from "../../page/next.ts";
import type { Tone } from "../../page/tone.ts";
import { minuteUtc } from "../../report/instants.ts";
import type { StatusResult } from "../../commands/status.ts";
import type { Followed } from "./followed.ts";

/** What a followed run came to, for the person who started it. */
export interface Verdict {
  readonly tone: Tone;
  readonly text: string;
  /** What it asks for now. */
  readonly next: readonly Next[];
}

/** By what the journal says afterwards: a run may fail for another credential, or succeed with nothing done. Pure. */
export function verdictOn(followed: Followed): Verdict {
  const { after, before, conclusion } = followed;
  if (conclusion === undefined) return { tone: "warning", text: UNSEEN, next: [] };
  if (after === undefined) return { tone: "warning", text: unread(before.credential, conclusion), next: [] };
  return verdictOf({ ...followed, after });
}

/** One whose credential was read afterwards. */
type Read = Followed & { readonly after: StatusResult };

function verdictOf(followed: Read): Verdict {
  const { after, conclusion } = followed;
  const next = nextFor({
    state: after.health,
    entry: after.entry,
    warning: after.warning,
    renewal: "unattended",
    missing: [],
  });
  const good = success(followed);
  if (good !== undefined && conclusion === "success") return { tone: "good", text: good, next: [] };
  if (good !== undefined)
    return { tone: "warning", text: `${good} The run itself did not succeed.`, next: [] };
  return { tone: "bad", text: failure(followed), next };
}

const UNSEEN =
  "The run was not seen to end, and goes on by itself. GitHub shows under Actions how it ends, and the credential's page what came of it.";

function unread(name: string, conclusion: string): string {
  return `The run has ended: ${visible(conclusion)}. How ${name} is now could not be read; its page shows it as soon as GitHub answers.`;
}

function success({ action, before, after }: Read): string | undefined {
  const name = after.credential;
  if (action === "revoke")
    return after.health === "revoked"
      ? `${name} is revoked. Where the provider takes revocations, the run has ended the grant there; its log says so.`
      : undefined;
  if (after.health !== "fresh") return undefined;
  const renewed = generationOf(after) > generationOf(before);
  if (renewed)
    return `${name} is fresh: its access token lives until ${minuteUtc(after.entry?.expiresAt)} UTC.`;
  return action === "recover" ? `${name} is settled.` : undefined;
}

function failure({ action, after }: Read): string {
  const { health, credential: name } = after;
  if (action === "revoke") return `${name} was not revoked.`;
  switch (health) {
    case "needs_person":
    case "never_authorized":
      return `${name} has to be authorized again.`;
    case "ambiguous":
      return `Nobody knows yet what became of the old token of ${name}.`;
    case "busy":
      return `${name} is not settled yet.`;
    case "expired":
      return `${name} was not renewed, and its access token has ended.`;
    case "revoked":
      return `${name} was revoked meanwhile.`;
    case "fresh":
      return `${name} was not renewed. What it has works on.`;
  }
}

/** 0: there is none. */
export function generationOf({ entry }: StatusResult): number {
  return entry?.generation ?? 0;
}
