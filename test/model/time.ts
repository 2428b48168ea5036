import { at } from "../support/entries.ts";

/**
 * The model's instants are this far apart: longer than any intent, and than the skew that clocks are granted. The first
 * access token expires between the second and the third.
 */
export const STEP_SECONDS = 700;

/** Of the first access token. */
export const FIRST_LIFETIME_SECONDS = 1_000;

/** The instant with this number, from 0. */
export function instant(number: number): Date {
  return at(number * STEP_SECONDS);
}
