import type { GitHub } from "../../src/github.ts";
import type { BoxDisk, HttpClient } from "../../src/ports.ts";

/** What every port answers after the end. */
export class Died extends Error {}

/** A process that dies at one of its calls of a port: before the call is made, or after, without hearing the answer. */
export class Mortal {
  calls = 0;
  readonly #at: number;
  readonly #when: "before" | "after";
  readonly #isSpared: () => boolean;
  /** It would be dead, had it not been spared. */
  #isDue = false;
  #dead = false;

  /** While it is spared, its death waits for the next call. */
  constructor(at: number, when: "before" | "after", isSpared: () => boolean = () => false) {
    this.#at = at;
    this.#when = when;
    this.#isSpared = isSpared;
  }

  get isDead(): boolean {
    return this.#dead;
  }

  github({ access, stores, journal, runs, artifacts, alerts, settings, past, tokens }: GitHub): GitHub {
    return {
      stores: {
        publicKey: (target) => this.#live(() => stores.publicKey(target)),
        reserve: (target, name, followers) => this.#live(() => stores.reserve(target, name, followers)),
        put: (target, name, value) => this.#live(() => stores.put(target, name, value)),
        delete: (target, name) => this.#live(() => stores.delete(target, name)),
        find: (target, name) => this.#live(() => stores.find(target, name)),
        room: (target) => this.#live(() => stores.room(target)),
      },
      journal: {
        head: () => this.#live(() => journal.head()),
        read: (blob) => this.#live(() => journal.read(blob)),
        swap: (from, change) => this.#live(() => journal.swap(from, change)),
        history: (asked) => this.#live(() => journal.history(asked)),
        readAt: (path, commits) => this.#live(() => journal.readAt(path, commits)),
        compact: (from, message) => this.#live(() => journal.compact(from, message)),
      },
      ...{ access, settings, past, tokens },
      runs: {
        ...runs,
        state: (job) => this.#live(() => runs.state(job)),
        dispatch: (file, inputs) => this.#live(() => runs.dispatch(file, inputs)),
      },
      artifacts: { boxes: (runId, name) => this.#live(() => artifacts.boxes(runId, name)) },
      alerts: {
        raise: (alert) => this.#live(() => alerts.raise(alert)),
        settle: (name, comment) => this.#live(() => alerts.settle(name, comment)),
      },
    };
  }

  http(http: HttpClient): HttpClient {
    return { send: (request) => this.#live(() => http.send(request)) };
  }

  disk(disk: BoxDisk): BoxDisk {
    return {
      write: (name, box) => this.#live(() => disk.write(name, box)),
      read: (name) => this.#live(() => disk.read(name)),
      remove: (name) => this.#live(() => disk.remove(name)),
    };
  }

  async #live<T>(call: () => Promise<T>): Promise<T> {
    this.calls += 1;
    const isLast = this.calls === this.#at || this.#isDue;
    if (isLast && this.#when === "before") this.#die();
    if (this.#isOver()) throw new Died();
    const result = await call();
    if (isLast) this.#die();
    if (this.#isOver()) throw new Died();
    return result;
  }

  #die(): void {
    this.#isDue = this.#isSpared();
    this.#dead ||= !this.#isDue;
  }

  #isOver(): boolean {
    return this.#dead;
  }
}
