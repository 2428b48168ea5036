import type { SecretStore } from "../../src/github.ts";
import type { Sealer } from "../../src/stores/sealer.ts";
import { sealed } from "./texts.ts";

/** A sealer without a lock, and so the same bytes whenever a process is run again. */
export function sealerOf(stores: SecretStore): Sealer {
  return {
    seal: async (_, value) => sealed(value.reveal()),
    put: async (target, { name, box }) => taken(await stores.put(target, name, box)),
    sealAndPut: async (target, name, value) => taken(await stores.put(target, name, sealed(value.reveal()))),
    delete: () => Promise.reject(new Error("nobody revokes here")),
  };
}

function taken(outcome: "created" | "updated" | "stale_key"): "created" | "updated" {
  if (outcome === "stale_key") throw new Error("the model's store has one key");
  return outcome;
}
