import type { Clock } from "../../ports.ts";
import type { GraphqlOutcome } from "./graphql.ts";
import type { Outcome } from "./outcome.ts";

/** How often a request is sent again, after the base pause and then after four of them. */
const REPEATS = 2;

/** What would be refused again. 403 and 429 may be rate limits, after which the caller decides. */
const FINAL: ReadonlySet<number> = new Set([400, 401, 403, 404, 409, 410, 422, 429, 451]);

export interface Pauses {
  readonly clock: Clock;
  readonly retryBaseMilliseconds: number;
}

/** Sends, and sends again where no answer came, or one that may pass. */
export async function repeat<T extends Outcome | GraphqlOutcome>(
  send: () => Promise<T>,
  { clock, retryBaseMilliseconds }: Pauses,
): Promise<T> {
  let outcome = await send();
  for (let repeats = 1; repeats <= REPEATS && mayPass(outcome); repeats += 1) {
    await clock.sleep(retryBaseMilliseconds * repeats ** 2);
    outcome = await send();
  }
  return outcome;
}

function mayPass(outcome: Outcome | GraphqlOutcome): boolean {
  return outcome.kind === "lost" || (outcome.kind === "refused" && !FINAL.has(outcome.status));
}
