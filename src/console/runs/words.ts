import type { Credential } from "../../declaration/credential.ts";
import { describeTarget } from "../../stores/targets.ts";

const MOST_NAMED = 4;

/** What consumers get of a refresh, and where. */
export function publishesWhat({ outputs, destinations }: Credential): string {
  const names = enumerated(outputs.map(({ secretName }) => secretName));
  const places = enumerated(destinations.map(describeTarget));
  return `It writes ${names} to the ${places}. A job that starts after that reads the new one.`;
}

/** "a", "a and b", "a, b, c, d and 3 more". */
export function enumerated(items: readonly string[]): string {
  const left = items.length - MOST_NAMED;
  const shown = left > 0 ? [...items.slice(0, MOST_NAMED), `${String(left)} more`] : items;
  const last = shown.at(-1) ?? "nothing";
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(", ")} and ${last}`;
}
