import { createPrivateKey } from "node:crypto";
import type { Signing } from "./api.ts";
import { noPrivateKey } from "./app-faults.ts";
import type { AppKey } from "./options.ts";

/**
 * How an App's own requests are signed: a JWT, which is sent again by GitHub's clock where this machine's is wrong. Loaded
 * for Apps only. Throws `usage` where the key is none.
 */
export async function signingOf({ clientId, privateKey, privateKeyName }: AppKey): Promise<Signing> {
  // Secrets that came through a file of variables have their line breaks written out.
  const pem = privateKey.reveal().replaceAll("\\n", "\n");
  if (!isRsaKey(pem)) throw noPrivateKey(privateKeyName);
  const { createAppAuth } = await import("@octokit/auth-app");
  // GitHub takes the client id for the App's id, and advises it.
  return { authStrategy: createAppAuth, auth: { appId: clientId, privateKey: pem } };
}

function isRsaKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === "rsa";
  } catch {
    return false;
  }
}
