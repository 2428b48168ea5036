import { Cron } from "croner";
import { expect } from "vitest";
import type { StoreTarget } from "../../src/github.ts";
import type { RunReport } from "./actions.ts";
import { INCIDENTS } from "./incidents.ts";
import type { RunnerWorld } from "./world.ts";

/** A credential as its consumers see it. */
export interface Watched {
  readonly name: string;
  readonly target: StoreTarget;
  readonly secretName: string;
  readonly marginSeconds: number;
}

/** How long consumers stood without a working token, and how long they may have. */
export interface Outcome {
  readonly expiredMinutes: number;
  readonly excusedMinutes: number;
}

/** Lets days pass over a world: GitHub's schedule with its delays, incidents, and consumers who look at their tokens. */
export class Month {
  readonly #world: RunnerWorld;
  readonly #watched: readonly Watched[];
  readonly #expired = new Map<string, number>();
  readonly #excused = new Map<string, number>();
  /** When each credential's last good run began. */
  readonly #good = new Map<string, Date>();
  readonly #seen = new Map<string, Date>();
  readonly #phases = new Map<string, string>();
  readonly reports: RunReport[] = [];

  constructor(world: RunnerWorld, watched: readonly Watched[]) {
    this.#world = world;
    this.#watched = watched;
    for (const { name } of watched) {
      this.#good.set(name, world.clock.now());
      this.#seen.set(name, world.clock.now());
    }
  }

  /** One turn of the schedule, that late; with what happens then. */
  async turn(at: Date, incident: string): Promise<void> {
    const { clock } = this.#world;
    clock.passUntil(at);
    const began = clock.now();
    const before = this.#watched.map((watched) => this.#tokenOf(watched));
    this.#world.calm();
    const reports = (await INCIDENTS[incident]?.(this.#world)) ?? [];
    this.#world.calm();
    this.reports.push(...reports);
    this.#watched.forEach((watched, index) => {
      this.#note(watched, before[index]);
      this.#judge(watched, { began, incident });
    });
    // What sees a lost machine takes a while.
    clock.pass(15 * 60_000);
  }

  outcome(name: string): Outcome {
    return {
      expiredMinutes: Math.round(this.#expired.get(name) ?? 0),
      excusedMinutes: Math.round(this.#excused.get(name) ?? 0),
    };
  }

  /** Adds up since the last look: a token that the run has replaced counts until now. */
  #note({ name }: Watched, token: string | undefined): void {
    const now = this.#world.clock.now();
    const ends = this.#world.lifetimes.get(token ?? "") ?? new Date(0);
    const from = Math.max(ends.getTime(), (this.#seen.get(name) ?? now).getTime());
    add(this.#expired, name, now.getTime() - from);
    this.#seen.set(name, now);
  }

  /** A good run leaves more than the margin; without another, that is how long the token is held to live. */
  #judge(
    { name, marginSeconds }: Watched,
    { began, incident }: { readonly began: Date; readonly incident: string },
  ): void {
    const { clock } = this.#world;
    const { phase, unpublished, expiresAt } = this.#world.entry(name);
    expect(phase, `${name} after "${incident}"`).not.toBe("reauthorization_required");
    if (process.env["MONTH"])
      console.log(
        began.toISOString(),
        incident,
        name,
        phase,
        unpublished,
        this.#world.entry(name).generation,
        this.#world.entry(name).error?.code,
        Math.round(this.#expired.get(name) ?? 0),
      );
    const isGood = phase === "committed" && unpublished.length === 0;
    if (incident === "nothing happens" && !isGood) {
      // Either a replayed box, which the next job publishes, or an answer that was lost, and a token that still works.
      const waits = phase === "ambiguous" ? (expiresAt ?? began) > began : this.#phases.get(name) === "spent";
      expect(waits, `${name} is ${phase} though nothing happened`).toBe(true);
    }
    this.#phases.set(name, phase);
    if (!isGood) return;
    const held = (this.#good.get(name) ?? began).getTime() + marginSeconds * 1_000;
    add(this.#excused, name, clock.now().getTime() - held);
    this.#good.set(name, began);
  }

  #tokenOf({ target, secretName }: Watched): string | undefined {
    return this.#world.secret(target, secretName);
  }
}

function add(sums: Map<string, number>, name: string, milliseconds: number): void {
  sums.set(name, (sums.get(name) ?? 0) + Math.max(0, milliseconds) / 60_000);
}

/** When a schedule's runs begin over so many days: minutes late as a rule, hours at times, and now and then not at all. */
export function startsOf(
  cron: string,
  from: Date,
  { days, chance }: { days: number; chance: () => number },
): Date[] {
  const nominal = new Cron(cron, { timezone: "UTC", sloppyRanges: true });
  const end = from.getTime() + days * 86_400_000;
  const starts: Date[] = [];
  for (let at = nominal.nextRun(from); at !== null && at.getTime() < end; at = nominal.nextRun(at)) {
    const fate = chance();
    if (fate < 0.05) continue;
    const minutes = fate < 0.15 ? 60 + chance() * 120 : 3 + chance() * 20;
    starts.push(new Date(at.getTime() + minutes * 60_000));
  }
  return starts;
}
