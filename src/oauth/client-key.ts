import { createPrivateKey } from "node:crypto";
import type { JsonWebKey, KeyObject } from "node:crypto";
import { modifyAssertion, PrivateKeyJwt } from "oauth4webapi";
import type { ClientAuth } from "oauth4webapi";
import { SealringError } from "../errors.ts";
import type { Provider } from "../providers/provider.ts";
import type { Secret } from "../secret.ts";

const MIN_RSA_BITS = 2_048;

/**
 * The client proves itself by a signed assertion (RFC 7523 §2.2). The secret is its private key: PEM, or a JWK in JSON.
 * @throws SealringError `client_misconfigured` when it is neither, or of a kind that cannot sign one.
 */
export function clientAssertion(provider: Provider, secret: Secret): ClientAuth {
  const { key, kid, alg } = readKey(secret) ?? refuse(provider);
  const { token_endpoint: tokenEndpoint } = provider.metadata;
  const audience = provider.client.assertionAudience === "token_endpoint" ? tokenEndpoint : undefined;
  const der = key.export({ type: "pkcs8", format: "der" });
  return async (...request) => {
    const signing = await crypto.subtle.importKey("pkcs8", der, importOf(key, alg), false, ["sign"]);
    const authenticate = PrivateKeyJwt(kid === undefined ? signing : { key: signing, kid }, {
      [modifyAssertion]: (header, claims) => {
        header["alg"] = alg;
        if (audience !== undefined) claims["aud"] = audience;
      },
    });
    await authenticate(...request);
  };
}

interface ClientKey {
  readonly key: KeyObject;
  readonly kid: string | undefined;
  /** RFC 7518 §3.1, RFC 8037 §3.1. */
  readonly alg: string;
}

/** No error is passed on: it could quote the key. */
function readKey(secret: Secret): ClientKey | undefined {
  try {
    const text = secret.reveal().trim();
    return text.startsWith("{") ? fromJwk(JSON.parse(text) as JsonWebKey) : fromPem(text);
  } catch {
    return undefined;
  }
}

function fromJwk(jwk: JsonWebKey): ClientKey | undefined {
  const key = createPrivateKey({ key: jwk, format: "jwk" });
  const alg = algorithmsOf(key).find((name) => jwk["alg"] === undefined || jwk["alg"] === name);
  const kid = typeof jwk["kid"] === "string" ? jwk["kid"] : undefined;
  return alg === undefined ? undefined : { key, kid, alg };
}

/** Some ways of setting a variable turn line ends into `\n`. */
function fromPem(text: string): ClientKey | undefined {
  const key = createPrivateKey(text.replaceAll("\\n", "\n"));
  const [alg] = algorithmsOf(key);
  return alg === undefined ? undefined : { key, kid: undefined, alg };
}

/** What a key can sign with; the first is what it signs with unless it says otherwise. */
function algorithmsOf({ asymmetricKeyType: type, asymmetricKeyDetails: details = {} }: KeyObject): string[] {
  switch (type) {
    case "rsa":
      if ((details.modulusLength ?? 0) < MIN_RSA_BITS) return [];
      return ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"];
    case "ec":
      return CURVES.flatMap(({ openssl, alg }) => (openssl === details.namedCurve ? alg : []));
    case "ed25519":
      return ["EdDSA", "Ed25519"];
    default:
      return [];
  }
}

const CURVES = [
  { openssl: "prime256v1", webCrypto: "P-256", alg: "ES256" },
  { openssl: "secp384r1", webCrypto: "P-384", alg: "ES384" },
  { openssl: "secp521r1", webCrypto: "P-521", alg: "ES512" },
] as const;

type Import = Parameters<typeof crypto.subtle.importKey>[2];

function importOf({ asymmetricKeyType: type }: KeyObject, alg: string): Import {
  if (type === "ed25519") return { name: "Ed25519" };
  const curve = CURVES.find((candidate) => candidate.alg === alg);
  if (curve !== undefined) return { name: "ECDSA", namedCurve: curve.webCrypto };
  return { name: alg.startsWith("PS") ? "RSA-PSS" : "RSASSA-PKCS1-v1_5", hash: `SHA-${alg.slice(2)}` };
}

function refuse({ name }: Provider): never {
  throw new SealringError(
    "client_misconfigured",
    `the client of ${name} signs what it sends, and its secret is no private key to sign with`,
    {
      hint: "set the secret to the key that is registered there, without a passphrase: PEM or a JWK, RSA of 2048 bits or more, P-256, P-384, P-521 or Ed25519",
    },
  );
}
