import { Composer, Lexer, Parser, Schema } from "yaml";
import type { CST, Document } from "yaml";

/** What the composer made of a text: its first document, and the second one where there is one. */
export interface Composed {
  readonly document: Document.Parsed;
  readonly second: Document.Parsed | undefined;
}

/** Deeper than any declaration, and far from where the recursive composer would exhaust the stack. */
const MAX_DEPTH = 64;

/** The core schema of YAML 1.2 §10.3, made once: the composer would make one for each file. */
export const CORE = new Schema({ schema: "core", resolveKnownTags: false });

/** Keys are compared by our own reader, in linear time. */
const OPTIONS = { version: "1.2", schema: CORE, uniqueKeys: false, logLevel: "error" } as const;

/**
 * Parses a text into its concrete syntax; undefined when it is nested too deeply. The parser is driven by hand, because
 * depth has to be bounded while it grows: V8 ends the process, and throws nothing, where a regular expression of the
 * composer meets the stack's end.
 */
export function parseTokens(text: string): readonly CST.Token[] | undefined {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  for (const lexeme of new Lexer().lex(text)) {
    // Nearly every step yields nothing: it is stepped by hand, which costs a tenth less than a loop.
    const step = parser.next(lexeme);
    for (let next = step.next(); next.done !== true; next = step.next()) tokens.push(next.value);
    if (parser.stack.length > MAX_DEPTH) return undefined;
  }
  tokens.push(...parser.end());
  return tokens;
}

/** Composes parsed tokens into documents with nodes, positions and errors. */
export function composeTokens(tokens: readonly CST.Token[], length: number): Composed {
  const [document, second] = [...new Composer(OPTIONS).compose(tokens, true, length)];
  if (document === undefined) throw new Error("the composer was told to make a document of any text");
  return { document, second };
}
