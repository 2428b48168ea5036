import type { Console } from "../console.ts";
import type { Operation } from "../operation.ts";
import type { RunAction } from "./action.ts";
import type { Confirmation } from "./confirmation.ts";
import { leftoversOf } from "./leftovers.ts";
import { probeConfirmation } from "./probe.ts";
import { recoverConfirmation } from "./recover.ts";
import { refreshConfirmation } from "./refresh.ts";
import { revokeConfirmation } from "./revoke.ts";
import { subjectOf } from "./subject.ts";
import type { Subject } from "./subject.ts";
import { workflowTrouble } from "./workflow-state.ts";

/** What a page shows before anything is done. */
export interface Asked {
  readonly subject: Subject;
  readonly action: RunAction;
  readonly confirmation: Confirmation;
  /** Why the workflow cannot be started; undefined: it can. */
  readonly trouble: string | undefined;
  /** What goes on with the credential already. */
  readonly busy: Operation | undefined;
  /** What was typed in place of the credential's name; undefined: nothing was sent yet. */
  readonly mistyped: string | undefined;
}

/**
 * What doing it now would come to; undefined: no file declares the credential. Reads only.
 * @throws SealringError as `subjectOf`, and as GitHub's ports do.
 */
export async function ask(console: Console, name: string, action: RunAction): Promise<Asked | undefined> {
  const { ports, operations } = console;
  const subject = await subjectOf(ports, name);
  if (subject === undefined) return undefined;
  const confirmation = await confirmationOf(console, subject, action);
  const newest = operations.newestOf(name);
  return {
    ...{ subject, action, confirmation, mistyped: undefined },
    trouble: isForWorkflow(confirmation) ? await workflowTrouble(ports, subject) : undefined,
    busy: newest?.end === undefined ? newest : undefined,
  };
}

function isForWorkflow(confirmation: Confirmation): boolean {
  return confirmation.kind === "offered" && confirmation.where === "workflow";
}

async function confirmationOf(
  { ports }: Console,
  subject: Subject,
  action: RunAction,
): Promise<Confirmation> {
  switch (action) {
    case "refresh":
      return refreshConfirmation(subject);
    case "probe":
      return probeConfirmation(subject);
    case "recover":
      return recoverConfirmation(subject, await leftoversOf(ports, subject));
    case "revoke":
      return revokeConfirmation(subject);
  }
}
