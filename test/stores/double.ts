import sodium from "libsodium-wrappers";
import type {
  PutOutcome,
  SealedValue,
  SecretStore,
  StoredSecret,
  StoreKey,
  StoreTarget,
} from "../../src/github.ts";
import { storeKeyOf } from "../../src/stores/targets.ts";

interface CurrentKey {
  readonly id: number;
  readonly pair: { readonly publicKey: Uint8Array; readonly privateKey: Uint8Array };
}

const WRITTEN_AT = new Date("2026-11-22T12:00:00Z");

/** A store service in memory that opens what it is given, as GitHub does. */
export class MemoryStores implements SecretStore {
  readonly values = new Map<string, string>();
  readonly calls: string[] = [];
  requestsLeft: number | undefined = 5000;
  readonly #keys = new Map<string, CurrentKey>();
  #nextKey = 0;

  async publicKey(target: StoreTarget): Promise<StoreKey> {
    this.calls.push("publicKey");
    await sodium.ready;
    const store = storeKeyOf(target);
    const known = this.#keys.get(store) ?? { id: (this.#nextKey += 1), pair: sodium.crypto_box_keypair() };
    this.#keys.set(store, known);
    return { keyId: String(known.id), key: Buffer.from(known.pair.publicKey).toString("base64") };
  }

  async reserve(): Promise<void> {
    // There is always room.
  }

  /** From now on another key is the current one. */
  rotateKey(target: StoreTarget): void {
    this.#keys.delete(storeKeyOf(target));
  }

  async put(target: StoreTarget, name: string, value: SealedValue): Promise<PutOutcome> {
    this.calls.push(`put ${name}`);
    const key = this.#keys.get(storeKeyOf(target));
    if (key === undefined || String(key.id) !== value.keyId || name.includes("-")) return "stale_key";
    const box = Buffer.from(value.ciphertext, "base64");
    const plain = sodium.crypto_box_seal_open(box, key.pair.publicKey, key.pair.privateKey);
    const outcome = this.values.has(name) ? "updated" : "created";
    this.values.set(name, Buffer.from(plain).toString("utf8"));
    return outcome;
  }

  async delete(_: StoreTarget, name: string): Promise<"deleted" | "absent"> {
    return this.values.delete(name) ? "deleted" : "absent";
  }

  async find(_: StoreTarget, name: string): Promise<StoredSecret | undefined> {
    return this.values.has(name) ? { name, updatedAt: WRITTEN_AT } : undefined;
  }

  async room() {
    const secrets = [...this.values.keys()].map((name) => ({ name, updatedAt: WRITTEN_AT }));
    return { secrets, requestsLeft: this.requestsLeft };
  }
}
