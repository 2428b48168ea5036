import { afterReset } from "./hour.ts";
import type { Standing } from "./hour.ts";
import { integerOf } from "./outcome.ts";
import type { Transport } from "./transport.ts";

/**
 * Who used the token just before this process: nobody, or another step or job of the same workflow, of which nothing is
 * known but where it left the token. undefined: not even that.
 */
export type Predecessor =
  | { readonly kind: "nobody" }
  | { readonly kind: "another_job"; readonly standing: () => Promise<Standing | undefined> };

/** Asks GitHub where the token stands, which costs nothing of its hour. Never throws. */
export async function readStanding(transport: Transport, apiUrl: string): Promise<Standing | undefined> {
  try {
    const answer = await transport(`${apiUrl}/rate_limit`, { method: "GET" });
    const data: unknown = answer.status === 200 ? await answer.json() : undefined;
    const core = (field: string) => integerOf(data, "resources", "core", field);
    const [used, remaining, reset] = [core("used"), core("remaining"), core("reset")];
    if (used === undefined || remaining === undefined || reset === undefined) return undefined;
    return { used, remaining, resetAt: afterReset(reset) };
  } catch {
    // What is not known is presumed.
    return undefined;
  }
}
