import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, inflateSync } from "node:zlib";
import { expect } from "vitest";

/**
 * A secret for tests that can be told from any other text. It has characters that URLs, forms and JSON write
 * differently, so that a leak in one of those forms is not missed: `%`, `"` and `\` where a value may hold them.
 */
export function canary(label: string): string {
  return `canary.${label}.Zq7-~XvR2/k+9w==`;
}

/** One canary for each kind of secret. Client secrets may hold any visible ASCII (RFC 6749 §A.2), tokens for a header may not. */
export const CANARIES = {
  accessToken: canary("access-token"),
  refreshToken: canary("refresh-token"),
  idToken: canary("id-token"),
  authorizationCode: canary("code"),
  clientSecret: `${canary("client-secret")}%&"\\'<`,
  githubToken: "ghs_canaryGithubTokenZq7XvR2k9w0000000000",
} as const;

const ALL: readonly string[] = Object.values(CANARIES);

/** Fails when a secret is found in the text or bytes, plain or in any form of `formsOf`. */
export function expectNoCanary(subject: string | Uint8Array, secrets: readonly string[] = ALL): void {
  expect(findCanaries(Buffer.from(subject as string), secrets), "secrets found").toEqual([]);
}

/** Fails when a secret is found in a file, or a file's name, anywhere under the directory; also in loose git objects and gzip. */
export function expectNoCanaryIn(directory: string, secrets: readonly string[] = ALL): void {
  const found: string[] = [];
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const contents = entry.isFile() ? [readFileSync(path)] : [];
    for (const bytes of [Buffer.from(path), ...contents, ...contents.flatMap(unpacked)]) {
      found.push(...findCanaries(bytes, secrets).map((fault) => `${path}: ${fault}`));
    }
  }
  expect(found, "secrets found").toEqual([]);
}

/** Which secrets the bytes hold, and in what form: `canary.code… as base64`. */
export function findCanaries(bytes: Uint8Array, secrets: readonly string[]): string[] {
  const text = Buffer.from(bytes).toString("latin1");
  const found: string[] = [];
  for (const secret of secrets) {
    for (const [form, needle] of formsOf(secret)) {
      if (text.includes(needle)) found.push(`${secret.slice(0, 20)}… as ${form}`);
    }
  }
  return found;
}

/** Every way in which a secret may be written where it must not be. */
export function formsOf(secret: string): [form: string, needle: string][] {
  const json = JSON.stringify(secret).slice(1, -1);
  const form = new URLSearchParams({ v: secret }).toString().slice(2);
  return [
    ["plain", secret],
    ["JSON", json],
    ["JSON in JSON", JSON.stringify(json).slice(1, -1)],
    ["URL", encodeURIComponent(secret)],
    ["form", form],
    ["HTML", secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;")],
    ["reversed", Array.from(secret).reverse().join("")],
    ["hex", Buffer.from(secret).toString("hex")],
    ["HEX", Buffer.from(secret).toString("hex").toUpperCase()],
    ...base64Forms(secret, "base64"),
    ...base64Forms(secret, "base64url"),
  ];
}

/** base64 of a text depends on where in its source the secret begins: three alignments, less the characters that neighbours share. */
function base64Forms(secret: string, encoding: "base64" | "base64url"): [string, string][] {
  return [0, 1, 2].map((shift) => {
    const whole = Buffer.from("\0".repeat(shift) + secret);
    const encoded = whole.subarray(0, whole.length - (whole.length % 3)).toString(encoding);
    return [`${encoding} at ${String(shift)}`, encoded.slice(shift === 0 ? 0 : 4)];
  });
}

function unpacked(bytes: Buffer): Buffer[] {
  const unpack = bytes[0] === 0x78 ? inflateSync : bytes[0] === 0x1f ? gunzipSync : undefined;
  if (unpack === undefined) return [];
  try {
    return [unpack(bytes)];
  } catch {
    return [];
  }
}
