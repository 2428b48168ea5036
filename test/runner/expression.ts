import { data, Evaluator, Lexer, Parser } from "@actions/expressions";
import type { FunctionDefinition } from "@actions/expressions/funcs/info";
import { TokenType } from "@actions/expressions/lexer";
import type { Token } from "@actions/expressions/lexer";

export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

export type JsonObject = Readonly<Record<string, Json>>;

/** What an expression may refer to: the contexts of its place by name, and the status functions where it is an `if`. */
export interface Scope {
  readonly contexts: JsonObject;
  readonly status?: StatusFunctions;
}

export type StatusFunctions = Readonly<Record<"success" | "failure" | "cancelled" | "always", () => boolean>>;

/** What stands between `${{` and `}}`, evaluated. Throws where it names a context or function that its place has not. */
export function evaluate(expression: string, { contexts, status }: Scope): Json {
  const functions = new Map(
    Object.entries(status ?? {}).map(([name, is]) => [name, statusFunction(name, is)]),
  );
  const parser = new Parser(tokensOf(expression), Object.keys(contexts), [...functions.values()]);
  const evaluator = new Evaluator(parser.parse(), dataOf(contexts), functions);
  return jsonOf(evaluator.evaluate());
}

/** The lexer of 0.3.61 unescapes the first `''` of a string only, GitHub all of them. */
function tokensOf(expression: string): Token[] {
  return new Lexer(expression)
    .lex()
    .tokens.map((token) =>
      token.type === TokenType.STRING
        ? { ...token, value: token.lexeme.slice(1, -1).replaceAll("''", "'") }
        : token,
    );
}

function statusFunction(name: string, is: () => boolean): FunctionDefinition {
  return { name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(is()) };
}

function dataOf(contexts: JsonObject): data.Dictionary {
  return JSON.parse(JSON.stringify(contexts), data.reviver) as data.Dictionary;
}

function jsonOf(value: data.ExpressionData): Json {
  return JSON.parse(JSON.stringify(value, data.replacer)) as Json;
}

/** As GitHub writes a value into a string: null is nothing (docs: "Evaluate expressions", literals and operators). */
export function textOf(value: Json | undefined): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? "Object" : String(value);
}

/** As an `if` takes a value: false, 0, -0, "", null are false. */
export function isTruthy(value: Json): boolean {
  return value !== null && value !== false && value !== 0 && value !== "";
}

/** The entries of a value that has to be a mapping; none where there is no value. */
export function objectOf(value: Json | undefined): JsonObject {
  if (value === null || value === undefined) return {};
  if (typeof value !== "object" || Array.isArray(value)) throw new Error("expected a mapping");
  return value as JsonObject;
}
