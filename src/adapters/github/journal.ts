import { SealringError } from "../../errors.ts";
import type { Journal, JournalChange, JournalSnapshot, SwapOutcome } from "../../ports.ts";
import type { Api } from "./api.ts";
import { faultOf, unreadable } from "./faults.ts";
import type { Asked } from "./faults.ts";
import { blobIdOf, filesAfter, isBranchName, treeEntries } from "./git-objects.ts";
import { emptyRepository, heldByRuleset, notYetServed, tooLarge } from "./journal-faults.ts";
import { listOf, textOf } from "./outcome.ts";
import type { Answer, Lost, Outcome, Refusal } from "./outcome.ts";
import { repositoryParameters } from "./places.ts";

export interface JournalOptions {
  readonly repository: string;
  readonly branch: string;
  readonly webUrl: string;
}

const OBJECT_ID = /^[0-9a-f]{40}$/;

const EMPTY: JournalSnapshot = { commit: undefined, files: new Map() };

/** The `Journal` port over GitHub's Git Data REST API. Throws `usage` for a name that no branch can have. */
export function createJournal(api: Api, options: JournalOptions): Journal {
  if (!isBranchName(options.branch)) {
    throw new SealringError("usage", "the state branch's name is none that git takes", {
      hint: "set state_branch in sealring.yaml to a name such as sealring-state",
    });
  }
  const branch = new StateBranch(api, options);
  return {
    head: () => branch.head(),
    read: (blob) => branch.read(blob),
    swap: (from, change) => branch.swap(from, change),
    history: async () => [],
    compact: async () => ({ kind: "lost" }),
  };
}

class StateBranch {
  readonly #api: Api;
  readonly #branch: string;
  readonly #repository: { readonly owner: string; readonly repo: string };
  readonly #asked: Asked;
  /** Commits and blobs never change, so what was seen once need not be asked for again. */
  readonly #trees = new Map<string, string>();
  readonly #snapshots = new Map<string, JournalSnapshot>();
  readonly #blobs = new Map<string, string>();

  constructor(api: Api, options: JournalOptions) {
    this.#api = api;
    this.#branch = options.branch;
    this.#repository = repositoryParameters(options.repository);
    this.#asked = { what: `branch ${options.branch} of ${options.repository}`, webUrl: options.webUrl };
  }

  async head(): Promise<JournalSnapshot> {
    const outcome = await this.#api.repeatable(this.#call("GET", `git/ref/heads/${this.#branch}`, {}));
    if (isMissingBranch(outcome)) return EMPTY;
    const commit = this.#idIn(outcome, "object", "sha");
    const known = this.#snapshots.get(commit);
    if (known !== undefined) return known;
    const snapshot = { commit, files: await this.#filesOf(await this.#treeOf(commit)) };
    this.#snapshots.set(commit, snapshot);
    return snapshot;
  }

  async read(blob: string): Promise<string> {
    const known = this.#blobs.get(blob);
    if (known !== undefined) return known;
    const outcome = await this.#object("git/blobs/{file_sha}", { file_sha: blob });
    const content = textOf(this.#answer(outcome).data, "content");
    if (content === undefined) throw unreadable(this.#asked);
    const text = Buffer.from(content, "base64").toString("utf8");
    this.#blobs.set(blob, text);
    return text;
  }

  async swap(from: JournalSnapshot, change: JournalChange): Promise<SwapOutcome> {
    const tree = await this.#writeTree(from, change);
    const commit = await this.#writeCommit({ message: change.message, tree, parents: parentsOf(from) });
    const outcome = await this.#moveBranch(from, commit);
    if (outcome.kind !== "answer") return this.#notWon(outcome);
    // A redirect turns a POST into a GET, whose answer is no word on a move.
    if (textOf(outcome.data, "object", "sha") !== commit) return { kind: "unknown" };
    const snapshot = { commit, files: filesAfter(from, change) };
    this.#trees.set(commit, tree);
    this.#snapshots.set(commit, snapshot);
    for (const content of change.files.values()) {
      if (content !== undefined) this.#blobs.set(blobIdOf(content), content);
    }
    return { kind: "won", snapshot };
  }

  async #writeTree(from: JournalSnapshot, change: JournalChange): Promise<string> {
    const tree = treeEntries(from, change);
    const base = from.commit === undefined ? undefined : await this.#treeOf(from.commit);
    if (tree.length === 0 && base !== undefined) return base;
    const body = base === undefined ? { tree } : { tree, base_tree: base };
    return this.#idIn(await this.#post("git/trees", body), "sha");
  }

  async #writeCommit(body: Readonly<Record<string, unknown>>): Promise<string> {
    return this.#idIn(await this.#post("git/commits", body), "sha");
  }

  /** The compare-and-swap. Sent once: after a lost answer, a second sending would report its own first one as a rival. */
  #moveBranch(from: JournalSnapshot, commit: string): Promise<Outcome> {
    const ref = `heads/${this.#branch}`;
    return from.commit === undefined
      ? this.#api.once(this.#call("POST", "git/refs", { ref: `refs/${ref}`, sha: commit }))
      : this.#api.once(this.#call("PATCH", `git/refs/${ref}`, { sha: commit, force: false }));
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

  async #treeOf(commit: string): Promise<string> {
    const known = this.#trees.get(commit);
    if (known !== undefined) return known;
    const outcome = await this.#object("git/commits/{commit_sha}", { commit_sha: commit });
    const tree = this.#idIn(outcome, "tree", "sha");
    this.#trees.set(commit, tree);
    return tree;
  }

