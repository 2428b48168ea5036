type Turn = "turn" | "cancelled";

interface Holder {
  /** Ends what holds the group, for `cancel-in-progress`. */
  readonly cancel: () => void;
}

interface Waiting {
  readonly holder: Holder;
  readonly decide: (turn: Turn) => void;
}

interface Group {
  running: Holder | undefined;
  pending: readonly Waiting[];
}

/** How a job asks for its group. */
export interface Entry {
  readonly name: string;
  /** `queue: max`: nobody who waits is pushed out. */
  readonly queue: "single" | "max";
  readonly whenRunning: "wait" | "cancel_running";
}

/**
 * Concurrency groups: one holder runs and one is pending; a newer one cancels the pending, and with `cancel-in-progress`
 * the running, too (docs.github.com: "Control the concurrency of workflows and jobs"). Names differ by more than case.
 */
export class ConcurrencyGroups {
  readonly #groups = new Map<string, Group>();

  /** Resolves when it is this one's turn, or when a newer one has taken its place. */
  async enter(entry: Entry, holder: Holder): Promise<Turn> {
    const group = this.#group(entry.name);
    if (group.running === undefined) {
      group.running = holder;
      return "turn";
    }
    if (entry.queue === "single") for (const { decide } of group.pending) decide("cancelled");
    if (entry.whenRunning === "cancel_running") group.running.cancel();
    return new Promise<Turn>((decide) => {
      const before = entry.queue === "single" ? [] : group.pending;
      group.pending = [...before, { holder, decide }];
    });
  }

  /** Gives the group up, or the place in its queue. */
  leave(name: string, holder: Holder): void {
    const group = this.#group(name);
    const mine = group.pending.find((each) => each.holder === holder);
    mine?.decide("cancelled");
    group.pending = group.pending.filter((each) => each !== mine);
    if (group.running !== holder) return;
    const [next, ...rest] = group.pending;
    group.running = next?.holder;
    group.pending = rest;
    next?.decide("turn");
  }

  #group(name: string): Group {
    const known = this.#groups.get(name.toLowerCase());
    if (known !== undefined) return known;
    const group: Group = { running: undefined, pending: [] };
    this.#groups.set(name.toLowerCase(), group);
    return group;
  }
}
