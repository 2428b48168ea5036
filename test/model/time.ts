import { at } from "../support/entries.ts";

/**
 * The model's instants are this far apart: longer than any intent, and than the skew that clocks are granted. The first
 * access token expires between the third and the fourth.
 */
export const STEP_SECONDS = 700;

/** Of the first access token. */
export const FIRST_LIFETIME_SECONDS = 1_500;

/** The instant with this number, from 0. */
export function instant(number: number): Date {
  return at(number * STEP_SECONDS);
}
