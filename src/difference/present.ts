import type { StorePlace, StoredSecret } from "../github.ts";
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
