import { Badge } from "../../page/badge.tsx";
import type { Invitation } from "../../ports.ts";
import type { End } from "../operation.ts";
import { stepsOf } from "./steps.tsx";
import type { Subject } from "./subject.ts";

/** How it stands, in a line that is read out when it changes. What it came to is shown by the page below. */
export function Status({ subject }: { readonly subject: Subject }) {
  const end = subject.operation?.end;
  return (
    <p
      id="authorization-status"
      class={end === undefined ? undefined : "for-readers"}
      data-live={end === undefined ? "" : undefined}
    >
      {end === undefined ? <UnderWay subject={subject} /> : verdict(end)}
    </p>
  );
}

function UnderWay({ subject: { operation, credential } }: { readonly subject: Subject }) {
  if (operation === undefined) return null;
  const { invitation } = operation;
  const [word, text] =
    invitation === undefined
      ? ["under way", stepsOf(operation).at(-1)?.title ?? "Starting"]
      : ["your turn", wish(invitation, credential.provider.name)];
  return (
    <>
      <Badge tone={invitation === undefined ? "busy" : "warning"}>{word}</Badge> {text}
    </>
  );
}

function wish(invitation: Invitation, provider: string): string {
  switch (invitation.kind) {
    case "address":
    case "paste":
      return `Allow the access at ${provider}`;
    case "user_code":
      return `Enter the code at ${provider}`;
  }
}

function verdict(end: End): string {
  if (end.kind === "failed") return end.error.code === "interrupted" ? "It was called off." : "It failed.";
  const [result] = end.result.kind === "authorize" ? end.result.report.results : [];
  if (result === undefined) return "It failed.";
  return result.outcome === "pending" ? "What was granted waits on this machine." : "It is authorized.";
}
