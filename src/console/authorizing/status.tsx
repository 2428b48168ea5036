import type { Tone } from "../../page/tone.ts";
import { Badge } from "../../page/badge.tsx";
import type { Invitation } from "../../ports.ts";
import type { End } from "../operation.ts";
import { stepsOf } from "./steps.tsx";
import type { Subject } from "./subject.ts";

/** How it stands, in a line that is read out when it changes. */
export function Status({ subject: { operation, credential } }: { readonly subject: Subject }) {
  if (operation === undefined) return null;
  const { end, invitation } = operation;
  if (end !== undefined) return <Ended end={end} />;
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

function Ended({ end }: { readonly end: End }) {
  const [tone, word] = verdict(end);
  return <Badge tone={tone}>{word}</Badge>;
}

function verdict(end: End): readonly [Tone, string] {
  if (end.kind === "failed")
    return end.error.code === "interrupted" ? ["idle", "called off"] : ["bad", "failed"];
  if (end.result.kind !== "authorize") return ["good", "done"];
  const [result] = end.result.report.results;
  if (result === undefined) return ["bad", "failed"];
  return result.outcome === "pending" ? ["warning", "stored here only"] : ["good", "authorized"];
}
