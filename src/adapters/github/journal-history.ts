import type { Journal, JournalCommit } from "../../github.ts";
import { unreadable } from "./faults.ts";
import type { Asked } from "./faults.ts";
import { isMissingBranch } from "./git-data.ts";
import type { GitData } from "./git-data.ts";
import { dateOf, listOf, textOf } from "./outcome.ts";

/** More are not read, however many are asked for: ten requests. */
const MOST = 1_000;
const PER_PAGE = 100;

/** The `Journal` port's `history`, page by page. */
export async function readHistory(
  git: GitData,
  { branch, asked }: { readonly branch: string; readonly asked: Asked },
  { path, limit }: Parameters<Journal["history"]>[0],
): Promise<readonly JournalCommit[]> {
  const wanted = Math.min(limit, MOST);
  const filter = path === undefined ? { sha: branch } : { sha: branch, path };
  // By id: a commit that comes meanwhile moves others onto the next page.
  const commits = new Map<string, JournalCommit>();
  for (let page = 1; commits.size < wanted; page += 1) {
    const outcome = await git.get("commits", { ...filter, per_page: PER_PAGE, page });
    // No branch yet, or no commit at all.
    if (isMissingBranch(outcome)) break;
    const items = listOf(git.answer(outcome).data);
    for (const item of items) {
      const commit = commitOf(item, asked);
      commits.set(commit.id, commit);
    }
    if (items.length < PER_PAGE) break;
  }
  return [...commits.values()].slice(0, wanted);
}

function commitOf(item: unknown, asked: Asked): JournalCommit {
  const [id, message] = [textOf(item, "sha"), textOf(item, "commit", "message")];
  const at = dateOf(item, "commit", "committer", "date");
  if (id === undefined || message === undefined || at === undefined) throw unreadable(asked);
  return { id, at, message };
}
