import { apply } from "../../commands/apply.ts";
import type { ApplyReport } from "../../commands/apply.ts";
import { naming } from "../../commands/step.ts";
import type { Console } from "../console.ts";
import type { Operation } from "../operation.ts";
import type { ShownPlan } from "./plans.ts";

/** Does what a shown plan says, in the background, if it is still the plan. Where something else goes on, gives that. */
export function startApply(console: Console, { saved, token }: ShownPlan): Operation {
  return console.operations.start({ kind: "apply", credential: undefined }, async (teller) => {
    const show = () => undefined;
    const request = { orphans: saved.orphans, consent: "given", saved, show } as const;
    try {
      const report = await apply(console.workPorts(teller), request);
      if (isSealed(report, token)) console.typed.delete(token);
      return { kind: "apply", report };
    } finally {
      console.reading.forget();
      console.live.tell("files");
    }
  });
}

/** A client secret stays, for whoever authorizes next; the workflow's token has no other use. */
function isSealed({ plan, results }: ApplyReport, token: string): boolean {
  if (plan === undefined) return false;
  const seals = plan.changes.filter((change) => change.kind === "seal" && change.secretName === token);
  const done = new Set(results.filter(({ outcome }) => outcome === "done").map(({ title }) => title));
  return seals.map((change) => naming(change).title).every((title) => done.has(title));
}

/** The apply that goes on, where one does. */
export function applyAtWork({ operations }: Console): Operation | undefined {
  return operations.all.find(({ kind, end }) => kind === "apply" && end === undefined);
}
