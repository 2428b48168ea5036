import { seal } from "../envelope/sealing.ts";
import { SealringError } from "../errors.ts";
import type { PutOutcome, SealedValue, SecretStore, StoreKey, StoreTarget } from "../github.ts";
import type { Secret } from "../secret.ts";
import { describeTarget, storeKeyOf } from "./targets.ts";

/** Seals values for stores and puts them there. Everything throws `store_refused`, `rate_limited` or `transient`. */
export interface Sealer {
  /** Seals to the store's public key, which is fetched once. */
  seal(target: StoreTarget, value: Secret): Promise<SealedValue>;
  /**
   * Puts a box, once. Where GitHub does not take the key, a fresh one is fetched and `reseal` called for another box,
   * which is put in its place; a second refusal throws `store_refused`.
   */
  put(target: StoreTarget, sealed: NamedBox): Promise<"created" | "updated">;
  /** Seals and puts in one. */
  sealAndPut(target: StoreTarget, name: string, value: Secret): Promise<"created" | "updated">;
  delete(target: StoreTarget, name: string): Promise<"deleted" | "absent">;
}

export interface NamedBox {
  readonly name: string;
  readonly box: SealedValue;
  /** Makes the box anew, by `Sealer.seal`; may throw where the value is not at hand. */
  readonly reseal: () => Promise<SealedValue>;
}

/** A sealer for one run: it keeps each store's public key until GitHub refuses it. */
export function createSealer(stores: SecretStore): Sealer {
  const keys = new Map<string, Promise<StoreKey>>();
  const keyOf = (target: StoreTarget) => {
    const store = storeKeyOf(target);
    const key = keys.get(store) ?? stores.publicKey(target);
    keys.set(store, key);
    key.catch(() => keys.delete(store));
    return key;
  };
  const sealer: Sealer = {
    seal: async (target, value) => seal(value, await keyOf(target)),
    async put(target, { name, box, reseal }) {
      const outcome = await stores.put(target, name, box);
      if (outcome !== "stale_key") return outcome;
      if ((await keyOf(target)).keyId === box.keyId) keys.delete(storeKeyOf(target));
      const fresh = await reseal();
      // The key was current after all, so GitHub has another objection, and would have it again.
      if (fresh.keyId === box.keyId) throw refused(target, name);
      return accepted(await stores.put(target, name, fresh), () => refused(target, name));
    },
    async sealAndPut(target, name, value) {
      const reseal = () => sealer.seal(target, value);
      return sealer.put(target, { name, box: await reseal(), reseal });
    },
    delete: (target, name) => stores.delete(target, name),
  };
  return sealer;
}

function accepted(outcome: PutOutcome, otherwise: () => SealringError): "created" | "updated" {
  if (outcome === "stale_key") throw otherwise();
  return outcome;
}

function refused(target: StoreTarget, name: string): SealringError {
  return new SealringError(
    "store_refused",
    `GitHub refuses the secret ${name} in ${describeTarget(target)} (HTTP 422)`,
    {
      hint: "run: sealring validate; GitHub takes letters, digits and _ in a name, and 48 KB as a value",
    },
  );
}
