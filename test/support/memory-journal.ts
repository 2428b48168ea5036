import { createHash } from "node:crypto";
import type {
  Journal,
  JournalChange,
  JournalCommit,
  JournalSnapshot,
  SwapOutcome,
} from "../../src/github.ts";

/** What becomes of one swap: as GitHub says, or an answer that does not arrive, of a branch that moved or did not. */
export type SwapFate = "honest" | "moved_unheard" | "not_moved_unheard" | "throws";

interface MemoryCommit {
  /** Never given twice, as git's. */
  readonly id: string;
  readonly message: string;
  readonly files: ReadonlyMap<string, string>;
}

/** A state branch in memory, with a true compare-and-swap, that every ledger of a test may share. */
export class MemoryJournal implements Journal {
  /** Every commit's files, as text by path; the last is the branch's head. */
  readonly commits: MemoryCommit[] = [];
  /** Fates of the next swaps, in order; honest after the last. */
  fates: SwapFate[] = [];
  /** Runs before each swap is looked at: the place for a rival. */
  beforeSwap: () => Promise<void> | void = () => undefined;
  heads = 0;
  #lastId = 0;
  readonly #blobs = new Map<string, string>();

  async head(): Promise<JournalSnapshot> {
    this.heads += 1;
    const head = this.commits.at(-1);
    if (head === undefined) return { commit: undefined, files: new Map() };
    return { commit: head.id, files: this.#ids(head.files) };
  }

  async read(blob: string): Promise<string> {
    const text = this.#blobs.get(blob);
    if (text === undefined) throw new Error(`there is no blob ${blob}`);
    return text;
  }

  async swap(from: JournalSnapshot, change: JournalChange): Promise<SwapOutcome> {
    await this.beforeSwap();
    const fate = this.fates.shift() ?? "honest";
    if (fate === "throws") throw new Error("the connection broke");
    if (fate === "not_moved_unheard") return { kind: "unknown" };
    if (from.commit !== this.commits.at(-1)?.id) return { kind: fate === "honest" ? "lost" : "unknown" };
    this.put(change);
    return fate === "honest" ? { kind: "won", snapshot: await this.#quietHead() } : { kind: "unknown" };
  }

  async history({ path, limit }: Parameters<Journal["history"]>[0]): Promise<readonly JournalCommit[]> {
    const changed = this.commits.filter(
      ({ files }, index) =>
        path === undefined || files.get(path) !== this.commits[index - 1]?.files.get(path),
    );
    return changed
      .toReversed()
      .slice(0, limit)
      .map(({ id, message }) => ({ id, at: new Date(Number(id) * 1_000), message }));
  }

  async readAt(path: string, commits: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const wanted = this.commits.filter(({ id }) => commits.includes(id));
    return new Map(
      wanted.flatMap(({ id, files }): [string, string][] => {
        const text = files.get(path);
        return text === undefined ? [] : [[id, text]];
      }),
    );
  }

  async compact(from: JournalSnapshot, message: string): Promise<SwapOutcome> {
    const head = this.commits.at(-1)?.id;
    if (head === undefined || from.commit !== head) return { kind: "lost" };
    this.commits.splice(0, this.commits.length, { id: this.#newId(), message, files: this.files() });
    return { kind: "won", snapshot: await this.#quietHead() };
  }

  /** Commits without asking: somebody who edits the branch by hand. */
  put({ message, files }: JournalChange): void {
    const next = new Map(this.files());
    for (const [path, text] of files) {
      if (text === undefined && !next.delete(path)) throw new Error(`${path} is not there to be removed`);
      if (text !== undefined) next.set(path, text);
    }
    this.commits.push({ id: this.#newId(), message, files: next });
    this.#ids(next);
  }

  /** At the branch's head. */
  files(): ReadonlyMap<string, string> {
    return this.commits.at(-1)?.files ?? new Map<string, string>();
  }

  #newId(): string {
    this.#lastId += 1;
    return String(this.#lastId);
  }

  async #quietHead(): Promise<JournalSnapshot> {
    this.heads -= 1;
    return this.head();
  }

  #ids(files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
    return new Map(
      [...files].map(([path, text]) => {
        const id = createHash("sha1").update(text).digest("hex");
        this.#blobs.set(id, text);
        return [path, id];
      }),
    );
  }
}
