import type { Credential } from "../../src/declaration/credential.ts";
import { Recovery } from "./recovery.ts";
import { stepsFrom } from "./steps.ts";
import type { Violation } from "./rules.ts";
import { keyOf } from "./world.ts";
import type { World } from "./world.ts";

export interface Explored {
  readonly states: number;
  readonly transitions: number;
  /** How many worlds without a living process were recovered from. */
  readonly rests: number;
  /** The shortest way to the first violation; undefined: there is none in the whole space. */
  readonly found: { readonly violation: Violation; readonly trace: readonly string[] } | undefined;
}

/** A world that was reached, and how. */
interface Reached {
  readonly from: Reached | undefined;
  readonly label: string;
}

interface Waiting {
  readonly world: World;
  readonly reached: Reached;
}

/** Explores every world that can be reached from one, breadth first, up to the first that is wrong. */
export async function explore(first: World, credential: Credential): Promise<Explored> {
  const recovery = new Recovery(credential);
  const seen = new Set([keyOf(first)]);
  let frontier: Waiting[] = [{ world: first, reached: { from: undefined, label: "" } }];
  let transitions = 0;
  const result = (found: Explored["found"]) => ({
    states: seen.size,
    transitions,
    rests: recovery.rests,
    found,
  });
  while (frontier.length > 0) {
    const next: Waiting[] = [];
    for (const { world, reached } of frontier) {
      const wrong = await recovery.judge(world);
      if (wrong !== undefined)
        return result({ violation: wrong.violation, trace: [...traceOf(reached), ...wrong.trace] });
      for (const step of await stepsFrom(world, credential)) {
        transitions += 1;
        const there = { from: reached, label: step.label };
        if (step.violation !== undefined) return result({ violation: step.violation, trace: traceOf(there) });
        const key = keyOf(step.world);
        if (seen.has(key)) continue;
        seen.add(key);
        next.push({ world: step.world, reached: there });
      }
    }
    frontier = next;
  }
  return result(undefined);
}

function traceOf(reached: Reached): readonly string[] {
  return reached.from === undefined ? [] : [...traceOf(reached.from), reached.label];
}
