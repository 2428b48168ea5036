import { parseDocument } from "yaml";
import type { Document } from "yaml";

/** What the parser made of a text; undefined when it is nested too deeply to be parsed at all. */
export type Composed = Document.Parsed;

/**
 * Parses one YAML 1.2 document. Keys are compared by our own reader, which needs no quadratic time and tells every
 * duplicate; nothing is logged, and no position is computed before somebody asks for one.
 */
export function compose(text: string): Composed | undefined {
  try {
    return parseDocument(text, {
      version: "1.2",
      schema: "core",
      uniqueKeys: false,
      resolveKnownTags: false,
      prettyErrors: false,
      logLevel: "silent",
    });
  } catch (error) {
    // The composer is recursive: only a hostile file exhausts the stack.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
