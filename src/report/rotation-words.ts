import { formatDuration } from "../duration.ts";
import type { Provider, Reuse, Rotation } from "../providers/provider.ts";

const MINUTE_SECONDS = 60;

const PROBE =
  "sealring seals an answer before it reads it, and never sends a token twice blindly: it says that the answer is lost, " +
  "and tries the old token once, before the access token ends";

const AS_SINGLE_USE = `an answer that is lost may cost the grant, and a person comes back. ${PROBE}`;

/** What happens to a refresh token when it is used, what that means for people, and what sealring does. */
export function rotationWords(rotation: Rotation): string {
  switch (rotation.kind) {
    case "none":
      return "The refresh token stays the same. An answer that is lost costs nothing: sealring asks again.";
    case "old_stays_valid":
      return "Each refresh brings a new refresh token, and the old one works on. An answer that is lost costs nothing: sealring asks again.";
    case "optional":
      return `A refresh may bring a new refresh token, and the old one then ends. So each is taken to work once: ${AS_SINGLE_USE}.`;
    case "single_use":
      return `Each refresh token works once: ${AS_SINGLE_USE}.`;
    case "grace":
      return `A used refresh token works for ${formatDuration(rotation.seconds)} more: meanwhile sealring asks again for an answer that is lost. After that ${AS_SINGLE_USE}.`;
    case "unknown":
      return `Not known. Each refresh token is taken to work once: ${AS_SINGLE_USE}.`;
  }
}

/** What a used refresh token does when it comes again, and what sealring makes of it. */
export function reuseWords(reuse: Reuse): string {
  switch (reuse) {
    case "harmless":
      return "A used refresh token is refused, and that is all. So each run tries it when an answer is lost, and tells you at once whether a person has to come back.";
    case "revokes_family":
      return "A used refresh token that comes again ends the whole grant, the new tokens too. That is why sealring tries it once only.";
    case "unknown":
      return "Not known what a used refresh token does when it comes again. It is feared to end the whole grant, and tried once only.";
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

/** A token's lifetime, to the minute: 2591999 seconds are 30d. */
export function lifetimeWords(seconds: number): string {
  return formatDuration(
    seconds < MINUTE_SECONDS ? seconds : Math.round(seconds / MINUTE_SECONDS) * MINUTE_SECONDS,
  );
}
