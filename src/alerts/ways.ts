import type { Project } from "../declaration/credential.ts";
import { dispatchCommand } from "../workflow/dispatch.ts";
import type { Cause } from "./cause.ts";
import { hintAsMarkdown } from "./hint.ts";
import { code } from "./markdown.ts";
import type { Occasion } from "./occasion.ts";
import { mayProbe } from "./probe.ts";

const IDENTITY = "sealring recover --identity <file>";

/** The codes of errors against which the copy for the recovery recipient helps. */
const RECOVERABLE: readonly (string | undefined)[] = [
  "envelope_overwritten",
  "envelope_missing",
  "store_key_changed",
];

/** Whether people with the recovery identity can mend what has this code. */
export function isRecoverable(
  errorCode: string | undefined,
  { recoveryRecipient }: Pick<Project, "recoveryRecipient">,
): boolean {
  return recoveryRecipient !== undefined && RECOVERABLE.includes(errorCode);
}

/** What to do about a cause, one paragraph for each way. */
export function waysOut(occasion: Occasion, cause: Cause): readonly string[] {
  if (cause.errorClass === "ambiguous") return afterLostAnswer(occasion);
  switch (cause.kind) {
    case "answer":
      return isRecoverable(cause.code, occasion.project)
        ? identityOrAuthorize(occasion)
        : [authorizeCommand(occasion)];
    case "own":
      return byHint(occasion, cause.hint);
  }
}

function byHint(occasion: Occasion, hint: string | undefined): readonly string[] {
  const { name } = occasion.credential;
  if (hint === undefined || hint === `run: sealring authorize ${name}`) return [authorizeCommand(occasion)];
  const authorizes = namesAuthorize(hint);
  if (hint.includes(IDENTITY))
    return authorizes ? identityOrAuthorize(occasion) : [identityCommand(occasion)];
  return [whatToDo(hint), ...(authorizes ? [authorizeBlock(occasion, "**To authorize**, whoever")] : [])];
}

/** Whether a hint sends a person to sign in. */
export function namesAuthorize(hint: string): boolean {
  return hint.includes("sealring authorize");
}

/** A hint as the one thing to do. */
export function whatToDo(hint: string): string {
  return `**What to do.** ${hintAsMarkdown(hint)}.`;
}

/** The command for whoever may sign in to the account. */
export function authorizeCommand(occasion: Occasion): string {
  return authorizeBlock(occasion, "**What to do.** Whoever");
}

function authorizeBlock({ credential: { name }, repository }: Occasion, whoever: string): string {
  return `${whoever} owns the account runs this in a clone of ${code(repository)}, and signs in:\n\n${block(
    `sealring authorize ${name}`,
  )}`;
}

function identityOrAuthorize(occasion: Occasion): readonly string[] {
  return [identityCommand(occasion), authorizeBlock(occasion, "**Or** whoever")];
}

function identityCommand({ repository }: Occasion): string {
  return (
    `**What to do.** Whoever holds the recovery identity runs this in a clone of ${code(repository)}, with the ` +
    `identity's file; nobody has to sign in:\n\n${block(IDENTITY)}`
  );
}

function afterLostAnswer(occasion: Occasion): readonly string[] {
  const { entry, now } = occasion;
  const mayAsk = entry === undefined || mayProbe(entry, occasion.credential.provider.reuse, now);
  return [authorizeCommand(occasion), ...(mayAsk ? [probeCommand(occasion)] : [])];
}

/** The command that tries the old refresh token at once, in the workflow: nothing else can read it. */
function probeCommand({ credential: { name }, repository, workflowFile }: Occasion): string {
  return (
    `**Or**, where nobody can sign in before the deadline, let the workflow try the old token now, with ` +
    `${code(`sealring refresh ${name} --probe`)}. It may work, or show that only authorizing is left:\n\n${block(
      `${dispatchCommand({ workflowFile, credential: name, command: "refresh --probe" })} --repo ${repository}`,
    )}`
  );
}

function block(command: string): string {
  return `\`\`\`sh\n${command}\n\`\`\``;
}
