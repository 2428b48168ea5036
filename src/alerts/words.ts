import type { Credential } from "../declaration/credential.ts";
import type { Cause, PersonClass } from "./cause.ts";
import { code } from "./markdown.ts";

/** What happened, in the words of somebody who has never heard of OAuth. */
export interface Words {
  /** After the credential's name. */
  readonly title: string;
  /** Markdown. */
  readonly what: string;
}

const TITLES: Readonly<Record<PersonClass, string>> = {
  ambiguous: "the answer to a refresh was lost",
  reauthorization_required: "authorize it again",
  client_misconfigured: "mend its client, then authorize it again",
  provider_drift: "its provider answers in an unknown way",
};

/** The words for a cause. No text of a provider's is in them, only enumerated codes. */
export function wordsFor({ name, client }: Credential, cause: Cause): Words {
  const title = TITLES[cause.errorClass];
  if (cause.kind === "own") {
    const hint = cause.hint === undefined ? "" : ` The way out: ${code(cause.hint)}.`;
    return { title, what: `sealring stopped before it sent anything: ${code(cause.message)}.${hint}` };
  }
  switch (cause.errorClass) {
    case "ambiguous":
      return { title, what: lostWords(name) };
    case "reauthorization_required":
      return { title, what: cause.code.startsWith("envelope_") ? torn(name) : ended(name) };
    case "client_misconfigured":
      return { title, what: refusedWords(name, client.secretName) };
    case "provider_drift":
      return { title, what: driftWords(name) };
  }
}

function lostWords(name: string): string {
  return (
    `sealring asked the provider of ${code(name)} for a new token, and the answer never arrived. Nobody can know ` +
    "whether the old refresh token was used up, and many providers end everything when a used one comes again. " +
    "So sealring waits, and tries it once more by itself shortly before the deadline."
  );
}

function ended(name: string): string {
  return (
    `The provider no longer takes the refresh token of ${code(name)}: access was withdrawn, or has run out. ` +
    "Only a person who may sign in to the account can give it again."
  );
}

function torn(name: string): string {
  return (
    `The stored tokens of ${code(name)} and sealring's record of them disagree: somebody has written an old copy ` +
    "of the secret, or changed the state branch. To be safe, nothing is sent to the provider."
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
