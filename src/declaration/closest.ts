/**
 * The candidate that was most likely meant: at most a third of the word away by Levenshtein's distance,
 * two neighbours that changed places counting once, and undefined when none is. Words without case and without `-` and `_` are the same.
 */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  const meant = plain(word.slice(0, 64));
  const most = Math.max(1, Math.floor(meant.length / 3));
  let best: { readonly candidate: string; readonly distance: number } | undefined;
  for (const candidate of candidates) {
    const distance = levenshtein(meant, plain(candidate));
    if (distance <= most && distance < (best?.distance ?? Infinity)) best = { candidate, distance };
  }
  return best?.candidate;
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[-_ ]/gu, "");
}

/** Insertions, deletions, replacements and neighbours that changed places between two words, one row of the table at a time. */
function levenshtein(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  let above: readonly number[] = [];
  for (let i = 0; i < from.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j += 1) {
      const replaced = (row[j] ?? 0) + (from[i] === to[j] ? 0 : 1);
      const isSwapped = i > 0 && j > 0 && from[i] === to[j - 1] && from[i - 1] === to[j];
      const swapped = isSwapped ? (above[j - 1] ?? 0) + 1 : Infinity;
      next.push(Math.min(replaced, swapped, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    [above, row] = [row, next];
  }
  return row[to.length] ?? 0;
}
