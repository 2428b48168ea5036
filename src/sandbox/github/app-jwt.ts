import { verify } from "node:crypto";
import type { App } from "./apps.ts";

/** What a JSON web token came to. */
export type JwtOutcome =
  { readonly kind: "app"; readonly app: App } | { readonly kind: "bad"; readonly reason: string };

/** Ten minutes. */
const LONGEST_SECONDS = 600;

interface Claims {
  readonly iss?: unknown;
  readonly iat?: unknown;
  readonly exp?: unknown;
}

/** Whether a credential is meant as a JSON web token. */
export function looksLikeJwt(credential: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(credential);
}

/**
 * The App that signed a token of RS256 (docs.github.com, "Generating a JSON Web Token (JWT) for a GitHub App"). GitHub's
 * clients know a wrong clock by the words of the refusal.
 */
export function readJwt(apps: readonly App[], jwt: string, now: Date): JwtOutcome {
  const [header = "", payload = "", signature = ""] = jwt.split(".");
  const claims = decoded(payload) as Claims | undefined;
  const { alg } = (decoded(header) ?? {}) as { readonly alg?: unknown };
  const app = apps.find(({ id, clientId }) => claims?.iss === clientId || String(claims?.iss) === String(id));
  if (claims === undefined || alg !== "RS256") return bad("A JSON web token could not be decoded");
  if (app === undefined) return bad("Integration not found");
  const signed = Buffer.from(`${header}.${payload}`);
  if (!verify("RSA-SHA256", signed, app.publicKey, Buffer.from(signature, "base64url")))
    return bad("A JSON web token could not be decoded");
  const fault = faultOfTimes(claims, now.getTime() / 1_000);
  return fault === undefined ? { kind: "app", app } : bad(fault);
}

function faultOfTimes({ iat, exp }: Claims, nowSeconds: number): string | undefined {
  if (typeof exp !== "number" || exp <= nowSeconds) {
    return "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
  }
  if (exp > nowSeconds + LONGEST_SECONDS) {
    return "'Expiration time' claim ('exp') is too far in the future";
  }
  if (typeof iat !== "number" || iat > nowSeconds) {
    return "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
  }
  return undefined;
}

function decoded(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}

function bad(reason: string): JwtOutcome {
  return { kind: "bad", reason };
}
