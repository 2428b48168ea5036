import { isCollection } from "yaml";
import type { Change } from "./changes.ts";
import { documentOf } from "./plain.ts";
import { rewrittenNode } from "./rewrite.ts";
import type { Splice } from "./splice.ts";

/** The outermost brackets that a change is in, written anew with it; undefined: it is in none. */
export function inBrackets(text: string, change: Change): Splice | undefined {
  const document = documentOf(text);
  if (document === undefined) return undefined;
  for (const at of change.path.keys()) {
    const node = at === 0 ? document.contents : document.getIn(change.path.slice(0, at), true);
    if (!isCollection(node) || node.flow !== true || !node.range) continue;
    const written = rewrittenNode(node, change.path.slice(at), change);
    return written === undefined ? undefined : { from: node.range[0], to: node.range[1], text: written };
  }
  return undefined;
}
