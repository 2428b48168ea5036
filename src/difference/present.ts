import type { StorePlace, StoredSecret, StoreTarget } from "../github.ts";
import { storeKeyOf } from "../stores/targets.ts";
import { blankOf } from "./blank.ts";
import { valueOf } from "./facts.ts";
import type { Facts } from "./facts.ts";
import type { Blank } from "./plan.ts";

/**
 * The secrets of a store, by name in capitals, as GitHub keeps them. Empty where the environment is yet to be made;
 * undefined: not known.
 */
export function secretsIn(
  { stores, environments }: Facts,
  target: StorePlace,
): ReadonlyMap<string, StoredSecret> | undefined {
  const found = stores.get(storeKeyOf(target));
  if (found === undefined) return isToBeMade(environments, target) ? new Map() : undefined;
  const secrets = valueOf(found);
  return secrets && new Map(secrets.map((secret) => [secret.name.toUpperCase(), secret]));
}

function isToBeMade(environments: Facts["environments"], target: StorePlace): boolean {
  if (target.kind !== "environment") return false;
  const found = environments.get(target.environment);
  return found?.kind === "known" && found.value === undefined;
}

/** The stores that could not be read. */
export function storeBlanks({ stores }: Facts): readonly Blank[] {
  return [...stores].flatMap(([store, found]) => (found.kind === "unknown" ? [blankOf(store, found)] : []));
}

/** How a person sets a secret by hand. */
export function setCommand(target: StoreTarget, secretName: string): string {
  return `gh secret set ${secretName} ${placeOptions(target)}`;
}

/** How a person removes one. */
export function deleteCommand(target: StorePlace, secretName: string): string {
  return `gh secret delete ${secretName} ${placeOptions(target)}`;
}

function placeOptions(target: StorePlace): string {
  switch (target.kind) {
    case "environment":
      return `--env ${quoted(target.environment)} --repo ${target.repository}`;
    case "repository":
      return target.app === "actions"
        ? `--repo ${target.repository}`
        : `--app ${target.app} --repo ${target.repository}`;
    case "organization":
      return `--app ${target.app} --org ${target.organization}`;
  }
}

/** Of an environment's name neither quote nor backslash can be a part. */
function quoted(name: string): string {
  return /^[\w.-]+$/.test(name) ? name : `'${name}'`;
}
