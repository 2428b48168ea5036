import { visible } from "../declaration/visible.ts";

/** A command after a colon, up to the end of its clause; or an address. */
const MARKED =
  /(?:(?<=run: )|(?<=: )(?=(?:sealring|gh|git|sudo|GH_HOST=\S+) ))(?<command>.+?)(?=$|[,;] | \()|(?<address>https?:\/\/[^\s,;()"']+[^\s,;()"'.])/g;

export interface MarkedPart {
  readonly kind: "words" | "command" | "address";
  readonly text: string;
}

/** Advice as the commands word it, with its commands and addresses told from its words. */
export function markedParts(advice: string): readonly MarkedPart[] {
  const parts: MarkedPart[] = [];
  let end = 0;
  const shown = visible(advice);
  for (const match of shown.matchAll(MARKED)) {
    parts.push({ kind: "words", text: shown.slice(end, match.index) });
    const kind = match.groups?.["command"] === undefined ? "address" : "command";
    parts.push({ kind, text: match[0] });
    end = match.index + match[0].length;
  }
  return [...parts, { kind: "words", text: shown.slice(end) }];
}
