import { formatDuration } from "../duration.ts";
import type { Provider, Reuse, Rotation } from "../providers/provider.ts";

const MINUTE_SECONDS = 60;

const ALONE =
  "Use this grant in sealring only: a second program or copy makes both lose it. " +
  "If an answer is lost, somebody may have to authorize again.";

/** What happens to a refresh token when it is used, and what that asks of people. */
export function rotationWords(rotation: Rotation): string {
  switch (rotation.kind) {
    case "none":
      return "The refresh token stays the same. A lost answer costs nothing.";
    case "old_stays_valid":
      return "Each refresh brings a new refresh token, and the old one works on. A lost answer costs nothing.";
    case "optional":
      return `A refresh may replace the refresh token; treated as single use. ${ALONE}`;
    case "single_use":
      return `Single use: each refresh replaces the refresh token. ${ALONE}`;
    case "grace":
      return `Each refresh replaces the refresh token; the old one works for ${formatDuration(rotation.seconds)} more at most, and for so long sealring asks again for a lost answer. ${ALONE}`;
    case "unknown":
      return `Unknown; treated as single use. ${ALONE}`;
  }
}

/** What a used refresh token does when it comes again. */
export function reuseWords(reuse: Reuse): string {
  switch (reuse) {
    case "harmless":
      return "A used refresh token is refused, and that is all.";
    case "revokes_family":
      return "A used refresh token that comes again ends the whole grant.";
    case "unknown":
      return "Unknown; treated as if it ended the whole grant.";
  }
}

/** What a refresh does, in a table: the rotation as it is declared, or that there is no refresh token. */
export function rotationLabel({
  rotation,
  refresh,
  issuesRefreshToken,
}: Pick<Provider, "rotation" | "refresh" | "issuesRefreshToken">): string {
  if (refresh.presents === "access_token") return "renews itself";
  if (!issuesRefreshToken) return "none issued";
  return rotation.kind === "grace" ? `grace ${formatDuration(rotation.seconds)}` : rotation.kind;
}

/** What the labels mean, in one paragraph. */
export const ROTATION_LEGEND =
  "Rotation, of the refresh token: single_use: each refresh replaces it; grace: so, but the old one works a while; " +
  "optional: a refresh may replace it; old_stays_valid: the old one works on; none: it stays the same; " +
  "unknown: treated as single_use; renews itself: the access token is exchanged.";

/** A token's lifetime, to the minute: 2591999 seconds are 30d. */
export function lifetimeWords(seconds: number): string {
  return formatDuration(
    seconds < MINUTE_SECONDS ? seconds : Math.round(seconds / MINUTE_SECONDS) * MINUTE_SECONDS,
  );
}
