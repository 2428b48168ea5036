import { SealringError } from "../../errors.ts";
import type { Journal, JournalChange, JournalSnapshot, SwapOutcome } from "../../github.ts";
import type { Api } from "./api.ts";
import { faultOf } from "./faults.ts";
import type { Asked, Site } from "./faults.ts";
import { GitData, isMissingBranch } from "./git-data.ts";
import { blobIdOf, filesAfter, isBranchName, treeEntries } from "./git-objects.ts";
import { heldByRuleset } from "./journal-faults.ts";
import { readHistory } from "./journal-history.ts";
import { readFileAt } from "./journal-past.ts";
import { replaceHistory } from "./journal-compaction.ts";
import { textOf } from "./outcome.ts";
import type { Lost, Outcome, Refusal } from "./outcome.ts";

export interface JournalOptions {
  readonly repository: string;
  readonly branch: string;
  readonly site: Site;
}

const EMPTY: JournalSnapshot = { commit: undefined, files: new Map() };

/** The `Journal` port over GitHub's Git Data REST API. Throws `usage` for a name that no branch can have. */
export function createJournal(api: Api, options: JournalOptions): Journal {
  if (!isBranchName(options.branch)) {
    throw new SealringError("usage", "the state branch's name is none that git takes", {
      hint: "set state_branch in sealring.yaml to a name such as sealring-state",
    });
  }
  const { branch, repository, site } = options;
  const asked = { what: `branch ${branch} of ${repository}`, site };
  const git = new GitData(api, repository, asked);
  const state = new StateBranch(git, branch, asked);
  return {
    head: () => state.head(),
    read: (blob) => git.text(blob),
    swap: (from, change) => state.swap(from, change),
    history: (wanted) => readHistory(git, { branch, asked }, wanted),
    readAt: (path, commits) => readFileAt({ api, repository, asked }, path, commits),
    compact: (from, message) => replaceHistory({ api, git, branch, asked }, from, message),
  };
}

class StateBranch {
  readonly #git: GitData;
  readonly #branch: string;
  readonly #asked: Asked;
  /** What a commit holds never changes. */
  readonly #snapshots = new Map<string, JournalSnapshot>();

  constructor(git: GitData, branch: string, asked: Asked) {
    this.#git = git;
    this.#branch = branch;
    this.#asked = asked;
  }

  async head(): Promise<JournalSnapshot> {
    const outcome = await this.#git.get(`git/ref/heads/${this.#branch}`, {});
    if (isMissingBranch(outcome)) return EMPTY;
    const commit = this.#git.idIn(outcome, "object", "sha");
    const known = this.#snapshots.get(commit);
    if (known !== undefined) return known;
    const snapshot = { commit, files: await this.#git.filesOf(await this.#git.treeOf(commit)) };
    this.#snapshots.set(commit, snapshot);
    return snapshot;
  }

  async swap(from: JournalSnapshot, change: JournalChange): Promise<SwapOutcome> {
    const tree = await this.#writeTree(from, change);
    const parents = from.commit === undefined ? [] : [from.commit];
    const commit = await this.#git.writeCommit({ message: change.message, tree, parents });
    const outcome = await this.#moveBranch(from, commit);
    if (outcome.kind !== "answer") return this.#notWon(outcome);
    // A redirect turns a POST into a GET, whose answer is no word on a move.
    if (textOf(outcome.data, "object", "sha") !== commit) return { kind: "unknown" };
    const snapshot = { commit, files: filesAfter(from, change) };
    this.#snapshots.set(commit, snapshot);
    for (const content of change.files.values()) {
      if (content !== undefined) this.#git.learnText(blobIdOf(content), content);
    }
    return { kind: "won", snapshot };
  }

  async #writeTree(from: JournalSnapshot, change: JournalChange): Promise<string> {
    const tree = treeEntries(from, change);
    const base = from.commit === undefined ? undefined : await this.#git.treeOf(from.commit);
    if (tree.length === 0 && base !== undefined) return base;
    return this.#git.writeTree(base === undefined ? { tree } : { tree, base_tree: base });
  }

  /** The compare-and-swap. Sent once: after a lost answer, a second sending would report its own first one as a rival. */
  #moveBranch(from: JournalSnapshot, commit: string): Promise<Outcome> {
    const ref = `heads/${this.#branch}`;
    return from.commit === undefined
      ? this.#git.once("POST", "git/refs", { ref: `refs/${ref}`, sha: commit })
      : this.#git.once("PATCH", `git/refs/${ref}`, { sha: commit, force: false });
  }

  #notWon(outcome: Refusal | Lost): SwapOutcome {
    if (outcome.kind === "lost" || outcome.status >= 500) return { kind: "unknown" };
    if (outcome.reading === "ruleset") throw heldByRuleset(this.#asked);
    if (outcome.status === 409) return { kind: "lost" };
    if (outcome.status !== 422) throw faultOf(outcome, this.#asked);
    switch (outcome.reading) {
      case "not_fast_forward":
      case "reference_exists":
      case "reference_missing":
        return { kind: "lost" };
      default:
        return { kind: "unknown" };
    }
  }
}
