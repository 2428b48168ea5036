import type { Call } from "./operation.ts";

const DEFAULT_PER_PAGE = 30;
const LARGEST_PER_PAGE = 100;

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly total: number;
  /** `Link`, when there are other pages. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The page of a list that `page` and `per_page` ask for. */
export function pageOf<Item>(call: Call, all: readonly Item[]): Page<Item> {
  const perPage = Math.min(whole(call.query.get("per_page"), DEFAULT_PER_PAGE), LARGEST_PER_PAGE);
  const page = whole(call.query.get("page"), 1);
  const last = Math.max(1, Math.ceil(all.length / perPage));
  const links = [
    ...(page < last ? [link(call, page + 1, "next"), link(call, last, "last")] : []),
    ...(page > 1 ? [link(call, page - 1, "prev"), link(call, 1, "first")] : []),
  ];
  return {
    items: all.slice((page - 1) * perPage, page * perPage),
    total: all.length,
    headers: links.length === 0 ? {} : { link: links.join(", ") },
  };
}

function link(call: Call, page: number, relation: string): string {
  const query = new URLSearchParams(call.query);
  query.set("page", String(page));
  return `<${call.apiUrl}${call.path}?${query.toString()}>; rel="${relation}"`;
}

function whole(text: string | null, otherwise: number): number {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : otherwise;
}
