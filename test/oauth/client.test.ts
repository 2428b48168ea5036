import { createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { describe, expect, it } from "vitest";
import { clientAuthentication } from "../../src/oauth/client.ts";
import type { OAuthClient, Party } from "../../src/oauth/client.ts";
import { refresh } from "../../src/oauth/token.ts";
import type { ProviderDeclaration } from "../../src/providers/generated/provider.ts";
import type { Provider } from "../../src/providers/provider.ts";
import { Secret } from "../../src/secret.ts";
import { CANARIES, expectNoCanary } from "../support/canary.ts";
import { aProvider, departing, json, metadataWithout, ScriptedHttp } from "../support/scripted-http.ts";

const secret = new Secret("s3cret &/+");
const confidential: OAuthClient = { id: "the client", secret };

interface Sent {
  readonly form: Record<string, string>;
  readonly authorization: string | undefined;
}

type AuthMethods = ProviderDeclaration["token_endpoint_auth_methods_supported"];

function proof(declaration: ProviderDeclaration, client = confidential): Promise<Sent> {
  return proofTo(departing(declaration), client);
}

/** How a refresh names its client, without what makes it a refresh. */
async function proofTo(provider: Provider, client = confidential): Promise<Sent> {
  const http = new ScriptedHttp(json(200, {}));
  await refresh(http, { provider, client }, new Secret("r"));
  const { grant_type: _, refresh_token: __, ...form } = http.form(0);
  return { form, authorization: http.requests[0]?.headers["authorization"] };
}

const basic = (pair: string): string => `Basic ${Buffer.from(pair).toString("base64")}`;
const both: ProviderDeclaration = {
  token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post", "none"],
};
const byBasic: ProviderDeclaration = { token_endpoint_auth_methods_supported: ["client_secret_basic"] };

describe("a client's secret", () => {
  const inBody = { form: { client_id: "the client", client_secret: "s3cret &/+" }, authorization: undefined };
  const inHeader = { form: {}, authorization: basic("the+client:s3cret+%26%2F%2B") };

  it.each<[string, AuthMethods, Sent]>([
    ["into the body where that is offered", ["client_secret_post"], inBody],
    ["into the body where Basic is offered, too", ["client_secret_basic", "client_secret_post"], inBody],
    ["into Basic where only that is offered", ["private_key_jwt", "client_secret_basic"], inHeader],
    ["into Basic where nothing is said", undefined, inHeader],
  ])("goes %s", async (_where, methods, expected) => {
    const provider = aProvider({ metadata: metadataWithout("token_endpoint_auth_methods_supported") });
    const said = departing({ token_endpoint_auth_methods_supported: methods ?? ["none"] });
    expect(await proofTo(methods === undefined ? provider : said)).toEqual(expected);
  });

  it("is not sent where the server takes none", async () => {
    const sent = proofTo(departing({ token_endpoint_auth_methods_supported: ["none"] }));
    await expect(sent).rejects.toMatchObject({ code: "client_misconfigured" });
  });

  it("is not missed where there is none", async () => {
    const form = { client_id: "public" };
    const sent = await proof(both, { id: "public", secret: undefined });
    expect(sent).toEqual({ form, authorization: undefined });
  });

  it("goes where the credential says, among what is offered", async () => {
    const client: OAuthClient = { ...confidential, authMethod: "client_secret_basic" };
    const authorization = basic("the+client:s3cret+%26%2F%2B");
    expect(await proof(both, client)).toEqual({ form: {}, authorization });
  });

  it("goes into Basic form-encoded, as RFC 6749 has it, unless the server does not decode it", async () => {
    const authorization = basic("the+client:s3cret+%26%2F%2B");
    expect(await proof(byBasic)).toEqual({ form: {}, authorization });
    const raw = await proof({ ...byBasic, client_secret_basic_encoding: "none" });
    expect(raw).toEqual({ form: {}, authorization: basic("the client:s3cret &/+") });
  });

  it("stands in Basic as the user name where the server has it so, with no password and as it is", async () => {
    const declaration = { ...byBasic, client_secret_basic_user: "client_secret" } as const;
    expect(await proof(declaration)).toEqual({ form: {}, authorization: basic("s3cret &/+:") });
  });

  it("stays at home where the credential says that the client does not prove itself", async () => {
    const sent = await proof(both, { ...confidential, authMethod: "none" });
    expect(sent).toEqual({ form: { client_id: "the client" }, authorization: undefined });
  });
});

it("a client id goes by the server's own name for it", async () => {
  const { form } = await proof({ ...both, client_id_parameter: "client_key" });
  expect(form).toEqual({ client_key: "the client", client_secret: "s3cret &/+" });
});

describe("a client's private key", () => {
  const declaration: ProviderDeclaration = { token_endpoint_auth_methods_supported: ["private_key_jwt"] };
  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  const ec = (namedCurve: string): KeyObject => generateKeyPairSync("ec", { namedCurve }).privateKey;
  const [p256, p384, p521] = [ec("P-256"), ec("P-384"), ec("P-521")];
  const ed25519 = generateKeyPairSync("ed25519").privateKey;

  const pem = (key: KeyObject, type: "pkcs8" | "sec1" = "pkcs8"): string =>
    key.export({ type, format: "pem" }).toString();
  const jwk = (key: KeyObject, more: object = {}): string =>
    JSON.stringify({ ...key.export({ format: "jwk" }), ...more });

  /** The parts of the assertion that a refresh is sent with, its signature held against the key. */
  async function assertion(key: KeyObject, text: string, more: ProviderDeclaration = {}) {
    const { form } = await proof({ ...declaration, ...more }, { id: "c", secret: new Secret(text) });
    const [header = "", claims = "", signature = ""] = (form["client_assertion"] ?? "").split(".");
    const read = (part: string): unknown => JSON.parse(Buffer.from(part, "base64url").toString());
    const { alg, ...rest } = read(header) as { alg: string };
    const signed = Buffer.from(`${header}.${claims}`);
    const holds = verify(digestOf(alg), signed, verifying(key, alg), Buffer.from(signature, "base64url"));
    return { alg, ...rest, holds, claims: read(claims), form };
  }

  const digestOf = (alg: string): string | null => (alg.startsWith("Ed") ? null : `sha${alg.slice(2)}`);
  const verifying = (key: KeyObject, alg: string): Parameters<typeof verify>[2] => ({
    key: createPublicKey(key),
    ...(alg.startsWith("ES") ? { dsaEncoding: "ieee-p1363" } : {}),
    ...(alg.startsWith("PS") ? { padding: 6, saltLength: Number(alg.slice(2)) / 8 } : {}),
  });

  it.each<[string, KeyObject, string, object]>([
    ["an RSA key", rsa, pem(rsa), { alg: "RS256" }],
    ["an RSA key on one line", rsa, pem(rsa).replaceAll("\n", "\\n"), { alg: "RS256" }],
    ["a P-256 key", p256, pem(p256), { alg: "ES256" }],
    ["a P-256 key as SEC 1", p256, pem(p256, "sec1"), { alg: "ES256" }],
    ["a P-384 key", p384, pem(p384), { alg: "ES384" }],
    ["a P-521 key", p521, pem(p521), { alg: "ES512" }],
    ["an Ed25519 key", ed25519, pem(ed25519), { alg: "EdDSA" }],
    ["a JWK", rsa, jwk(rsa), { alg: "RS256" }],
    [
      "a JWK with its algorithm and name",
      rsa,
      jwk(rsa, { alg: "PS384", kid: "7" }),
      { alg: "PS384", kid: "7" },
    ],
    ["a JWK of a curve", p384, jwk(p384, { kid: "8" }), { alg: "ES384", kid: "8" }],
    ["a JWK of Ed25519", ed25519, jwk(ed25519, { alg: "Ed25519" }), { alg: "Ed25519" }],
  ])("%s signs an assertion", async (_what, key, text, header) => {
    expect(await assertion(key, text)).toMatchObject({ ...header, holds: true });
  });

  it("names the client, and speaks to the issuer, for a minute", async () => {
    const { form, claims } = await assertion(p256, pem(p256));
    expect(Object.keys(form).sort()).toEqual(["client_assertion", "client_assertion_type", "client_id"]);
    expect(form["client_assertion_type"]).toBe("urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    expect(claims).toMatchObject({ iss: "c", sub: "c", aud: "https://id.example.com" });
    const { iat, exp } = claims as { iat: number; exp: number };
    expect(exp - iat).toBe(60);
  });

  it("speaks to the token endpoint where the server wants that, wherever it is sent", async () => {
    const more: ProviderDeclaration = {
      client_assertion_audience: "token_endpoint",
      refresh_endpoint: "https://id.example.com/refresh",
    };
    expect(await assertion(p256, pem(p256), more)).toMatchObject({
      claims: { aud: "https://id.example.com/token" },
    });
  });

  it("signs where the credential says so, though a secret is offered, too", async () => {
    const client: OAuthClient = { id: "c", secret: new Secret(pem(p256)), authMethod: "private_key_jwt" };
    expect((await proof(both, client)).form).toHaveProperty("client_assertion");
  });

  const small = generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey;
  it.each([
    ["a word", CANARIES.clientSecret],
    ["JSON that is none", `{"d":"${CANARIES.clientSecret}`],
    ["a public key", createPublicKey(p256).export({ type: "spki", format: "pem" }).toString()],
    ["a key behind a passphrase", passphrased(p256)],
    ["a short RSA key", pem(small)],
    ["a key of a curve that signs nothing", pem(generateKeyPairSync("x25519").privateKey)],
    ["a key of a curve without an algorithm", pem(ec("secp224r1"))],
    ["a JWK for another algorithm than it can", jwk(p256, { alg: "RS256" })],
  ])("is refused before anything is sent, and not quoted: %s", (_what, text) => {
    const party: Party = {
      provider: departing(declaration),
      client: { id: "c", secret: new Secret(text) },
    };
    const failure = thrownBy(() => clientAuthentication(party));
    expect(failure).toMatchObject({ name: "SealringError", code: "client_misconfigured" });
    expect(failure).toHaveProperty("hint", expect.stringContaining("PEM or a JWK"));
    expect(failure).not.toHaveProperty("cause");
    expectNoCanary(String(failure));
  });

  function passphrased(key: KeyObject): string {
    const options = { type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "p" } as const;
    return key.export(options).toString();
  }
});

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
