/** Numbers from 0 to 1 that are the same for the same seed (a linear congruence; good enough for delays). */
export function chanceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}
