import type { StatusResult } from "../commands/status.ts";
import type { Credential } from "../declaration/credential.ts";
import type { JournalEntry } from "../journal/entry.ts";
import { updatedAt } from "../journal/page.ts";
import type { Warning } from "../lifetime.ts";
import { compareScopes } from "../oauth/scope.ts";
import type { Renewal } from "../protocol/authorize.ts";
import { dueByJournal } from "./due.ts";
import type { Hitch } from "./hitch.ts";
import { runHref } from "./href.ts";
import { nextFor } from "./next.ts";
import type { Next } from "./next.ts";
import { renewalOf } from "../protocol/renewal.ts";
import type { TileState } from "./state.ts";
import { outputsOf } from "./tile-output.ts";
import type { TileOutput } from "./tile-output.ts";

/** How long an access token lives. */
export interface TokenLife {
  readonly from: Date;
  readonly expiresAt: Date;
  /** From when on a run renews it. */
  readonly dueFrom: Date;
  /** How much of its life is left: 0 to 1. */
  readonly left: number;
}

export interface TileScopes {
  readonly declared: readonly string[];
  /** Whether the provider said which ones it granted. */
  readonly granted: "told" | "not_told";
  /** Declared, and not granted; empty where it is not known what was granted. */
  readonly missing: readonly string[];
  /** Granted, and not declared. */
  readonly extra: readonly string[];
}

/** A credential at a glance, for the console and for the status page alike. */
export interface Tile {
  readonly name: string;
  readonly provider: string;
  readonly description: string | undefined;
  readonly owner: string | undefined;
  readonly state: TileState;
  /** The journal's enumerated code of what went wrong. */
  readonly errorCode: string | undefined;
  /** undefined: there is none, or its end is not known. */
  readonly token: TokenLife | undefined;
  /** Who renews it; `not_needed`: the provider's access tokens have no end. */
  readonly renewal: Renewal;
  /** Why nothing renews it all the same; undefined: nothing is known of that. */
  readonly hitch: Hitch | undefined;
  readonly scopes: TileScopes;
  /** 0: never authorized; undefined: not known. */
  readonly generation: number | undefined;
  /** When and how it was last given tokens, and the run that did it, where that is one of this repository. */
  readonly renewed:
    | { readonly at: Date; readonly how: "authorized" | "refreshed"; readonly href: string | undefined }
    | undefined;
  readonly outputs: readonly TileOutput[];
  readonly warning: Warning | undefined;
  readonly next: readonly Next[];
  /** The same for a terminal. */
  readonly hint: string | undefined;
}

/** A declared credential as it is shown; `status` undefined: GitHub could not be asked. Pure. */
export function tileOf(credential: Credential, status: StatusResult | undefined, now: Date): Tile {
  const { name, description, owner, provider } = credential;
  const { entry, warning, hint } = status ?? {};
  const token = entry && tokenLife(credential, entry, now);
  const state = stateOf(status, token, now);
  const scopes = scopesOf(credential, hasGrant(entry) ? entry.scope : undefined);
  const renewal = renewalOf(credential);
  return {
    ...{ name, provider: provider.name, description, owner, state, token, warning, hint },
    errorCode: entry?.error?.code,
    ...{ renewal, scopes, hitch: undefined },
    generation: status === undefined ? undefined : (entry?.generation ?? 0),
    renewed: status && renewed(status),
    outputs: outputsOf(credential, status === undefined ? "unread" : "read", entry),
    next: nextFor({ state, entry, warning, renewal, missing: scopes.missing }),
  };
}

function stateOf(status: StatusResult | undefined, token: TokenLife | undefined, now: Date): TileState {
  if (status === undefined) return "unknown";
  return status.health === "fresh" && token !== undefined && token.dueFrom <= now ? "due" : status.health;
}

function scopesOf(
  { provider, scopes: declared }: Credential,
  granted: readonly string[] | undefined,
): TileScopes {
  const difference = compareScopes(provider, declared, granted);
  return { declared, granted: granted === undefined ? "not_told" : "told", ...difference };
}

function hasGrant(entry: JournalEntry | undefined): entry is JournalEntry {
  return entry !== undefined && entry.generation > 0 && entry.phase !== "revoked";
}

function tokenLife(credential: Credential, entry: JournalEntry, now: Date): TokenLife | undefined {
  const { committedAt: from, expiresAt } = entry;
  const dueFrom = dueByJournal(credential, entry);
  if (!hasGrant(entry) || from === undefined || expiresAt === undefined || dueFrom === undefined)
    return undefined;
  const [whole, left] = [expiresAt.getTime() - from.getTime(), expiresAt.getTime() - now.getTime()];
  return { from, expiresAt, dueFrom, left: whole <= 0 ? 0 : Math.min(1, Math.max(0, left / whole)) };
}

function renewed({ entry, site }: StatusResult): Tile["renewed"] {
  const at = entry && updatedAt(entry);
  if (at === undefined) return undefined;
  const how = at === entry?.refreshedAt ? "refreshed" : "authorized";
  return { at, how, href: runHref(entry?.runUrl, site) };
}
