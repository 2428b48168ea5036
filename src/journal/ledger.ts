import { SealringError } from "../errors.ts";
import type { Journal, JournalChange, JournalSnapshot } from "../github.ts";
import type { Clock } from "../ports.ts";
import { decodeEntry, encodeEntry } from "./codec.ts";
import { entryPath } from "./entry.ts";
import type { JournalEntry } from "./entry.ts";
import type { JournalEvent } from "./event.ts";
import { describeMessage } from "./message.ts";
import { statusPage } from "./page.ts";

/** `lost`: somebody else moved this credential's file since it was read; nothing was written. */
export type Update = "won" | "lost";

/** What becomes of the credential's box in the journal's write-ahead log, `wal/<name>.json`. */
export type BoxChange =
  | { readonly kind: "as_is" }
  | { readonly kind: "write"; readonly text: string }
  | { readonly kind: "remove" };

interface Waiting {
  readonly entry: JournalEntry;
  readonly text: string;
  readonly event: JournalEvent;
  readonly box: BoxChange;
  readonly settle: (update: Update) => void;
  readonly fail: (error: unknown) => void;
}

const ATTEMPTS = 8;
const FIRST_PAUSE_MILLISECONDS = 200;
const PAGE_PATH = "README.md";
const ENTRY = /^credentials\/([a-z0-9-]{1,64})\.json$/;

/**
 * One process's view of the journal. Updates that wait together are written in one commit, one commit in flight;
 * each is won or lost on its own file, so that two runs with different credentials never stop each other.
 */
export class Ledger {
  readonly #journal: Journal;
  readonly #clock: Clock;
  readonly #runUrl: string | undefined;
  readonly #texts = new Map<string, string>();
  /** The blob of each credential's file as its owner in this process knows it. */
  readonly #seen = new Map<string, string | undefined>();
  /**
   * The blobs that each file had before, for this process: a head that GitHub gives late shows one of them again. Nobody
   * can put one back: an entry's `issued` only grows.
   */
  readonly #past = new Map<string, Set<string | undefined>>();
  /** What this process wrote without hearing whether the branch took it: where it stands, nobody else has been. */
  readonly #unheard = new Set<string>();
  #snapshot: Promise<JournalSnapshot> | undefined;
  #queue: Waiting[] = [];
  #writing = false;

  /** `runUrl`: the workflow run that its commits name. */
  constructor(journal: Journal, clock: Clock, runUrl?: string) {
    this.#journal = journal;
    this.#clock = clock;
    this.#runUrl = runUrl;
  }

