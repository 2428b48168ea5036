/**
 * The candidate that was most likely meant: at most a third of the word away by Levenshtein's distance,
 * and undefined when none is. Words without case and without `-` and `_` are the same.
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

/** Insertions, deletions and replacements between two words, one row of the table at a time. */
function levenshtein(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 0; i < from.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j += 1) {
      const replaced = (row[j] ?? 0) + (from[i] === to[j] ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
