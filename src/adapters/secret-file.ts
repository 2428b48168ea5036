import { open } from "node:fs/promises";
import { SealringError } from "../errors.ts";
import { Secret } from "../secret.ts";

/** Far more than any identity file comes to. */
const MAX_BYTES = 65_536;

/**
 * Reads a file that holds a secret.
 * @throws SealringError `usage` when there is none that can be read, or when it is larger than 64 KB.
 */
export async function readSecretFile(path: string): Promise<Secret> {
  try {
    const file = await open(path, "r");
    try {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(MAX_BYTES + 1), 0, MAX_BYTES + 1, 0);
      if (bytesRead <= MAX_BYTES) return new Secret(buffer.toString("utf8", 0, bytesRead));
    } finally {
      await file.close();
    }
  } catch {
    throw unusable(path, "cannot be read");
  }
  throw unusable(path, "is larger than 64 KB");
}

function unusable(path: string, why: string): SealringError {
  return new SealringError("usage", `the file ${JSON.stringify(path)} ${why}`, {
    hint: "give the path of a file that age-keygen wrote",
  });
}
