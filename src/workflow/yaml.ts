/** Line ends, and what else a YAML 1.1 reader does not take as it stands. */
const ODD = /[\u007f-\u009f\u2028\u2029\ufeff]/gu;

/**
 * Any text as a double-quoted YAML scalar (which JSON's strings are) that GitHub reads as the same text: what would begin
 * an expression there is written as one.
 */
export function quoted(text: string): string {
  const literal = text.replaceAll("${{", "${{ '${{' }}");
  return JSON.stringify(literal).replace(
    ODD,
    (odd) => `\\u${odd.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Lines, one level deeper for each two spaces; empty lines stay empty. */
export function indented(lines: readonly string[], spaces: number): readonly string[] {
  return lines.map((line) => (line === "" ? line : " ".repeat(spaces) + line));
}
