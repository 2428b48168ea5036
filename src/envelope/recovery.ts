import { SealringError } from "../errors.ts";
import { Secret } from "../secret.ts";

/** age is loaded by those alone who seal for recovery, or open what was. */
const age = () => import("age-encryption");

/**
 * Seals a value to an age recipient (X25519, https://age-encryption.org/v1): the copy that people can open when GitHub
 * cannot. Armored.
 * @throws SealringError `usage` when the recipient is none; a checksum is what the schema cannot see.
 */
export async function sealForRecovery(value: Secret, recipient: string): Promise<string> {
  const { Encrypter, armor } = await age();
  try {
    const encrypter = new Encrypter();
    encrypter.addRecipient(recipient);
    return armor.encode(await encrypter.encrypt(value.reveal()));
  } catch {
    throw new SealringError("usage", "recovery.recipient in sealring.yaml is no age recipient", {
      hint: "copy the line that begins with age1 from what age-keygen printed",
    });
  }
}

/** Opens such a copy; undefined where none of the identities is its own, or where it is none. */
export async function openRecovery(
  armored: string,
  identities: readonly Secret[],
): Promise<Secret | undefined> {
  const { Decrypter, armor } = await age();
  const decrypter = new Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity.reveal());
  try {
    return new Secret(await decrypter.decrypt(armor.decode(armored), "text"));
  } catch {
    return undefined;
  }
}

/**
 * The identities of an age identity file, as age-keygen writes it: a line each, and comments.
 * @throws SealringError `usage` when it holds none, or a line that is none; never with its text.
 */
export async function readIdentities(text: Secret): Promise<readonly Secret[]> {
  const lines = text
    .reveal()
    .split(/\r?\n/)
    .map((line) => line.trim());
  const identities = lines.filter((line) => line !== "" && !line.startsWith("#"));
  const { identityToRecipient } = await age();
  try {
    for (const identity of identities) await identityToRecipient(identity);
  } catch {
    throw noIdentity();
  }
  if (identities.length === 0) throw noIdentity();
  return identities.map((identity) => new Secret(identity));
}

function noIdentity(): SealringError {
  return new SealringError("usage", "the identity file is not one that age-keygen writes", {
    hint: "give the file whose lines begin with AGE-SECRET-KEY-1: sealring recover --identity <file>",
  });
}
