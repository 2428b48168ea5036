import { envelopeSecretName } from "../declaration/credential.ts";
import type { JournalEntry } from "../journal/entry.ts";
import { blankOf } from "./blank.ts";
import { secretsIn } from "./present.ts";
import { valueOf } from "./facts.ts";
import type { Facts, Found } from "./facts.ts";
import type { Item, Remark } from "./plan.ts";
import { homesOf } from "./wanted.ts";
import type { Wanted } from "./wanted.ts";

/** Which credentials a person has to authorize; an envelope is never made or removed here. */
export function authorizationItems(wanted: Wanted, facts: Facts): readonly Item[] {
  const { journal } = facts;
  if (journal.kind === "unknown") return [blankOf("the journal", journal)];
  const tasks = homesOf(wanted).flatMap(({ target, credentials }) => {
    const present = secretsIn(facts, target);
    return credentials.flatMap(({ name }): readonly Item[] => {
      const found = journal.value.get(name);
      if (found?.kind === "unknown") return [blankOf(`the journal of ${name}`, found)];
      const isMissing = present !== undefined && !present.has(envelopeSecretName(name));
      const what = whyAuthorize(name, valueOf(found), isMissing ? "missing" : "there");
      return what === undefined ? [] : [{ kind: "person", what, command: `sealring authorize ${name}` }];
    });
  });
  return [...tasks, ...abandoned(wanted, journal.value)];
}

function whyAuthorize(
  name: string,
  entry: JournalEntry | undefined,
  envelope: "missing" | "there",
): string | undefined {
  if (entry?.phase === "revoked") return `${name} was revoked: authorize it, or remove its file`;
  if (entry?.phase === "reauthorization_required" && entry.generation > 0)
    return `${name} has to be authorized again (${entry.error?.code ?? entry.phase})`;
  if (envelope === "there") return undefined;
  return entry === undefined || entry.generation === 0
    ? `${name} is not authorized yet`
    : `${name} has lost its envelope, ${envelopeSecretName(name)}`;
}

/** Grants that live on though no file declares them. */
function abandoned(
  { credentials }: Wanted,
  entries: ReadonlyMap<string, Found<JournalEntry>>,
): readonly Remark[] {
  const declared = new Set(credentials.map(({ name }) => name));
  return [...entries].flatMap(([name, found]): readonly Remark[] => {
    const entry = valueOf(found);
    if (declared.has(name) || entry === undefined) return [];
    if (entry.phase === "revoked" || entry.generation === 0) return [];
    const what = `${name} is declared no more, but its grant and its envelope may be alive`;
    return [{ kind: "remark", what, hint: `put its file back, and run: sealring revoke ${name}` }];
  });
}
