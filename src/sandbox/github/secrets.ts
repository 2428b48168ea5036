import type { SealedValue } from "../../github.ts";
import type { Answer, Call } from "./operation.ts";
import { missingField, notFound, problem, stringField, timestamp } from "./operation.ts";
import { pageOf } from "./pages.ts";
import { faultOfSecretName } from "./secret-names.ts";
import type { Vault, VaultAccess, VaultSecret } from "./vault.ts";

/** A secret as the API shows it: without its value. */
export type SecretView = (secret: VaultSecret) => Readonly<Record<string, unknown>>;

export const plainView: SecretView = ({ name, createdAt, updatedAt }) => ({
  name,
  created_at: timestamp(createdAt),
  updated_at: timestamp(updatedAt),
});

export function answerPublicKey(vault: Vault): Answer {
  const { key, keyId } = vault.publicKey;
  return { status: 200, body: { key_id: keyId, key } };
}

export function answerSecrets(call: Call, secrets: readonly VaultSecret[], view: SecretView): Answer {
  const { items, total, headers } = pageOf(call, secrets);
  return { status: 200, headers, body: { total_count: total, secrets: items.map(view) } };
}

export function answerSecret(call: Call, vault: Vault, view: SecretView): Answer {
  const secret = vault.get(secretName(call));
  return secret === undefined ? notFound() : { status: 200, body: view(secret) };
}

export function deleteSecret(call: Call, vault: Vault): Answer {
  return vault.delete(secretName(call)) ? { status: 204 } : notFound();
}

/** 201 for a new secret, 204 for a new value, 422 for what cannot be taken. */
export function putSecret(call: Call, vault: Vault, access?: VaultAccess): Answer {
  const fault = faultOfSecretName(secretName(call));
  if (fault !== undefined) return problem(422, fault);
  const sealed = readSealed(call);
  if ("status" in sealed) return sealed;
  const written = access === undefined ? { now: call.now } : { now: call.now, access };
  const outcome = vault.put(secretName(call), sealed, written);
  switch (outcome.kind) {
    case "created":
      return { status: 201, body: {} };
    case "updated":
      return { status: 204 };
    case "refused":
      return problem(422, outcome.reason);
  }
}

function readSealed(call: Call): SealedValue | Answer {
  const ciphertext = stringField(call, "encrypted_value");
  const keyId = stringField(call, "key_id");
  if (ciphertext === undefined) return missingField("encrypted_value");
  return keyId === undefined ? missingField("key_id") : { ciphertext, keyId };
}

export function secretName(call: Call): string {
  return call.parameters["secret_name"] ?? "";
}
