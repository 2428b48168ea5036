import { Document, isCollection, isSeq } from "yaml";
import type { YAMLMap, YAMLSeq } from "yaml";
import type { Path } from "../../declaration/fault.ts";
import type { Change } from "./changes.ts";
import { documentOf } from "./plain.ts";

const OPTIONS = { lineWidth: 0, flowCollectionPadding: false } as const;

/** The document with a change in it, written anew: comments stay, spaces may not. undefined: it cannot be done. */
export function rewritten(text: string, change: Change): string | undefined {
  const document = documentOf(text);
  if (document === undefined || !applyTo(document.contents, change.path, change)) return undefined;
  try {
    return document.toString(OPTIONS);
  } catch {
    // An alias whose anchor is gone.
    return undefined;
  }
}

/** A collection, written anew with a change in it and without what is around it. undefined: it cannot be done. */
export function rewrittenNode(node: YAMLMap | YAMLSeq, below: Path, change: Change): string | undefined {
  if (!applyTo(node, below, change)) return undefined;
  [node.comment, node.commentBefore, node.spaceBefore] = [null, null, false];
  const document = new Document<YAMLMap | YAMLSeq>();
  document.contents = node;
  return document.toString(OPTIONS).trimEnd();
}

/** Whether it could be done. */
function applyTo(node: unknown, path: Path, change: Change): boolean {
  if (!isCollection(node)) return false;
  const above: unknown = path.length < 2 ? node : node.getIn(path.slice(0, -1), true);
  if (!isCollection(above)) return false;
  const value = change.kind === "remove" ? undefined : new Document().createNode(change.value);
  if (change.kind === "remove") node.deleteIn(path);
  else if (change.kind === "set") node.setIn(path, value);
  else if (isSeq(above)) above.items.splice(Number(path.at(-1)), 0, value);
  return true;
}
