import type { SavedPlan } from "../../difference/saved.ts";
import type { RandomBytes } from "../../ports.ts";

/** A plan that a page has shown: consent for it is consent for this alone. */
export interface ShownPlan {
  readonly saved: SavedPlan;
  /** The names of the secrets that its page asks for. */
  readonly asked: readonly string[];
  /** Of every credential. None is a secret, and kept as one it would be hidden in every page. */
  readonly clientIds: readonly string[];
  /** The name of what the workflow signs in with. */
  readonly token: string;
}

const ID_BYTES = 18;
/** More than anybody has open. */
const MOST_KEPT = 50;

/** The plans that pages have shown, by an id that nobody guesses; the newest are kept. */
export class ShownPlans {
  readonly #random: RandomBytes;
  readonly #kept = new Map<string, ShownPlan>();

  constructor(random: RandomBytes) {
    this.#random = random;
  }

  keep(plan: ShownPlan): string {
    const id = Buffer.from(this.#random(ID_BYTES)).toString("base64url");
    this.#kept.set(id, plan);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return id;
  }

  /** undefined: none of that id, or not any more. */
  find(id: unknown): ShownPlan | undefined {
    return typeof id === "string" ? this.#kept.get(id) : undefined;
  }
}
