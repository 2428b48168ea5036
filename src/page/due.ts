import type { Credential } from "../declaration/credential.ts";
import type { JournalEntry } from "../journal/entry.ts";
import { useFrom } from "../lifetime.ts";
import { dueFrom } from "../plan.ts";

/**
 * From when on a run renews the access token, as far as the journal tells; undefined: it does not say when the token
 * ends. What decides is the sealed envelope, which nobody reads here.
 */
export function dueByJournal(credential: Credential, entry: JournalEntry): Date | undefined {
  const { expiresAt, committedAt, authorizedAt } = entry;
  if (expiresAt === undefined || committedAt === undefined) return undefined;
  const tokens = { expiresAt, refreshExpiresAt: undefined, refreshToken: undefined };
  const from = dueFrom({ credential, tokens, obtainedAt: committedAt, authorizedAt });
  const idle = hasRefreshToken(credential)
    ? useFrom({
        ...{ provider: credential.provider, authorizedAt },
        ...{ lastUsedAt: committedAt, refreshExpiresAt: undefined },
      })
    : undefined;
  return idle !== undefined && idle < from ? idle : from;
}

function hasRefreshToken({ grant, provider }: Credential): boolean {
  return grant !== "client_credentials" && provider.issuesRefreshToken;
}
