import type { Project } from "../declaration/credential.ts";
import type { GitHub, Purpose } from "../github.ts";
import type { ConsolePorts } from "./console.ts";

/** A person who gets a new token, as pages tell them to, has it used after this. */
const KEPT_MILLISECONDS = 60_000;

/** A connection for each purpose, kept a while: finding the token takes a process of its own. One that failed is tried anew. */
export class Connections {
  readonly #given: Pick<ConsolePorts, "connect" | "clock">;
  readonly #kept = new Map<string, { readonly at: Date; readonly made: Promise<GitHub> }>();

  constructor(given: Pick<ConsolePorts, "connect" | "clock">) {
    this.#given = given;
  }

  of(project: Project, repository: string, purpose?: Purpose): Promise<GitHub> {
    const key = JSON.stringify([project, repository, purpose]);
    const now = this.#given.clock.now();
    const kept = this.#kept.get(key);
    if (kept !== undefined && now.getTime() - kept.at.getTime() < KEPT_MILLISECONDS) return kept.made;
    const made = this.#given.connect(project, repository, purpose);
    this.#kept.set(key, { at: now, made });
    made.catch(() => {
      if (this.#kept.get(key)?.made === made) this.#kept.delete(key);
    });
    return made;
  }

  /** Whoever asks next gets a new one. */
  forget(): void {
    this.#kept.clear();
  }
}
