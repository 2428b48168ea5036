import { envelopeSecretName, envelopeStore } from "../declaration/credential.ts";
import type { Credential, OutputField } from "../declaration/credential.ts";
import type { StoredSecret } from "../github.ts";
import type { JournalEntry, Published } from "../journal/entry.ts";
import { CLOCK_SKEW_MILLISECONDS } from "../protocol/settle.ts";
import { unpublishedKey } from "../stores/targets.ts";
import { valueOf } from "./facts.ts";
import type { Facts } from "./facts.ts";
import type { Change, Item, Remark } from "./plan.ts";
import { secretsIn } from "./present.ts";
import { outputKey, outputsOf } from "./wanted.ts";
import type { Wanted, WantedOutput } from "./wanted.ts";

/** Whether each output of an authorized credential is in its destinations, as sealring last wrote it. */
export function outputItems(wanted: Wanted, facts: Facts): readonly Item[] {
  const entries = valueOf(facts.journal);
  if (entries === undefined) return [];
  return wanted.credentials.flatMap((credential): readonly Item[] => {
    const entry = valueOf(entries.get(credential.name));
    if (entry === undefined || !canPublish(wanted, credential, facts)) return [];
    const changes = outputsOf({ credentials: [credential] }).flatMap((output) =>
      outputChange(output, entry, facts),
    );
    return entry.intent === undefined && entry.phase === "committed"
      ? divided(credential, entry, changes)
      : later(`another run is at ${credential.name}`, changes);
  });
}

/** Only from an envelope; without one, `authorize` publishes. */
function canPublish({ repository }: Wanted, { name, environment }: Credential, facts: Facts): boolean {
  const present = secretsIn(facts, envelopeStore(environment, repository));
  return present?.has(envelopeSecretName(name)) === true;
}

type Publish = Extract<Change, { readonly kind: "publish" }>;

function outputChange(output: WantedOutput, entry: JournalEntry, facts: Facts): readonly Publish[] {
  const { credential, target, secretName } = output;
  const present = secretsIn(facts, target);
  if (present === undefined) return [];
  const secret = present.get(secretName.toUpperCase());
  const key = outputKey(target, secretName);
  const record = entry.published.find((known) => outputKey(known.target, known.secretName) === key);
  const why = record === undefined ? "unrecorded" : departureOf(record, secret);
  if (why === undefined || (record === undefined && mayBeAbsent(output, entry))) return [];
  const sign = secret === undefined ? "add" : "change";
  return [{ kind: "publish", sign, credential: credential.name, target, secretName, why }];
}

function departureOf(
  record: Published,
  secret: StoredSecret | undefined,
): "missing" | "overwritten" | undefined {
  if (secret === undefined) return "missing";
  return secret.updatedAt.getTime() > record.at.getTime() + CLOCK_SKEW_MILLISECONDS
    ? "overwritten"
    : undefined;
}

/** An answer need not have these: the next refresh writes them where it does. */
function mayBeAbsent({ credential, secretName }: WantedOutput, entry: JournalEntry): boolean {
  const field: OutputField | undefined = credential.outputs.find(
    (own) => own.secretName === secretName,
  )?.field;
  switch (field) {
    case "id_token":
      return true;
    case "expires_at":
      return entry.expiresAt === undefined;
    case "scope":
      return entry.scope === undefined;
    case "access_token":
    case "token_type":
    case undefined:
      return false;
  }
}

/** What is on record as unpublished already needs no second word: the next run publishes it. */
function divided({ name }: Credential, entry: JournalEntry, changes: readonly Publish[]): readonly Item[] {
  const noted = new Set(entry.unpublished);
  const isNoted = ({ target, secretName }: Publish) => noted.has(unpublishedKey(target, secretName));
  return [
    ...changes.filter((change) => !isNoted(change)),
    ...later(`the next run publishes for ${name}`, changes.filter(isNoted)),
  ];
}

function later(why: string, changes: readonly Publish[]): readonly Remark[] {
  if (changes.length === 0) return [];
  const names = [...new Set(changes.map(({ secretName }) => secretName))].sort().join(", ");
  return [{ kind: "remark", what: `${why}: ${names}`, hint: undefined }];
}
