import type { Generation } from "./model.ts";

const PREFIX = "extapi:";

/** Scopes by their bare names, with what the consent page says of them. */
export const SCOPES: Readonly<Record<string, string>> = {
  email: "Your email address",
  personal: "Your age, height, weight and sex",
  daily: "Daily summaries of sleep, activity and readiness",
  heartrate: "Your heart rate over time",
  workout: "Workouts",
  tag: "Tags that you entered",
  session: "Guided and unguided sessions",
  spo2: "Average blood oxygen at night",
  ring_configuration: "Your ring's model and settings",
  stress: "Stress and resilience",
  heart_health: "Cardiovascular age and VO2 max",
};

/** A `scope` parameter as bare names, without doubles; undefined when one of them is unknown. */
export function readScopes(parameter: string | null): readonly string[] | undefined {
  const words = (parameter ?? "").split(" ").filter((word) => word !== "");
  const names = words.map((word) => (word.startsWith(PREFIX) ? word.slice(PREFIX.length) : word));
  return names.every((name) => Object.hasOwn(SCOPES, name)) ? [...new Set(names)] : undefined;
}

/** Bare names as a `scope` of this server's: only the new one prefixes them. */
export function writeScopes(generation: Generation, names: readonly string[]): string {
  return names.map((name) => (generation === "current" ? PREFIX + name : name)).join(" ");
}
