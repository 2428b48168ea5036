import type { Credential } from "../../src/declaration/credential.ts";
import { unresolved } from "../../src/protocol/settle.ts";
import { boxOf, entryOf, envelopeFacts, isAuthentic } from "./facts.ts";
import { isKept } from "./rules.ts";
import type { Violation } from "./rules.ts";
import type { Start } from "./start.ts";
import { begun } from "./begin.ts";
import { lossTo, later, over } from "./step.ts";
import { stepsOf } from "./steps.ts";
import { NONE } from "./texts.ts";
import { jobOf, keyOf, NOTHING } from "./world.ts";
import type { World } from "./world.ts";

/** What is wrong with a world, and the steps that show it. */
export interface Wrong {
  readonly violation: Violation;
  readonly trace: readonly string[];
}

/** As many runs as a credential may take until it is in order, or asks for a person. */
const RUNS = 6;

/**
 * Whether a credential gets out of a world: everybody ends, the faults are over, and fresh runs come one after another.
 * Afterwards it is in order, or its owner has been told and an authorization puts it in order.
 */
export class Recovery {
  readonly #credential: Credential;
  readonly #judged = new Map<string, Wrong | undefined>();

  constructor(credential: Credential) {
    this.#credential = credential;
  }

  /** How many different worlds without a living process there were. */
  get rests(): number {
    return this.#judged.size;
  }

  async judge(world: World): Promise<Wrong | undefined> {
    const rest = atRest(world);
    const key = keyOf(rest);
    if (this.#judged.has(key)) return this.#judged.get(key);
    const wrong = await this.#recover(rest);
    this.#judged.set(key, wrong);
    return wrong;
  }

  async #recover(rest: World): Promise<Wrong | undefined> {
    const way = new Way(rest, this.#credential);
    const wasKept = rest.delivered === rest.provider.live && isKept(inReach(rest), rest.provider.live);
    if (waitsAtHome(rest)) await way.goes("recover_at_home");
    let outcome = "";
    for (let run = 0; run < RUNS && way.wrong === undefined; run += 1) {
      // What nobody can see of a token that lives on comes to light when it is due.
      outcome = await way.goes(outcome === "fresh" ? "refresh_forced" : "refresh");
      if (IN_ORDER.includes(outcome) && serves(way.world)) return way.refreshes();
    }
    if (way.wrong !== undefined) return way.wrong;
    if (wasKept) return way.shows("its tokens are there, and it asks for a person");
    if (outcome !== "reauthorization_required") return way.shows("a person is needed, and nobody says so");
    await way.goes("authorize");
    return way.refreshes();
  }
}

const IN_ORDER = ["fresh", "refreshed", "recovered"];

/** Consumers hold the newest token of a grant that lives, whose refresh token is in the store. */
function serves({ envelope, output, branch, provider }: World): boolean {
  const stored = envelopeFacts(envelope);
  const isPublished = stored?.accessToken === output && entryOf(branch.entry)?.unpublished.length === 0;
  return isPublished && provider.state === "alive" && stored.refreshToken === provider.live;
}

/** A way out of a world: one process after another, each to its end, with nothing in their way. */
class Way {
  readonly #credential: Credential;
  readonly #trace: string[] = ["everybody ends, and the faults are over"];
  world: World;
  wrong: Wrong | undefined;

  constructor(rest: World, credential: Credential) {
    this.world = rest;
    this.#credential = credential;
  }

  shows(violation: Violation): Wrong {
    return (this.wrong ??= { violation, trace: this.#trace });
  }

  /** A credential that is in order can be refreshed. */
  async refreshes(): Promise<Wrong | undefined> {
    const outcome = await this.goes("refresh_forced");
    const isRefreshed = outcome === "refreshed" && serves(this.world);
    return this.wrong ?? (isRefreshed ? undefined : this.shows("it is stuck"));
  }

  /** Some time later, one process; gives what it came to. */
  async goes(program: Start["program"]): Promise<string> {
    let step = await begun(later(this.world), program, this.#credential);
    const slot = step.world.jobs.length;
    for (;;) {
      this.#trace.push(step.label);
      this.world = step.world;
      if (step.violation !== undefined) this.shows(step.violation);
      const job = jobOf(step.world, slot);
      if (job.state === "unnoticed") this.world = over(step.world, job);
      if (job.state !== "live" || this.wrong !== undefined) return job.outcome ?? "";
      const [next] = await stepsOf(step.world, job);
      if (next === undefined) return this.shows("it is stuck").violation;
      step = next;
    }
  }
}
/**
 * The world with what somebody may replay. Of a box at a person's home only they know, and only while nobody has gone on
 * without them; one that no envelope came before is trusted there, and not in the journal.
 */
function inReach(rest: World): World {
  const home = waitsAtHome(rest) ? rest.home : NONE;
  const box = isAuthentic(rest.branch.box) ? rest.branch.box : NONE;
  return { ...rest, home, branch: { ...rest.branch, box } };
}

/** A person's box that is still of use: they were told to recover it there. */
function waitsAtHome({ home, branch }: World): boolean {
  const [box, entry] = [boxOf(home), entryOf(branch.entry)];
  return box !== undefined && entry !== undefined && unresolved(entry, box) !== undefined;
}

/** Every process has ended, and every job; nothing is down. */
function atRest(world: World): World {
  const quiet = { ...world, left: NOTHING, down: { store: false, journal: false } };
  const ending = quiet.jobs.filter(({ state }) => state !== "over");
  return lossTo(
    "",
    ending.reduce((before, job) => over(before, job), quiet),
  ).world;
}
