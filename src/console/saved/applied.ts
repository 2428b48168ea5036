import { plan } from "../../commands/plan.ts";
import { SealringError } from "../../errors.ts";
import type { Console } from "../console.ts";

/** Whether nothing is left for plan and apply, but to have somebody authorize. Where GitHub cannot be asked, something is. */
export async function leftToApply({ ports }: Console): Promise<"nothing" | "something"> {
  try {
    const { planned } = await plan(ports, { mode: "show", orphans: "keep" });
    if (planned === undefined) return "something";
    const { changes, blanks, tasks } = planned.plan;
    const others = tasks.filter(({ command }) => !command.startsWith("sealring authorize "));
    return [...changes, ...blanks, ...others].length === 0 ? "nothing" : "something";
  } catch (error) {
    if (error instanceof SealringError) return "something";
    throw error;
  }
}
