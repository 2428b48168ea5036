import type { GitHub, Journal, JournalCommit, JournalSnapshot, Runs, WorkflowFacts } from "../github.ts";

/** What may change at any time is asked for again when it is older than this. */
const KEPT_MILLISECONDS = 2_000;
const MOST_BLOBS = 20_000;

/**
 * GitHub as pages read it: what a blob or a commit holds never changes, what came before a head neither, and for two seconds
 * nor does the branch's head or a workflow. For reading alone: work that writes has to see the head as it is.
 */
export class Reading {
  readonly #now: () => Date;
  readonly #blobs = new Map<string, Promise<string>>();
  /** Texts by `<commit>:<path>`. */
  readonly #past = new Map<string, string>();
  /** Of one head: what was asked, and what came. */
  #histories: {
    readonly head: string | undefined;
    readonly asked: Map<string, Promise<readonly JournalCommit[]>>;
  } = { head: undefined, asked: new Map() };
  readonly #workflows = new Map<
    string,
    { readonly at: Date; readonly facts: Promise<WorkflowFacts | undefined> }
  >();
  #head: { readonly at: Date; readonly snapshot: Promise<JournalSnapshot> } | undefined;

  constructor(now: () => Date) {
    this.#now = now;
  }

  of(github: GitHub): GitHub {
    const { journal, runs } = github;
    return {
      ...github,
      journal: this.#journal(journal),
      runs: { ...runs, workflow: (file) => this.#workflow(runs, file) },
    };
  }

  /** The next page asks for the branch's head. */
  forget(): void {
    this.#head = undefined;
    this.#workflows.clear();
  }

  #workflow(runs: Runs, file: string): Promise<WorkflowFacts | undefined> {
    const now = this.#now();
    const known = this.#workflows.get(file);
    if (known !== undefined && now.getTime() - known.at.getTime() < KEPT_MILLISECONDS) return known.facts;
    const facts = runs.workflow(file);
    this.#workflows.set(file, { at: now, facts });
    facts.catch(() => this.#workflows.delete(file));
    return facts;
  }

  #journal(journal: Journal): Journal {
    return {
      head: () => this.#headOf(journal),
      read: (blob) => this.#text(journal, blob),
      swap: journal.swap.bind(journal),
      history: (asked) => this.#history(journal, asked),
      readAt: (path, commits) => this.#readAt(journal, path, commits),
      compact: journal.compact.bind(journal),
    };
  }

  #headOf(journal: Journal): Promise<JournalSnapshot> {
    const now = this.#now();
    const age = this.#head === undefined ? Infinity : now.getTime() - this.#head.at.getTime();
    if (this.#head !== undefined && age < KEPT_MILLISECONDS) return this.#head.snapshot;
    const snapshot = journal.head();
    this.#head = { at: now, snapshot };
    snapshot.catch(() => {
      this.forget();
    });
    return snapshot;
  }

  async #history(journal: Journal, asked: Parameters<Journal["history"]>[0]) {
    const { commit } = await this.#headOf(journal);
    if (this.#histories.head !== commit) this.#histories = { head: commit, asked: new Map() };
    const of = this.#histories.asked;
    const key = JSON.stringify([asked.path, asked.limit]);
    const commits = of.get(key) ?? journal.history(asked);
    of.set(key, commits);
    commits.catch(() => of.delete(key));
    return commits;
  }

  async #readAt(journal: Journal, path: string, commits: readonly string[]) {
    const keyOf = (commit: string) => `${commit}:${path}`;
    if (this.#past.size >= MOST_BLOBS) this.#past.clear();
    const unread = commits.filter((commit) => !this.#past.has(keyOf(commit)));
    const read = unread.length === 0 ? [] : await journal.readAt(path, unread);
    for (const [commit, text] of read) this.#past.set(keyOf(commit), text);
    return new Map(
      commits.flatMap((commit): [string, string][] => {
        const text = this.#past.get(keyOf(commit));
        return text === undefined ? [] : [[commit, text]];
      }),
    );
  }

  #text(journal: Journal, blob: string): Promise<string> {
    const known = this.#blobs.get(blob);
    if (known !== undefined) return known;
    if (this.#blobs.size >= MOST_BLOBS) this.#blobs.clear();
    const text = journal.read(blob);
    this.#blobs.set(blob, text);
    text.catch(() => this.#blobs.delete(blob));
    return text;
  }
}
