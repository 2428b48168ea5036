import type { Api, Call } from "./api.ts";
import { integerOf, listOf } from "./outcome.ts";
import type { Lost, Refusal } from "./outcome.ts";

const PAGE = 100;

/** The items of a list. `complete`: as many as GitHub counts, so that none can have been missed. */
export interface Listed {
  readonly kind: "listed";
  readonly items: readonly unknown[];
  readonly complete: "yes" | "no";
}

/** Reads a list to its end, or to the end of so many pages of a hundred. `key` is the field that holds the items. */
export async function readList(
  api: Api,
  call: Call,
  { key, maxPages }: { readonly key: string; readonly maxPages: number },
): Promise<Listed | Refusal | Lost> {
  const items: unknown[] = [];
  for (let page = 1; ; page += 1) {
    const parameters = { ...call.parameters, per_page: PAGE, page };
    const outcome = await api.repeatable({ ...call, parameters });
    if (outcome.kind !== "answer") return outcome;
    const listed = listOf(outcome.data, key);
    items.push(...listed);
    if (listed.length < PAGE || page === maxPages) {
      const complete = items.length === integerOf(outcome.data, "total_count") ? "yes" : "no";
      return { kind: "listed", items, complete };
    }
  }
}
