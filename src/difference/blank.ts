import type { Unknown } from "./facts.ts";
import type { Blank } from "./plan.ts";

/** What could not be found out, as an item of a plan. */
export function blankOf(what: string, { code, reason, hint }: Unknown): Blank {
  return { kind: "unknown", what, code, reason, hint };
}
