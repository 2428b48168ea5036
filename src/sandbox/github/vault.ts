import sodium from "libsodium-wrappers";
import type { SealedValue, StoreKey } from "../../github.ts";
import type { RandomBytes } from "../../ports.ts";

/** A secret as GitHub keeps it. Only the sandbox's own inspection ever sees `value`. */
export interface VaultSecret {
  /** In capitals. */
  readonly name: string;
  readonly value: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** Who may read an organization's secret; undefined elsewhere. */
  readonly access: VaultAccess | undefined;
}

export interface VaultAccess {
  readonly visibility: "all" | "private" | "selected";
  readonly repositoryIds: readonly number[];
}

/** X25519. */
interface KeyPair {
  readonly publicKey: Uint8Array;
  readonly privateKey: Uint8Array;
}

export type VaultOutcome =
  { readonly kind: "created" | "updated" } | { readonly kind: "refused"; readonly reason: string };

/** Bytes of a value: GitHub's documented limit. */
const LARGEST_VALUE_BYTES = 48 * 1024;
const SEED_BYTES = 32;
const KEY_ID_BYTES = 8;

/** Secrets of one store and one app, with the key pair that they are sealed to. */
export class Vault {
  readonly #randomBytes: RandomBytes;
  readonly #capacity: number;
  readonly #secrets = new Map<string, VaultSecret>();
  #keys: KeyPair;
  #keyId: string;

  constructor(randomBytes: RandomBytes, capacity: number) {
    this.#randomBytes = randomBytes;
    this.#capacity = capacity;
    ({ keys: this.#keys, keyId: this.#keyId } = newKeys(randomBytes));
  }

  get publicKey(): StoreKey {
    return { keyId: this.#keyId, key: Buffer.from(this.#keys.publicKey).toString("base64") };
  }

  /** From now on nothing that was sealed to the old key is taken. */
  rotateKey(): void {
    ({ keys: this.#keys, keyId: this.#keyId } = newKeys(this.#randomBytes));
  }

  list(): readonly VaultSecret[] {
    return [...this.#secrets.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  get(name: string): VaultSecret | undefined {
    return this.#secrets.get(name.toUpperCase());
  }

  delete(name: string): boolean {
    return this.#secrets.delete(name.toUpperCase());
  }

  /** Really opens the box; what does not open is refused. */
  put(
    name: string,
    sealed: SealedValue,
    written: { readonly now: Date; readonly access?: VaultAccess },
  ): VaultOutcome {
    const known = this.get(name);
    if (known === undefined && this.#secrets.size >= this.#capacity) {
      return { kind: "refused", reason: `There is no room for more than ${String(this.#capacity)} secrets.` };
    }
    if (sealed.keyId !== this.#keyId)
      return { kind: "refused", reason: "The key_id is not that of the public key." };
    const value = this.#open(sealed.ciphertext);
    if (value === undefined) return { kind: "refused", reason: "The encrypted_value cannot be opened." };
    if (value.length > LARGEST_VALUE_BYTES)
      return { kind: "refused", reason: "The secret is larger than 48 KB." };
    this.#secrets.set(name.toUpperCase(), {
      name: name.toUpperCase(),
      value: Buffer.from(value).toString("utf8"),
      createdAt: known?.createdAt ?? written.now,
      updatedAt: written.now,
      access: written.access,
    });
    return { kind: known === undefined ? "created" : "updated" };
  }

  /** Lets other repositories read an organization's secret. */
  share(name: string, access: VaultAccess): void {
    const secret = this.get(name);
    if (secret !== undefined) this.#secrets.set(secret.name, { ...secret, access });
  }

  #open(ciphertext: string): Uint8Array | undefined {
    try {
      const box = Buffer.from(ciphertext, "base64");
      return sodium.crypto_box_seal_open(box, this.#keys.publicKey, this.#keys.privateKey);
    } catch {
      return undefined;
    }
  }
}

function newKeys(randomBytes: RandomBytes): { keys: KeyPair; keyId: string } {
  const keyId = Buffer.from(randomBytes(KEY_ID_BYTES)).readBigUInt64BE().toString();
  return { keys: sodium.crypto_box_seed_keypair(randomBytes(SEED_BYTES)), keyId };
}
