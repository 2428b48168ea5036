import { formatInstant } from "../instant.ts";
import type { Cause, PersonClass } from "./cause.ts";
import { code } from "./markdown.ts";
import type { Occasion } from "./occasion.ts";
import { nextProbe } from "./probe.ts";
import { namesAuthorize } from "./ways.ts";

/** What happened, in the words of somebody who has never heard of OAuth. */
export interface Words {
  /** After the credential's name. */
  readonly title: string;
  /** Markdown. */
  readonly what: string;
}

/** What the words are chosen by. */
type Known = Pick<Occasion, "credential" | "entry" | "project" | "now">;

const TITLES: Readonly<Record<PersonClass, string>> = {
  ambiguous: "the answer to a refresh was lost",
  reauthorization_required: "authorize it again",
  client_misconfigured: "mend its client, then authorize it again",
  provider_drift: "its provider answers in an unknown way",
};

/** The words for a cause. No text of a provider's is in them, only enumerated codes. */
export function wordsFor(occasion: Known, cause: Cause): Words {
  const title = TITLES[cause.errorClass];
  const { name, client } = occasion.credential;
  if (cause.kind === "own") {
    const what = `sealring stopped, and this is why: ${code(cause.message)}.`;
    return {
      title:
        cause.hint === undefined || namesAuthorize(cause.hint) ? title : "it stopped, and needs a person",
      what,
    };
  }
  switch (cause.errorClass) {
    case "ambiguous":
      return { title, what: lostWords(occasion) };
    case "reauthorization_required":
      return { title, what: endWords(name, cause.code) };
    case "client_misconfigured":
      return { title, what: refusedWords(name, client.secretName) };
    case "provider_drift":
      return { title, what: driftWords(name) };
  }
}

function lostWords(occasion: Known): string {
  const { name, provider } = occasion.credential;
  const why =
    provider.reuse === "harmless"
      ? "a refused one would end the search for the answer"
      : "many providers end everything when a used one comes again";
  return (
    `sealring asked the provider of ${code(name)} for a new token, and the answer never arrived. Nobody can know ` +
    `whether the old refresh token was used up, and ${why}. So sealring waits${whenTried(occasion)}.`
  );
}

function whenTried({ credential, entry, project, now }: Known): string {
  const { reuse } = credential.provider;
  const at = entry === undefined ? undefined : nextProbe(entry, { ...project, reuse }, now);
  if (at === undefined) return "";
  const { expiresAt } = entry ?? {};
  return expiresAt !== undefined && at < expiresAt
    ? `, and tries it once more by itself at ${formatInstant(at)}, the last scheduled run before the deadline`
    : `, and tries it by itself at ${formatInstant(at)}, when there is no access token left to lose`;
}

function endWords(name: string, errorCode: string): string {
  if (errorCode.startsWith("envelope_")) return torn(name, errorCode);
  return errorCode === "store_key_changed" ? unopenable(name) : ended(name);
}

function ended(name: string): string {
  return (
    `The provider no longer takes the refresh token of ${code(name)}: access was withdrawn, or has run out. ` +
    "Only a person who may sign in to the account can give it again."
  );
}

function torn(name: string, errorCode: string): string {
  const who =
    errorCode === "envelope_missing"
      ? "somebody deleted the secret"
      : "somebody has written an old copy of the secret, or changed the state branch";
  return (
    `The stored tokens of ${code(name)} and sealring's record of them disagree: ${who}. ` +
    "To be safe, nothing is sent to the provider."
  );
}

function unopenable(name: string): string {
  return (
    `The newest tokens of ${code(name)} wait in a sealed box, and GitHub has changed the key of their store since: ` +
    "it cannot open the box any more."
  );
}

function refusedWords(name: string, secretName: string | undefined): string {
  const secret = secretName === undefined ? "" : ` and the secret ${code(secretName)}`;
  return (
    `The provider refuses the application as which ${code(name)} signs in. Compare its client id${secret} with ` +
    "what the provider shows for the application; then authorize again."
  );
}

function driftWords(name: string): string {
  return (
    `The provider of ${code(name)} answered in a way that this version of sealring does not know. Look for a newer ` +
    "version first; where there is none, authorizing again is safe."
  );
}
