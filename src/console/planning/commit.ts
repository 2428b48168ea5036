import type { Child } from "hono/jsx";
import type { Change } from "../../difference/plan.ts";
import type { Console } from "../console.ts";
import type { End } from "../operation.ts";
import { commitPart, OF_WORKFLOW } from "../saved/commit-part.tsx";
import type { CommitRequest } from "../saved/commit-request.ts";
import { offerOf } from "../saved/offer.ts";
import type { Choice } from "../saved/offer.ts";
import type { Looked } from "./look.ts";

/** The file of a credential, with its name. */
const CREDENTIAL_FILE = /^credentials\/([a-z0-9-]{1,64})\.ya?ml$/;

/**
 * Beside a plan that writes no more files: what lies in the folder and is not committed. `just`: it was committed a moment
 * ago, so that how to push is news.
 */
export async function commitBeside(
  console: Console,
  looked: Looked,
  when: "just" | "any_time",
): Promise<Child | undefined> {
  if (!isAtRest(looked)) return undefined;
  const offer = await offerOf(console);
  if (offer.choices.length === 0 && when === "any_time") return undefined;
  return (await commitPart(console, offer, { ...wordsFor(offer.choices), back: "/plan?committed=yes" })).part;
}

/** Where nothing but credentials were removed, the commit is about them. */
function wordsFor(choices: readonly Choice[]): Pick<CommitRequest, "message" | "branch"> {
  const gone = choices.filter(({ is }) => is === "gone");
  const names = gone.flatMap(({ path }) => CREDENTIAL_FILE.exec(path)?.[1] ?? []);
  const [first] = names;
  if (first === undefined || names.length < choices.length) return OF_WORKFLOW;
  const branch = `sealring/remove-${names.length === 1 ? first : "credentials"}`;
  return { message: `Remove ${names.join(", ")}`, branch };
}

/** Whether no apply is to come that writes files. Where the last credential was removed, that is to be committed. */
function isAtRest(looked: Looked): boolean {
  switch (looked.kind) {
    case "planned":
      return !looked.planned.plan.changes.some(isOfFolder);
    case "faulty":
      return looked.faults.some(({ rule }) => rule === "no-declarations");
    case "failed":
      return false;
  }
}

/** After an apply that wrote files; once they are committed, how to push them. */
export async function commitAfter(console: Console, id: string, end: End): Promise<Child | undefined> {
  if (end.kind === "failed" || end.result.kind !== "apply") return undefined;
  const { plan, outcome } = end.result.report;
  if (outcome !== "applied" || plan?.changes.some(isOfFolder) !== true) return undefined;
  const suggested = { ...OF_WORKFLOW, back: `/plan/apply/${id}` };
  return (await commitPart(console, await offerOf(console), suggested)).part;
}

/** Whether a change is one of this folder's files. */
export function isOfFolder({ kind }: Change): boolean {
  return kind === "write_file" || kind === "remove_file" || kind === "place_action";
}
