import { alsoUsedBy } from "../../commands/revoke.ts";
import { envelopeStore } from "../../declaration/credential.ts";
import { needsDiscovery } from "../../oauth/discovery.ts";
import { secretsToRemove } from "../../protocol/revoke.ts";
import { describeTarget } from "../../stores/targets.ts";
import { declined, startsJob } from "./confirmation.ts";
import type { Confirmation, Note } from "./confirmation.ts";
import { busyNotes } from "./refresh.ts";
import type { Subject } from "./subject.ts";
import { enumerated } from "./words.ts";

/** What revoking it comes to. Pure. */
export function revokeConfirmation(subject: Subject): Confirmation {
  const { status, place } = subject;
  if (status.health === "never_authorized")
    return declined("There is nothing to revoke: nobody has authorized it.", ["authorize"]);
  return {
    kind: "offered",
    where: "workflow",
    steps: [startsJob(place.file), endsGrant(subject), "It removes these secrets, outputs first:"],
    notes: [lossNote(subject), ...keptNotes(subject), ...againNotes(subject), ...busyNotes(subject)],
  };
}

/** A secret that goes, and where it is. */
export interface Doomed {
  readonly secretName: string;
  readonly store: string;
}

/** Every secret that a revocation removes, in its order. */
export function doomedSecrets({ declared, credential }: Subject): readonly Doomed[] {
  const isShared = alsoUsedBy(declared.credentials, credential).length > 0;
  const { outputs, own } = secretsToRemove({ credential, clientSecret: isShared ? "keep" : "remove" });
  const store = describeTarget(envelopeStore(credential.environment, declared.repository));
  return [
    ...outputs.map(({ target, name }) => ({ secretName: name, store: describeTarget(target) })),
    ...own.map((secretName) => ({ secretName, store })),
  ];
}

function endsGrant({ credential: { provider } }: Subject): string {
  const { name } = provider;
  if (provider.metadata.revocation_endpoint !== undefined)
    return `It has ${name} end the grant. If ${name} does not, everything stays as it is.`;
  if (needsDiscovery(provider))
    return `It has ${name} end the grant, if ${name} says where that is asked for.`;
  return `No way is known to tell ${name}: the grant itself stays. End it in your account at ${name}, among the applications that have access.`;
}

function lossNote({ credential: { outputs } }: Subject): Note {
  const names = enumerated(outputs.map(({ secretName }) => secretName));
  return {
    tone: "bad",
    text: `Pipelines that read ${names} find nothing there any more. Only authorizing again brings them back.`,
  };
}

function keptNotes({ declared, credential }: Subject): readonly Note[] {
  const others = alsoUsedBy(declared.credentials, credential);
  if (others.length === 0) return [];
  const { secretName = "" } = credential.client;
  return [
    { tone: "idle", text: `${secretName} stays: it is the client secret of ${enumerated(others)}, too.` },
  ];
}

function againNotes({ status: { health } }: Subject): readonly Note[] {
  if (health !== "revoked") return [];
  return [
    { tone: "idle", text: "It is revoked already. Doing it again removes what could not be removed then." },
  ];
}
