import type { Console } from "./console.ts";
import { filesSeen, readDeclarations, soundPart } from "./declarations.ts";
import type { Topic } from "./live.ts";
import { told } from "./operations.ts";

/** A person who saves a file in an editor looks at the page next. */
const FILES_MILLISECONDS = 3_000;
const JOURNAL_MILLISECONDS = 10_000;

/**
 * Looks for what nobody tells the console of, as long as a page is open that shows it: the journal as workflows write it,
 * and files as editors do.
 */
export class Watch {
  readonly #console: Console;
  readonly #pages = new Set<object>();
  readonly #last = new Map<Topic, string>();
  #left = new AbortController();

  constructor(console: Console) {
    this.#console = console;
  }

  /** A page is open. Gives what to call when it is not any more. */
  enter(): () => void {
    const page = {};
    if (this.#pages.size === 0) this.#begin();
    this.#pages.add(page);
    return () => {
      if (this.#pages.delete(page) && this.#pages.size === 0) this.#left.abort();
    };
  }

  #begin(): void {
    this.#left = new AbortController();
    const { ports } = this.#console;
    void this.#look("files", FILES_MILLISECONDS, () => filesSeen(ports));
    void this.#look("journal", JOURNAL_MILLISECONDS, () => headOf(this.#console));
  }

  async #look(topic: Topic, everyMilliseconds: number, look: () => string | Promise<string>): Promise<void> {
    const { signal } = this.#left;
    while (!signal.aborted) {
      const [last, now] = [this.#last.get(topic), await look()];
      this.#last.set(topic, now);
      if (last !== undefined && last !== now) this.#console.live.tell(topic);
      await this.#console.ports.pace(everyMilliseconds, signal);
    }
  }
}

/** The journal's head, or that it cannot be had: then a page says so, and is wrong as soon as it can. */
async function headOf({ ports }: Console): Promise<string> {
  try {
    const { project, repository } = soundPart(readDeclarations(ports));
    const { journal } = await ports.connect(project, repository);
    return (await journal.head()).commit ?? "no branch";
  } catch (error) {
    return told(error).code;
  }
}
