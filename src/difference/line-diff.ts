const CONTEXT = 2;

/** Beyond this many lines that differ, matching them one by one costs more than it tells. */
const MOST_MATCHED = 1_000;

interface Edit {
  readonly sign: " " | "-" | "+";
  readonly line: string;
  /** In the text after the change, from 1. */
  readonly at: number;
}

/** Two texts as lines of a unified diff: `@@ line 12`, ` kept`, `-gone`, `+new`. */
export function diffLines(before: string, after: string): readonly string[] {
  const edits = editsOf(before.split("\n"), after.split("\n"));
  const near = edits.map((_, index) =>
    edits.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some(({ sign }) => sign !== " "),
  );
  return edits.flatMap(({ sign, line, at }, index) => {
    if (near[index] !== true) return [];
    const begins = near[index - 1] !== true;
    return [...(begins ? [`@@ line ${String(at)}`] : []), `${sign}${line}`];
  });
}

function editsOf(before: readonly string[], after: readonly string[]): readonly Edit[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  const most = Math.min(before.length, after.length) - head;
  while (tail < most && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const middle = matched(before.slice(head, before.length - tail), after.slice(head, after.length - tail));
  const signed = [
    ...after.slice(0, head).map((line) => [" ", line] as const),
    ...middle,
    ...after.slice(after.length - tail).map((line) => [" ", line] as const),
  ];
  let at = 1;
  return signed.map(([sign, line]) => ({ sign, line, at: sign === "-" ? at : at++ }));
}

type Signed = readonly [sign: Edit["sign"], line: string];

/** By the longest common subsequence. */
function matched(before: readonly string[], after: readonly string[]): readonly Signed[] {
  if (before.length > MOST_MATCHED || after.length > MOST_MATCHED) {
    return [...before.map((line) => ["-", line] as const), ...after.map((line) => ["+", line] as const)];
  }
  const common = commonLengths(before, after);
  const signed: Signed[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [old, fresh] = [before[i], after[j]];
    if (old !== undefined && old === fresh) {
      signed.push([" ", old]);
      [i, j] = [i + 1, j + 1];
    } else if (old !== undefined && lengthAt(common, i + 1, j) >= lengthAt(common, i, j + 1)) {
      signed.push(["-", old]);
      i += 1;
    } else {
      if (fresh !== undefined) signed.push(["+", fresh]);
      else if (old !== undefined) signed.push(["-", old]);
      [i, j] = fresh === undefined ? [i + 1, j] : [i, j + 1];
    }
  }
  return signed;
}

/** How many lines two ends have in common, from each pair of places on. */
function commonLengths(before: readonly string[], after: readonly string[]): readonly Uint16Array[] {
  const rows = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1));
  for (let i = before.length - 1; i >= 0; i -= 1) {
    const row = rows[i];
    for (let j = after.length - 1; row !== undefined && j >= 0; j -= 1) {
      row[j] =
        before[i] === after[j]
          ? lengthAt(rows, i + 1, j + 1) + 1
          : Math.max(lengthAt(rows, i + 1, j), lengthAt(rows, i, j + 1));
    }
  }
  return rows;
}

function lengthAt(rows: readonly Uint16Array[], i: number, j: number): number {
  return rows[i]?.[j] ?? 0;
}
