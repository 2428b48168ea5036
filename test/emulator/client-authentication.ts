import { createPublicKey, verify } from "node:crypto";
import type { Declared } from "./declared.ts";
import { Refused } from "./wire.ts";
import type { Incoming, Parameters } from "./wire.ts";

/** A client as it was registered. */
export interface RegisteredClient {
  readonly id: string;
  /** A client secret, or the public key of a client with private_key_jwt, in PEM; undefined: a public client. */
  readonly secret: string | undefined;
  readonly redirectUri: string;
  /** As they are on the wire. */
  readonly scopes: readonly string[];
}

const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

export interface Circumstances {
  readonly now: Date;
  readonly methods: readonly string[] | undefined;
}

/** Refuses a request that is not the client's own (RFC 6749 §2.3). */
export class ClientAuthentication {
  readonly #client: RegisteredClient;
  readonly #declared: Declared;
  #methods: readonly string[] | undefined;
  readonly #seenAssertions = new Set<string>();

  constructor(client: RegisteredClient, declared: Declared) {
    this.#client = client;
    this.#declared = declared;
  }

  get #idParameter(): string {
    return this.#declared.client_id_parameter ?? "client_id";
  }

  /** `methods`: those of the endpoint, where they are not the token endpoint's. */
  check(incoming: Incoming, parameters: Parameters, { now, methods }: Circumstances): void {
    this.#methods = methods ?? this.#declared.token_endpoint_auth_methods_supported;
    const { authorization } = incoming.headers;
    const id = parameters.take(this.#idParameter);
    if (id !== undefined && id !== this.#client.id) throw refused("another client id");
    const secret = parameters.take("client_secret");
    const assertion = parameters.take("client_assertion");
    const shown = [authorization, secret, assertion].filter((one) => one !== undefined);
    if (shown.length > 1) throw refused("more than one way of authentication");
    if (authorization !== undefined) this.#checkBasic(authorization);
    else if (assertion !== undefined) {
      parameters.exactly({ client_assertion_type: ASSERTION_TYPE });
      this.#checkAssertion(assertion, now);
    } else this.#checkBody(id, secret);
  }

  #checkBody(id: string | undefined, secret: string | undefined): void {
    if (id === undefined) throw refused(`${this.#idParameter} is missing`);
    this.#needMethod(secret === undefined ? "none" : "client_secret_post");
    if (secret !== this.#client.secret) throw refused("another secret");
  }

  #needMethod(method: string): void {
    const { secret } = this.#client;
    if (method === "none" ? secret !== undefined : this.#methods?.includes(method) === false)
      throw refused(`${method} is not for this client`);
  }

  #checkBasic(authorization: string): void {
    this.#needMethod("client_secret_basic");
    const [scheme, credentials = ""] = authorization.split(" ");
    if (scheme !== "Basic") throw refused(`the scheme is ${scheme ?? ""}`);
    const pair = Buffer.from(credentials, "base64").toString("utf8");
    if (this.#declared.client_secret_basic_user === "client_secret") {
      if (pair === `${this.#client.secret ?? ""}:`) return;
      throw refused("the user is not the secret, or there is a password");
    }
    const [id = "", ...secret] = pair.split(":");
    const raw = this.#declared.client_secret_basic_encoding === "none";
    const read = (text: string) => (raw ? text : formDecoded(text));
    if (read(id) !== this.#client.id) throw refused("another client id in Basic");
    if (read(secret.join(":")) !== this.#client.secret) throw refused("another secret in Basic");
  }

  #checkAssertion(assertion: string, now: Date): void {
    this.#needMethod("private_key_jwt");
    const [head = "", claims = "", signature = ""] = assertion.split(".");
    const { alg } = decoded(head);
    const key = createPublicKey(this.#client.secret ?? "");
    const signed = Buffer.from(`${head}.${claims}`);
    const encoding = { key, dsaEncoding: "ieee-p1363" } as const;
    if (alg !== (key.asymmetricKeyType === "ec" ? "ES256" : "RS256")) throw refused(`alg is ${String(alg)}`);
    if (!verify("sha256", signed, encoding, Buffer.from(signature, "base64url"))) throw refused("signature");
    const { iss, sub, aud, exp, jti } = decoded(claims);
    if (iss !== this.#client.id || sub !== this.#client.id) throw refused("iss or sub is another");
    const { client_assertion_audience: audience, issuer, token_endpoint } = this.#declared;
    if (aud !== (audience === "token_endpoint" ? token_endpoint : issuer))
      throw refused(`the audience is ${String(aud)}`);
    if (typeof exp !== "number" || exp * 1_000 <= now.getTime()) throw refused("the assertion has ended");
    if (typeof jti !== "string" || this.#seenAssertions.has(jti)) throw refused("jti is missing or used");
    this.#seenAssertions.add(jti);
  }
}

function refused(why: string): Refused {
  return new Refused("invalid_client", why, 401);
}

function formDecoded(text: string): string {
  return decodeURIComponent(text.replaceAll("+", "%20"));
}

function decoded(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, "base64url").toString("utf8")) as Record<string, unknown>;
}
