import { plan } from "../../commands/plan.ts";
import type { Planned } from "../../commands/plan.ts";
import type { StepError } from "../../commands/step.ts";
import type { Fault } from "../../declaration/fault.ts";
import { lackingSecrets } from "../../difference/lacking.ts";
import type { Lacking } from "../../difference/lacking.ts";
import type { Wanted } from "../../difference/wanted.ts";
import { signInSecret } from "../../stores/sign-in.ts";
import type { Console } from "../console.ts";
import { told } from "../operations.ts";
import type { ShownPlans } from "./plans.ts";

/** What a look at GitHub came to. */
export type Looked =
  | {
      readonly kind: "planned";
      /** By which the plan is applied. */
      readonly id: string;
      readonly planned: Planned;
      /** What the person may type, so that it is sealed. */
      readonly lacking: readonly Lacking[];
    }
  | { readonly kind: "faulty"; readonly faults: readonly Fault[] }
  | { readonly kind: "failed"; readonly error: StepError };

/** Makes a plan to be shown, and keeps it. Writes nothing. */
export async function look(console: Console, plans: ShownPlans, orphans: Wanted["orphans"]): Promise<Looked> {
  try {
    const { planned, faults } = await plan(console.ports, { mode: "show", orphans });
    if (planned === undefined) return { kind: "faulty", faults };
    const lacking = lackingSecrets(planned.wanted, planned.facts);
    const asked = lacking.map(({ secretName }) => secretName);
    const clientIds = planned.wanted.credentials.map(({ client }) => client.id);
    const token = signInSecret(planned.wanted.project);
    const id = plans.keep({ saved: planned.saved, asked, clientIds, token });
    return { kind: "planned", id, planned, lacking };
  } catch (error) {
    return { kind: "failed", error: told(error) };
  }
}
