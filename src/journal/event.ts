import { INTENT_KINDS } from "./entry.ts";
import type { IntentKind } from "./entry.ts";

/**
 * What happened to a credential, for the journal's history. `generation` is the intent's number where one is open, else
 * the committed one. Codes are enumerated, as `EntryError`'s: never a provider's own words.
 */
export type JournalEvent =
  | { readonly kind: "intended"; readonly intent: IntentKind; readonly generation: number }
  | {
      readonly kind: "abandoned";
      readonly intent: IntentKind;
      readonly generation: number;
      readonly code: string;
    }
  | { readonly kind: PlainKind; readonly generation: number }
  | { readonly kind: CodedKind; readonly generation: number; readonly code: string };

/**
 * `published`: outputs only. `recovered`: an earlier owner's box reached the store. `to_publish`: the next run is to write
 * outputs again. `pruned`: outputs that nothing declares any more are gone.
 */
type PlainKind = "authorized" | "refreshed" | "recovered" | "published" | "revoked" | "to_publish" | "pruned";

/** `box_waiting`: the store has not taken it yet; `box_left`: its owner has given up, and the next run goes on. */
type CodedKind = "box_waiting" | "box_left" | "ambiguous" | "person_needed";

/** One form for writing and reading. */
const FORMS: Readonly<Record<JournalEvent["kind"], string>> = {
  intended: "intends to <intent> (<generation>)",
  abandoned: "gives up its <intent> (<generation>, <code>)",
  authorized: "authorized as generation <generation>",
  refreshed: "refreshed to generation <generation>",
  recovered: "recovered generation <generation> from its box",
  published: "published generation <generation> again",
  to_publish: "is to publish generation <generation> again",
  pruned: "removed outputs, at generation <generation>",
  box_waiting: "spent generation <generation>, its box is waiting (<code>)",
  box_left: "leaves the box of generation <generation> waiting (<code>)",
  ambiguous: "ambiguous at generation <generation> (<code>)",
  person_needed: "needs a person at generation <generation> (<code>)",
  revoked: "revoked at generation <generation>",
};

const PARTS: Readonly<Record<string, string>> = {
  intent: INTENT_KINDS.join("|"),
  generation: "0|[1-9][0-9]{0,9}",
  code: "[A-Za-z0-9][A-Za-z0-9_.-]{0,63}",
};

const PART = /<([a-z]+)>/g;

const PATTERNS = Object.entries(FORMS).map(([kind, form]) => {
  const literal = form.replace(/[()]/g, String.raw`\$&`);
  const source = literal.replace(PART, (whole, part: string) => `(?${whole}${PARTS[part] ?? ""})`);
  return { kind: kind as JournalEvent["kind"], pattern: new RegExp(`^${source}$`) };
});

/** One line of a commit's message: `refreshed to generation 4`. */
export function describeEvent(event: JournalEvent): string {
  const values = new Map<string, string | number>(Object.entries(event));
  return FORMS[event.kind].replace(PART, (_, part: string) => String(values.get(part)));
}

/** The inverse of `describeEvent`; undefined for every other text. */
export function readEvent(text: string): JournalEvent | undefined {
  for (const { kind, pattern } of PATTERNS) {
    const groups = pattern.exec(text)?.groups;
    if (groups !== undefined) return eventOf(kind, groups);
  }
  return undefined;
}

function eventOf(
  kind: JournalEvent["kind"],
  groups: Readonly<Record<string, string>>,
): JournalEvent | undefined {
  const [generation, code] = [Number(groups["generation"]), groups["code"] ?? ""];
  const intent = INTENT_KINDS.find((known) => known === groups["intent"]);
  switch (kind) {
    case "intended":
      return intent && { kind, intent, generation };
    case "abandoned":
      return intent && { kind, intent, generation, code };
    case "box_waiting":
    case "box_left":
    case "ambiguous":
    case "person_needed":
      return { kind, generation, code };
    case "authorized":
    case "refreshed":
    case "recovered":
    case "published":
    case "revoked":
    case "to_publish":
    case "pruned":
      return { kind, generation };
  }
}
