import type { Api, Call } from "./api.ts";
import { listOf } from "./outcome.ts";
import type { Lost, Refusal } from "./outcome.ts";

const PAGE = 100;

export interface Listed {
  readonly kind: "listed";
  readonly items: readonly unknown[];
}

/** Reads a list to its end, or to the end of so many pages of a hundred. `key` is the field that holds the items. */
export async function readList(
  api: Api,
  call: Call,
  { key, maxPages }: { readonly key: string; readonly maxPages: number },
): Promise<Listed | Refusal | Lost> {
  const items: unknown[] = [];
  for (let page = 1; page <= maxPages; page += 1) {
    const parameters = { ...call.parameters, per_page: PAGE, page };
    const outcome = await api.repeatable({ ...call, parameters });
    if (outcome.kind !== "answer") return outcome;
    const listed = listOf(outcome.data, key);
    items.push(...listed);
    if (listed.length < PAGE) break;
  }
  return { kind: "listed", items };
}
