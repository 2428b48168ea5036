/** Control characters, and the marks that reorder or hide text (Unicode TR36 §3). */
const UNSAFE =
  // eslint-disable-next-line no-control-regex -- these are what it looks for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|\p{Surrogate}/gu;

/** Nearly every text: printable ASCII, and no hash. */
const PLAIN = /^[ !"$-~]*$/;

/** The runner of GitHub Actions takes this for a command wherever it stands in a line. */
const OLD_RUNNER_COMMAND = /##(?=\[)/gu;

/**
 * Text from a file as it may be printed: one line, every character visible and in its place, and nothing
 * that a terminal or a CI runner acts upon. Keeps its length.
 */
export function visible(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(UNSAFE, "\ufffd").replace(OLD_RUNNER_COMMAND, "#\ufffd");
}

/** A file's name as it may begin a printed line: `::` there would be a workflow command. */
export function visiblePath(path: string): string {
  const shown = visible(path);
  return shown.trimStart().startsWith("::") ? `./${shown.trimStart()}` : shown;
}
