import { isMap, isNode } from "yaml";
import type { ErrorCode } from "yaml";
import type { Composed } from "./compose.ts";
import type { Finding, RuleId } from "./fault.ts";
import type { Problem } from "./plain.ts";

/** What is wrong with a text as YAML. The parser's own messages are not used: they quote the file. */
export function syntaxProblems({ document, second }: Composed, text: string): readonly Problem[] {
  const told = [...document.errors, ...document.warnings].map(({ code, pos }): Problem => ({
    ...(FINDING_OF[code] ?? SYNTAX),
    range: pos,
  }));
  if (second !== undefined) told.push({ ...SECOND, range: [second.range[0], second.range[0] + 1] });
  if (told.length > 0) return told;
  if (document.directives.yaml.explicit === true) return [{ ...DIRECTIVE, range: [0, 5] }];
  const { contents } = document;
  if (isMap(contents)) return [];
  if (!isNode(contents) || text.slice(contents.range[0]).trim() === "") return [{ ...EMPTY, range: [0, 0] }];
  return [{ ...NO_MAP, range: [contents.range[0], contents.range[0] + 1] }];
}

const finding = (rule: RuleId, message: string, hint: string): Finding => ({ rule, message, hint });

const SYNTAX = finding(
  "yaml-syntax",
  "this is not YAML",
  "check the colons, quotes and brackets here and on the line before",
);
const DIRECTIVE = finding("yaml-tag", "a directive is not needed", "remove the line: this is YAML 1.2");
const EMPTY = finding(
  "yaml-empty",
  "this file is empty",
  "declare a credential in it (see credentials/oura.yaml of sealring), or remove it",
);
const NO_MAP = finding("wrong-type", "a declaration is a map of keys and values", "begin with: version: 1");
const SECOND = finding(
  "yaml-documents",
  "a second document begins here",
  "give each credential a file of its own, and remove the `---`",
);
const INDENT = finding(
  "yaml-syntax",
  "the indentation is wrong here",
  "keys of the same map begin in the same column",
);
const QUOTE = finding(
  "yaml-syntax",
  "this text cannot begin or go on like that",
  "put the whole value between quotes",
);
const IMPLICIT_KEY = finding(
  "yaml-syntax",
  "there is a second colon, or a line break, where a key should be",
  "put a value with `: ` in it between quotes",
);

const FINDING_OF: Readonly<Partial<Record<ErrorCode, Finding>>> = {
  TAB_AS_INDENT: finding("yaml-tab", "a tab is no indentation in YAML", "indent with spaces"),
  BAD_ALIAS: finding("yaml-alias", "this alias points to no anchor before it", "write the value itself"),
  TAG_RESOLVE_FAILED: finding("yaml-tag", "a declaration has no tags", "write the value alone"),
  MULTIPLE_TAGS: finding("yaml-tag", "a declaration has no tags", "write the value alone"),
  BAD_DIRECTIVE: DIRECTIVE,
  BAD_INDENT: INDENT,
  BAD_SCALAR_START: QUOTE,
  BAD_DQ_ESCAPE: finding(
    "yaml-syntax",
    "there is no such escape",
    "double the backslash, or use single quotes",
  ),
  BLOCK_AS_IMPLICIT_KEY: IMPLICIT_KEY,
  MULTILINE_IMPLICIT_KEY: IMPLICIT_KEY,
  MISSING_CHAR: finding(
    "yaml-syntax",
    "something is missing here",
    "close the quote or bracket that is open, or add the `,` or `: `",
  ),
  NON_STRING_KEY: finding("yaml-key", "this key is not plain text", "write a word, then a colon"),
};