  /**
   * A credential's entry; undefined when the journal has none. Updates compare with what was read here.
   * @throws SealringError as `Journal` does, and `reauthorization_required` for a file that is not an entry.
   */
  async read(name: string): Promise<JournalEntry | undefined> {
    const blob = (await this.#head()).files.get(entryPath(name));
    this.#see(name, blob);
    return blob === undefined ? undefined : decodeEntry(name, await this.#text(blob));
  }

  /** The credentials that the journal has a file of, sorted; declared or not. */
  async names(): Promise<readonly string[]> {
    const { files } = await this.#head();
    return [...files.keys()].flatMap((path) => ENTRY.exec(path)?.[1] ?? []).sort();
  }

  /** The credential's box in the write-ahead log, as text; undefined when there is none. */
  async box(name: string): Promise<string | undefined> {
    const blob = (await this.#head()).files.get(boxPath(name));
    return blob === undefined ? undefined : this.#text(blob);
  }

  /** Forgets the branch's head, so that the next read asks for it. */
  refresh(): void {
    this.#snapshot = undefined;
  }

  /**
   * Writes an entry if its file is as it was when it was read or last written here: a compare-and-swap.
   * `event` says what happened, for the branch's history.
   * @throws SealringError as `Journal` does; then the entry may or may not have been written.
   */
  write(entry: JournalEntry, event: JournalEvent, box: BoxChange = { kind: "as_is" }): Promise<Update> {
    return new Promise((settle, fail) => {
      this.#queue.push({ entry, text: encodeEntry(entry), event, box, settle, fail });
      if (!this.#writing) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#writing = true;
    // What is asked for in the same turn goes into the same commit.
    await new Promise<void>((resume) => setImmediate(resume));
    while (this.#queue.length > 0) {
      const batch = this.#queue;
      this.#queue = [];
      await this.#commit(batch).catch((error: unknown) => {
        this.refresh();
        for (const waiting of batch) {
          this.#unheard.add(waiting.text);
          waiting.fail(error);
        }
      });
    }
    this.#writing = false;
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    let open = batch;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      if (attempt > 0) {
        await this.#clock.sleep(FIRST_PAUSE_MILLISECONDS * 2 ** (attempt - 1));
        // After the pause, not before it: other writers go on meanwhile.
        this.refresh();
      }
      open = await this.#settleMoved(open);
      if (open.length === 0) return;
      const outcome = await this.#journal.swap(await this.#head(), await this.#change(open));
      if (outcome.kind === "won") {
        this.#adopt(outcome.snapshot, open);
        return;
      }
    }
    // The last swap may have been taken, though nobody said so.
    this.refresh();
    if ((await this.#settleMoved(open)).length > 0) throw contended();
  }

  /** Settles what the branch says of: written as wanted, or moved by somebody else. Gives the rest. */
  async #settleMoved(batch: readonly Waiting[]): Promise<readonly Waiting[]> {
    const { files } = await this.#head();
    const open: Waiting[] = [];
    for (const waiting of batch) {
      const blob = files.get(entryPath(waiting.entry.name));
      const text = blob === undefined ? undefined : await this.#text(blob);
      if (text === waiting.text) {
        this.#see(waiting.entry.name, blob);
        waiting.settle("won");
      } else if (this.#isOwn(waiting.entry.name, blob)) open.push(waiting);
      else if (text !== undefined && this.#unheard.has(text)) open.push(waiting);
      else waiting.settle("lost");
    }
    return open;
  }

  async #change(batch: readonly Waiting[]): Promise<JournalChange> {
    const { files } = await this.#head();
    const entries = batch.map(({ entry, text }) => [entryPath(entry.name), text] as const);
    const page = await this.#page(files.get(PAGE_PATH), batch);
    const events = batch.map(({ entry: { name }, event }) => ({ name, event }));
    const message = describeMessage({ kind: "events", events, runUrl: this.#runUrl });
    return { message, files: new Map([...entries, ...boxChanges(batch, files), ...page]) };
  }

  /** A page that cannot be read is left as it is: it must not keep an entry or a box from being written. */
  async #page(
    blob: string | undefined,
    batch: readonly Waiting[],
  ): Promise<readonly (readonly [string, string])[]> {
    const changed = batch.map(({ entry }) => entry);
    try {
      const previous = blob === undefined ? "" : await this.#text(blob);
      return [[PAGE_PATH, statusPage(previous, changed)]];
    } catch (error) {
      if (error instanceof SealringError) return [];
      throw error;
    }
  }

  /** Asked for once, however many wait for it. */
  #head(): Promise<JournalSnapshot> {
    this.#snapshot ??= this.#journal.head();
    this.#snapshot.catch(() => {
      this.refresh();
    });
    return this.#snapshot;
  }

  #adopt(snapshot: JournalSnapshot, written: readonly Waiting[]): void {
    this.#snapshot = Promise.resolve(snapshot);
    for (const { entry, text, settle } of written) {
      const blob = snapshot.files.get(entryPath(entry.name));
      if (blob !== undefined) this.#texts.set(blob, text);
      this.#see(entry.name, blob);
      settle("won");
    }
  }

  #see(name: string, blob: string | undefined): void {
    const past = this.#past.get(name) ?? new Set();
    if (this.#seen.has(name)) past.add(this.#seen.get(name));
    past.delete(blob);
    this.#past.set(name, past);
    this.#seen.set(name, blob);
  }

  /** As this process knows the file, or knew it: nobody else has been at it. */
  #isOwn(name: string, blob: string | undefined): boolean {
    return blob === this.#seen.get(name) || this.#past.get(name)?.has(blob) === true;
  }

  async #text(blob: string): Promise<string> {
    const known = this.#texts.get(blob);
    if (known !== undefined) return known;
    const text = await this.#journal.read(blob);
    this.#texts.set(blob, text);
    return text;
  }
}

function boxPath(name: string): string {
  return `wal/${name}.json`;
}

/** A box that is not there cannot be removed: GitHub refuses such a tree. */
function boxChanges(
  batch: readonly Waiting[],
  files: JournalSnapshot["files"],
): readonly [string, string | undefined][] {
  return batch.flatMap(({ entry: { name }, box }): [string, string | undefined][] => {
    if (box.kind === "write") return [[boxPath(name), box.text]];
    return box.kind === "remove" && files.has(boxPath(name)) ? [[boxPath(name), undefined]] : [];
  });
}

function contended(): SealringError {
  return new SealringError("transient", "the journal could not be written: other writers were always first", {
    hint: "run the command again",
  });
}