  async #filesOf(tree: string): Promise<ReadonlyMap<string, string>> {
    const outcome = await this.#object("git/trees/{tree_sha}", { tree_sha: tree, recursive: "1" });
    const { data } = this.#answer(outcome);
    if ((data as { truncated?: unknown }).truncated === true) throw tooLarge(this.#asked);
    return new Map(listOf(data, "tree").flatMap(fileOf));
  }

  /** An object by its id. */
  async #object(path: string, parameters: Readonly<Record<string, unknown>>): Promise<Outcome> {
    const outcome = await this.#api.repeatable(this.#call("GET", path, parameters));
    if (outcome.kind === "refused" && outcome.status === 404) throw notYetServed(this.#asked);
    return outcome;
  }

  /** Trees and commits are named by their contents: writing one twice changes nothing. */
  #post(path: string, body: Readonly<Record<string, unknown>>): Promise<Outcome> {
    return this.#api.repeatable(this.#call("POST", path, body));
  }

  #call(method: string, path: string, parameters: Readonly<Record<string, unknown>>) {
    return {
      route: `${method} /repos/{owner}/{repo}/${path}`,
      parameters: { ...this.#repository, ...parameters },
    };
  }

  #answer(outcome: Outcome): Answer {
    if (outcome.kind === "answer") return outcome;
    if (outcome.kind === "refused" && outcome.reading === "empty_repository")
      throw emptyRepository(this.#asked);
    throw faultOf(outcome, this.#asked);
  }

  #idIn(outcome: Outcome, ...path: readonly string[]): string {
    const id = textOf(this.#answer(outcome).data, ...path);
    if (id === undefined || !OBJECT_ID.test(id)) throw unreadable(this.#asked);
    return id;
  }
}

function parentsOf(from: JournalSnapshot): readonly string[] {
  return from.commit === undefined ? [] : [from.commit];
}

/** 404 of a branch that is not there, 409 of a repository without any commit. */
function isMissingBranch(outcome: Outcome): boolean {
  return outcome.kind === "refused" && (outcome.status === 404 || outcome.status === 409);
}

function fileOf(entry: unknown): [string, string][] {
  const path = textOf(entry, "path");
  const id = textOf(entry, "sha");
  return textOf(entry, "type") === "blob" && path !== undefined && id !== undefined ? [[path, id]] : [];
}
