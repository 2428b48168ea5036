import type { GitHub, Journal, JournalSnapshot } from "../github.ts";

/** A head that is older than this is asked for again. */
const HEAD_MILLISECONDS = 2_000;
const MOST_BLOBS = 20_000;

/**
 * GitHub as pages read it: what a blob says never changes, and for two seconds neither does the branch's head. For reading
 * alone: work that writes has to see the head as it is.
 */
export class Reading {
  readonly #now: () => Date;
  readonly #blobs = new Map<string, Promise<string>>();
  #head: { readonly at: Date; readonly snapshot: Promise<JournalSnapshot> } | undefined;

  constructor(now: () => Date) {
    this.#now = now;
  }

  of(github: GitHub): GitHub {
    return { ...github, journal: this.#journal(github.journal) };
  }

  /** The next page asks for the branch's head. */
  forget(): void {
    this.#head = undefined;
  }

  #journal(journal: Journal): Journal {
    return {
      head: () => this.#headOf(journal),
      read: (blob) => this.#text(journal, blob),
      swap: journal.swap.bind(journal),
      history: journal.history.bind(journal),
      compact: journal.compact.bind(journal),
    };
  }

  #headOf(journal: Journal): Promise<JournalSnapshot> {
    const now = this.#now();
    const age = this.#head === undefined ? Infinity : now.getTime() - this.#head.at.getTime();
    if (this.#head !== undefined && age < HEAD_MILLISECONDS) return this.#head.snapshot;
    const snapshot = journal.head();
    this.#head = { at: now, snapshot };
    snapshot.catch(() => {
      this.forget();
    });
    return snapshot;
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
