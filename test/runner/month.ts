import { expect } from "vitest";
import type { StoreTarget } from "../../src/github.ts";
import type { Phase } from "../../src/journal/entry.ts";
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

/** What is known of a credential since its last good run. */
interface Standing {
  goodAt: Date;
  seenAt: Date;
  phase: Phase;
  expiredMilliseconds: number;
}

export interface Turn {
  readonly began: Date;
  readonly ended: Date;
  readonly incident: string;
}

/** Lets days pass over a world: the schedule with its delays, incidents, and consumers who look at their tokens. */
export class Month {
  readonly reports: RunReport[] = [];
  readonly turns: Turn[] = [];
  readonly expiredMinutes = new Map<string, number>();
  readonly #world: RunnerWorld;
  readonly #watched: readonly Watched[];
  readonly #standings = new Map<string, Standing>();

  constructor(world: RunnerWorld, watched: readonly Watched[]) {
    this.#world = world;
    this.#watched = watched;
    const now = world.clock.now();
    for (const { name } of watched) {
      this.#standings.set(name, { goodAt: now, seenAt: now, phase: "committed", expiredMilliseconds: 0 });
    }
  }

  /** One turn of the schedule, with what happens then. */
  async turn(at: Date, incident: keyof typeof INCIDENTS): Promise<void> {
    const world = this.#world;
    world.clock.passUntil(at);
    const began = world.clock.now();
    const ends = this.#watched.map((watched) => this.#endOf(watched));
    this.reports.push(...((await INCIDENTS[incident]?.(world)) ?? []));
    world.calm();
    const turn = { began, ended: world.clock.now(), incident };
    this.turns.push(turn);
    this.#watched.forEach((watched, index) => {
      const standing = this.#standings.get(watched.name);
      if (standing === undefined) return;
      this.#note(standing, ends[index] ?? new Date(0));
      this.#judge(watched, standing, turn);
    });
  }

  /** How long consumers stood without a working token since the last look; one that this turn has replaced counts until now. */
  #note(standing: Standing, ends: Date): void {
    const now = this.#world.clock.now();
    const from = Math.max(ends.getTime(), standing.seenAt.getTime());
    standing.expiredMilliseconds += Math.max(0, now.getTime() - from);
    standing.seenAt = now;
  }

  /** When what consumers hold ends. */
  #endOf({ target, secretName }: Watched): Date {
    return this.#world.lifetimes.get(this.#world.secret(target, secretName) ?? "") ?? new Date(0);
  }

  #judge(watched: Watched, standing: Standing, { began, incident }: Turn): void {
    const { name, marginSeconds } = watched;
    const { phase, expiresAt } = this.#world.entry(name);
    expect(phase, `${name} after "${incident}"`).not.toBe("reauthorization_required");
    const isGood =
      phase === "committed" && this.#endOf(watched).getTime() >= began.getTime() + marginSeconds * 1_000;
    if (!isGood && incident === "nothing happens") {
      // An answer was lost, and the old token still works; or a box was replayed, and the next job publishes.
      const waits = phase === "ambiguous" ? (expiresAt ?? began) > began : isHalfDone(standing.phase);
      expect(waits, `${name} is ${phase} at ${began.toISOString()}, though nothing happened`).toBe(true);
    }
    standing.phase = phase;
    if (!isGood) return;
    // A good run leaves a token that lives for its margin at least: only where the next good one came later, it may end.
    const heldUntil = standing.goodAt.getTime() + marginSeconds * 1_000;
    const excused = Math.max(0, standing.seenAt.getTime() - heldUntil);
    expect(standing.expiredMilliseconds, `${name} at ${began.toISOString()}`).toBeLessThanOrEqual(excused);
    const sum = this.expiredMinutes.get(name) ?? 0;
    this.expiredMinutes.set(name, sum + standing.expiredMilliseconds / 60_000);
    Object.assign(standing, { goodAt: began, expiredMilliseconds: 0 });
  }
}

function isHalfDone(phase: Phase): boolean {
  return phase === "spent" || phase === "intent";
}
