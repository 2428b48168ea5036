import { createHash, randomBytes } from "node:crypto";
import type { Named } from "./declared.ts";
import { takesRedirect } from "./redirects.ts";
import { requestedScopes } from "./scopes.ts";
import { authenticate } from "./service.ts";
import type { Service } from "./service.ts";
import { bare, json, Parameters, Refused } from "./wire.ts";
import type { Incoming, Reply } from "./wire.ts";

interface Challenge {
  readonly method: string;
  readonly value: string;
}

/** An authorization request that was found right. */
interface Asked {
  readonly scopes: readonly string[];
  /** The redirect URI as the request has it. */
  readonly named: string;
  readonly redirectUri: string;
  readonly state: string;
  readonly challenge: Challenge | undefined;
}

/** Where a person allows everything at once, and the codes that come of it. */
export class Authorization {
  readonly #service: Service;
  readonly #issuer: string | undefined;
  readonly #codes = new Map<string, Asked>();
  readonly #pushed = new Map<string, Asked>();

  /** `issuer`: what redirects carry as `iss`. */
  constructor(service: Service, issuer: string | undefined) {
    this.#service = service;
    this.#issuer = issuer;
  }

  /** The browser comes, and is sent back with a code. */
  visit(incoming: Incoming): Reply {
    if (incoming.method !== "GET")
      throw new Refused("invalid_request", `the browser came by ${incoming.method}`);
    const parameters = Parameters.in("query", incoming);
    const asked = this.#pushedBefore(parameters) ?? this.#read(parameters);
    const code = randomBytes(12).toString("base64url");
    this.#codes.set(code, asked);
    const location = new URL(asked.redirectUri);
    location.searchParams.set("code", code);
    location.searchParams.set("state", asked.state);
    if (this.#issuer !== undefined) location.searchParams.set("iss", this.#issuer);
    return bare(303, { location: location.href });
  }

  /** RFC 9126 §2. */
  push(incoming: Incoming): Reply {
    if (incoming.method !== "POST") throw new Refused("invalid_request", "pushed by another method", 405);
    const parameters = Parameters.in("form", incoming);
    const { client, declared } = this.#service;
    const id = declared.client_id_parameter ?? "client_id";
    authenticate(this.#service, incoming, parameters);
    const uri = `urn:ietf:params:oauth:request_uri:${randomBytes(12).toString("base64url")}`;
    this.#pushed.set(uri, this.#readRest(parameters));
    return json(201, { request_uri: uri, expires_in: 90, [id]: client.id });
  }

  /** Takes a code, once (RFC 6749 §4.1.3). */
  redeem(code: string, { redirect_uri: uri, code_verifier: verifier }: Partial<Named>): readonly string[] {
    const asked = this.#codes.get(code);
    this.#codes.delete(code);
    if (asked === undefined) throw new Refused("invalid_grant", "the code is none, or used");
    if (uri !== asked.named) throw new Refused("invalid_grant", `redirect_uri is ${uri ?? "missing"}`);
    if (!answers(asked.challenge, verifier))
      throw new Refused("invalid_grant", "code_verifier is not the one");
    return asked.scopes;
  }

  #pushedBefore(parameters: Parameters): Asked | undefined {
    const { client, front } = this.#service;
    const uri = parameters.take("request_uri");
    if (uri === undefined) {
      if (front.require_pushed_authorization_requests === true)
        throw new Refused("invalid_request", "the request was not pushed");
      return undefined;
    }
    parameters.exactly({ [front.client_id_parameter ?? "client_id"]: client.id });
    parameters.done();
    const asked = this.#pushed.get(uri);
    this.#pushed.delete(uri);
    if (asked === undefined) throw new Refused("invalid_request_uri", "the request_uri is none, or used");
    return asked;
  }

  #read(parameters: Parameters): Asked {
    const { client, front } = this.#service;
    parameters.exactly({ [front.client_id_parameter ?? "client_id"]: client.id });
    return this.#readRest(parameters);
  }

  #readRest(parameters: Parameters): Asked {
    const { client, front } = this.#service;
    parameters.exactly({ response_type: "code", ...front.authorization_parameters });
    const named = parameters.need("redirect_uri");
    const { redirect_uri_alias: alias } = front;
    if (alias === undefined ? !takesRedirect(front, client, named) : named !== alias)
      throw new Refused("invalid_request", `${named} is not registered`);
    const state = parameters.need("state");
    if (state.length < 8) throw new Refused("invalid_request", "state is too short");
    const scopes = requestedScopes(this.#service, parameters);
    const challenge = this.#challengeIn(parameters);
    parameters.done();
    const redirectUri = alias === undefined ? named : client.redirectUri;
    return { scopes, named, redirectUri, state, challenge };
  }

  #challengeIn(parameters: Parameters): Challenge | undefined {
    const { code_challenge_methods_supported: methods, pkce_required: required } = this.#service.front;
    const value = parameters.take("code_challenge");
    const method = parameters.take("code_challenge_method") ?? "plain";
    if (value === undefined) {
      if (required === true) throw new Refused("invalid_request", "PKCE is missing");
      return undefined;
    }
    if (methods?.includes(method) === false) throw new Refused("invalid_request", `PKCE by ${method}`);
    if (!/^[A-Za-z0-9._~-]{43,128}$/.test(value)) throw new Refused("invalid_request", "code_challenge");
    return { method, value };
  }
}

/** RFC 7636 §4.6. A verifier without a challenge is wrong as well (RFC 9700 §4.8.2). */
function answers(challenge: Challenge | undefined, verifier: string | undefined): boolean {
  if (challenge === undefined || verifier === undefined)
    return challenge === undefined && verifier === undefined;
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) return false;
  if (challenge.method === "plain") return verifier === challenge.value;
  return createHash("sha256").update(verifier).digest("base64url") === challenge.value;
}
