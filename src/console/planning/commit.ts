import type { Child } from "hono/jsx";
import type { Change } from "../../difference/plan.ts";
import type { Console } from "../console.ts";
import type { End } from "../operation.ts";
import { commitPart } from "../saved/commit-part.tsx";
import { offerOf } from "../saved/offer.ts";
import type { Looked } from "./look.ts";

const SUGGESTED = {
  message: "Keep the tokens fresh with sealring's workflow",
  branch: "sealring/workflow",
} as const;

/** Beside a plan that writes no more files: what lies in the folder and is not committed. */
export async function commitBeside(console: Console, looked: Looked): Promise<Child | undefined> {
  if (looked.kind !== "planned" || looked.planned.plan.changes.some(isOfFolder)) return undefined;
  const offer = await offerOf(console);
  if (offer.choices.length === 0) return undefined;
  return (await commitPart(console, offer, { ...SUGGESTED, back: "/plan" })).part;
}

/** After an apply that wrote files; once they are committed, how to push them. */
export async function commitAfter(console: Console, id: string, end: End): Promise<Child | undefined> {
  if (end.kind === "failed" || end.result.kind !== "apply") return undefined;
  const { plan, outcome } = end.result.report;
  if (outcome !== "applied" || plan?.changes.some(isOfFolder) !== true) return undefined;
  const suggested = { ...SUGGESTED, back: `/plan/apply/${id}` };
  return (await commitPart(console, await offerOf(console), suggested)).part;
}

function isOfFolder({ kind }: Change): boolean {
  return kind === "write_file" || kind === "remove_file" || kind === "place_action";
}
