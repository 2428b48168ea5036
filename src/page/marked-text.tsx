import { markedParts } from "./marked.ts";

/** Advice as the commands word it, with its commands to be told from its words. */
export function MarkedText({ text: advice }: { readonly text: string }) {
  return (
    <>{markedParts(advice).map(({ kind, text }) => (kind === "command" ? <code>{text}</code> : text))}</>
  );
}
