/** A text with the line ends of another: CR LF where that has any. A browser sends CR LF everywhere (HTML, "constructing the entry list"). */
export function withEndsOf(old: string, text: string): string {
  const lines = text.replaceAll("\r\n", "\n");
  return old.includes("\r\n") ? lines.replaceAll("\n", "\r\n") : lines;
}
