/** Forms that are being answered: what one has begun is ended before the console closes. */
export class Underway {
  readonly #answers = new Set<Promise<unknown>>();

  async keep(answer: Promise<void>): Promise<void> {
    this.#answers.add(answer);
    try {
      await answer;
    } finally {
      this.#answers.delete(answer);
    }
  }

  /** Waits until none is. */
  async settled(): Promise<void> {
    while (this.#answers.size > 0) await Promise.allSettled(this.#answers);
  }
}
