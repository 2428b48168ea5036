import type { Api } from "./api.ts";
import { Blobs } from "./blobs.ts";
import { faultOf, unreadable } from "./faults.ts";
import type { Asked } from "./faults.ts";
import { emptyRepository, notYetServed, tooLarge } from "./journal-faults.ts";
import { listOf, textOf } from "./outcome.ts";
import type { Answer, Outcome } from "./outcome.ts";
import { repositoryParameters } from "./places.ts";

const OBJECT_ID = /^[0-9a-f]{40}$/;

type Parameters = Readonly<Record<string, unknown>>;

/** The objects of one repository, by GitHub's Git Data REST API. Throws as the `Journal` port does. */
export class GitData {
  readonly #api: Api;
  readonly #repository: { readonly owner: string; readonly repo: string };
  readonly #asked: Asked;
  /** Commits and blobs never change, so what was seen once need not be asked for again. */
  readonly #trees = new Map<string, string>();
  readonly #texts = new Map<string, string>();
  readonly #blobs: Blobs;

  /** `asked`: what its errors speak of. */
  constructor(api: Api, repository: string, asked: Asked) {
    this.#api = api;
    this.#repository = repositoryParameters(repository);
    this.#asked = asked;
    this.#blobs = new Blobs(api, this.#repository, (blob) => this.#readText(blob));
  }

  /** Sends a read again when it fails. `path` is under the repository. */
  get(path: string, parameters: Parameters): Promise<Outcome> {
    return this.#api.repeatable(this.#call("GET", path, parameters));
  }

  /** Sends once. */
  once(method: "POST" | "PATCH", path: string, parameters: Parameters): Promise<Outcome> {
    return this.#api.once(this.#call(method, path, parameters));
  }

  /** A blob's text. */
  async text(blob: string): Promise<string> {
    const text = this.#texts.get(blob) ?? (await this.#blobs.text(blob));
    this.#texts.set(blob, text);
    return text;
  }

  async #readText(blob: string): Promise<string> {
    const outcome = await this.#object("git/blobs/{file_sha}", { file_sha: blob });
    const content = textOf(this.answer(outcome).data, "content");
    if (content === undefined) throw unreadable(this.#asked);
    return Buffer.from(content, "base64").toString("utf8");
  }

  /** The id of a commit's tree. */
  async treeOf(commit: string): Promise<string> {
    const known = this.#trees.get(commit);
    if (known !== undefined) return known;
    const outcome = await this.#object("git/commits/{commit_sha}", { commit_sha: commit });
    const tree = this.idIn(outcome, "tree", "sha");
    this.#trees.set(commit, tree);
    return tree;
  }

  /** Blob ids by path, of a tree and all under it. */
  async filesOf(tree: string): Promise<ReadonlyMap<string, string>> {
    const outcome = await this.#object("git/trees/{tree_sha}", { tree_sha: tree, recursive: "1" });
    const { data } = this.answer(outcome);
    if ((data as { truncated?: unknown }).truncated === true) throw tooLarge(this.#asked);
    return new Map(listOf(data, "tree").flatMap(fileOf));
  }

  /** Writes a tree, and gives its id. */
  async writeTree(body: Parameters): Promise<string> {
    return this.idIn(await this.#post("git/trees", body), "sha");
  }

  /** Writes a commit, and gives its id. */
  async writeCommit(commit: {
    readonly message: string;
    readonly tree: string;
    readonly parents: readonly string[];
  }): Promise<string> {
    const id = this.idIn(await this.#post("git/commits", commit), "sha");
    this.#trees.set(id, commit.tree);
    return id;
  }

  /** Takes a text for known, which GitHub may not serve yet. */
  learnText(blob: string, text: string): void {
    this.#texts.set(blob, text);
  }

  answer(outcome: Outcome): Answer {
    if (outcome.kind === "answer") return outcome;
    if (outcome.kind === "refused" && outcome.reading === "empty_repository")
      throw emptyRepository(this.#asked);
    throw faultOf(outcome, this.#asked);
  }

  /** An object's id in an answer. */
  idIn(outcome: Outcome, ...path: readonly string[]): string {
    const id = textOf(this.answer(outcome).data, ...path);
    if (id === undefined || !OBJECT_ID.test(id)) throw unreadable(this.#asked);
    return id;
  }

  async #object(path: string, parameters: Parameters): Promise<Outcome> {
    const outcome = await this.get(path, parameters);
    if (outcome.kind === "refused" && outcome.status === 404) throw notYetServed(this.#asked);
    return outcome;
  }

  /** Trees and commits are named by their contents: writing one twice changes nothing. */
  #post(path: string, body: Parameters): Promise<Outcome> {
    return this.#api.repeatable(this.#call("POST", path, body));
  }

  #call(method: string, path: string, parameters: Parameters) {
    return {
      route: `${method} /repos/{owner}/{repo}${path === "" ? "" : `/${path}`}`,
      parameters: { ...this.#repository, ...parameters },
    };
  }
}

function fileOf(entry: unknown): [string, string][] {
  const path = textOf(entry, "path");
  const id = textOf(entry, "sha");
  return textOf(entry, "type") === "blob" && path !== undefined && id !== undefined ? [[path, id]] : [];
}

/** 404 of a branch that is not there, 409 of a repository without any commit; another 409 is a trouble of the moment. */
export function isMissingBranch(outcome: Outcome): boolean {
  return outcome.kind === "refused" && (outcome.status === 404 || outcome.reading === "empty_repository");
}
