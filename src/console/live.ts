/** Something that a page shows has changed. */
export type Topic = "journal" | "files" | "operations";

export type Listener = (topic: Topic) => void;

/** Tells open pages that they show something old. What is new, they ask for themselves. */
export class Live {
  readonly #listeners = new Set<Listener>();

  /** Gives what ends it. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  tell(topic: Topic): void {
    for (const listener of this.#listeners) listener(topic);
  }

  get listeners(): number {
    return this.#listeners.size;
  }
}
