import { Composer, Lexer, Parser, Schema } from "yaml";
import type { Document } from "yaml";

/** What the parser made of a text: its first document, and where a second one begins. */
export interface Composed {
  readonly document: Document.Parsed;
  readonly second: Document.Parsed | undefined;
}

/** Deeper than any declaration, and far from where the recursive composer would exhaust the stack. */
const MAX_DEPTH = 64;

/** Made once: the composer would make one for each file. Keys are compared by our own reader, in linear time. */
const OPTIONS = {
  version: "1.2",
  schema: new Schema({ schema: "core", resolveKnownTags: false }),
  uniqueKeys: false,
  logLevel: "error",
} as const;

/**
 * Parses YAML 1.2; undefined when it is nested too deeply. The parser is driven by hand, because depth has to be
 * bounded while it grows: V8 ends the process, and throws nothing, where a regular expression meets the stack's end.
 */
export function compose(text: string): Composed | undefined {
  const parser = new Parser();
  const composer = new Composer(OPTIONS);
  const documents: Document.Parsed[] = [];
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) documents.push(...composer.next(token));
    if (parser.stack.length > MAX_DEPTH) return undefined;
  }
  for (const token of parser.end()) documents.push(...composer.next(token));
  documents.push(...composer.end(true, text.length));
  const [document, second] = documents;
  return document === undefined ? undefined : { document, second };
}
