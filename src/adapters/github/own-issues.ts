import type { Api } from "./api.ts";
import { unreadable } from "./faults.ts";
import type { Asked } from "./faults.ts";
import { issuesFault, loginFault } from "./issue-faults.ts";
import { integerOf, listOf, textOf } from "./outcome.ts";

/** An open issue that this token's account opened for a credential. */
export interface OwnIssue {
  readonly number: number;
  readonly title: string;
  readonly body: string;
}

/** What asks, and in whose repository. */
export interface Tracker {
  readonly api: Api;
  readonly parameters: { readonly owner: string; readonly repo: string };
  readonly asked: Asked;
}

/** As whom this token writes. REST's `GET /user` answers 403 to an App's token, as the workflow's own is one. */
export const VIEWER = "query { viewer { login } }";

export const ISSUES = "/repos/{owner}/{repo}/issues";
const PER_PAGE = 100;
const MAX_PAGES = 10;

/** In the first line, where nothing that an issue quotes from elsewhere stands. */
const MARKER = /^<!-- sealring:credential:([a-z0-9-]+) -->\r?\n/;

/** The body as it is written to GitHub: it begins with an invisible line that says whose it is. */
export function marked(credential: string, body: string): string {
  return `<!-- sealring:credential:${credential} -->\n${body}`;
}

/**
 * Our open issues by credential, the newest first, out of the newest thousand. An issue is ours by its author and its
 * marker: anybody can write a marker, or the same title.
 * @throws SealringError `transient`, `rate_limited` or `store_refused`.
 */
export async function listOwnIssues(tracker: Tracker): Promise<Map<string, OwnIssue[]>> {
  const login = await ownLogin(tracker);
  const found = new Map<string, OwnIssue[]>();
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const items = await pageOf(tracker, login, page);
    for (const item of items) note(found, login, item);
    if (items.length < PER_PAGE) break;
  }
  return found;
}

async function ownLogin({ api, asked }: Tracker): Promise<string> {
  const outcome = await api.query(VIEWER);
  if (outcome.kind === "refused" || outcome.kind === "lost") throw loginFault(outcome, asked);
  const login = outcome.kind === "data" ? textOf(outcome.data, "viewer", "login") : undefined;
  if (login === undefined) throw unreadable(asked);
  return login;
}

async function pageOf(
  { api, parameters, asked }: Tracker,
  creator: string,
  page: number,
): Promise<readonly unknown[]> {
  const query = { creator, state: "open", sort: "created", direction: "desc", per_page: PER_PAGE, page };
  const outcome = await api.repeatable({ route: `GET ${ISSUES}`, parameters: { ...parameters, ...query } });
  if (outcome.kind === "answer") return listOf(outcome.data);
  throw issuesFault(outcome, asked);
}

function note(found: Map<string, OwnIssue[]>, login: string, item: unknown): void {
  const body = textOf(item, "body") ?? "";
  const credential = MARKER.exec(body)?.[1];
  const number = integerOf(item, "number");
  if (credential === undefined || number === undefined) return;
  if (textOf(item, "user", "login")?.toLowerCase() !== login.toLowerCase() || isPullRequest(item)) return;
  const others = found.get(credential) ?? [];
  // One that is opened while we read moves the rest down: the last of a page comes again, and is no double.
  if (others.some((other) => other.number === number)) return;
  found.set(credential, [...others, { number, title: textOf(item, "title") ?? "", body }]);
}

/** GitHub lists pull requests among the issues. */
function isPullRequest(item: unknown): boolean {
  return textOf(item, "pull_request", "url") !== undefined;
}
