import type { Authorization } from "./authorization.ts";
import type { Grant } from "./books.ts";
import { accessTokenFor, tokenAnswer } from "./answers.ts";
import type { RenewalShape } from "./declared.ts";
import type { Devices } from "./devices.ts";
import { scopesIn } from "./scopes.ts";
import { authenticate, carrierOf } from "./service.ts";
import type { Service } from "./service.ts";
import { needHeaders, Parameters, Refused } from "./wire.ts";
import type { Incoming, Reply } from "./wire.ts";

/** What comes to the token endpoint, and to those that stand beside it. */
export class Tokens {
  readonly #service: Service;
  readonly #authorization: Authorization;
  readonly #devices: Devices;
  /** Access tokens of authorizations that wait to be exchanged for ones that last, with their grants. */
  readonly #short = new Map<string, Grant>();

  constructor(service: Service, authorization: Authorization, devices: Devices) {
    this.#service = service;
    this.#authorization = authorization;
    this.#devices = devices;
  }

  /** A request that brings an authorization's tokens, or a client's own. */
  first(incoming: Incoming): Reply {
    const parameters = this.#open(incoming, { method: "POST" });
    const grantType = parameters.need("grant_type");
    parameters.exactly(this.#service.declared.token_parameters ?? {});
    switch (grantType) {
      case "authorization_code": {
        const [redirect_uri, code_verifier] = [
          parameters.take("redirect_uri"),
          parameters.take("code_verifier"),
        ];
        const code = parameters.need("code");
        this.#close(incoming, parameters);
        return this.#begin(this.#authorization.redeem(code, { redirect_uri, code_verifier }), redirect_uri);
      }
      case "client_credentials": {
        const scopes = scopesIn(this.#service, parameters.take("scope"));
        this.#close(incoming, parameters);
        return this.#ownTokens(scopes);
      }
      default:
        throw new Refused("unsupported_grant_type", `grant_type is ${grantType}`);
    }
  }

  /** RFC 8628 §3.4. */
  poll(incoming: Incoming): Reply {
    const parameters = this.#open(incoming, { method: "POST" });
    const { device_authorization: device = {}, token_parameters: extra = {} } = this.#service.declared;
    parameters.exactly({ grant_type: "urn:ietf:params:oauth:grant-type:device_code", ...extra });
    const code = parameters.need(device.code_parameter ?? "device_code");
    this.#close(incoming, parameters);
    return this.#begin(this.#devices.poll(code));
  }

  /** A refresh (RFC 6749 §6), or what the provider has in its place. */
  refresh(incoming: Incoming): Reply {
    const { refresh_request: shape = {}, refresh_parameters: extra = {} } = this.#service.declared;
    const parameters = this.#open(incoming, shape);
    const presented = this.#presented(parameters, shape);
    parameters.exactly(extra);
    this.#redirect(parameters, shape, this.#service.books.grantOf(presented));
    this.#close(incoming, parameters, shape);
    return this.#renew(presented, shape);
  }

  /** The access token of an authorization for one that lasts. */
  exchange(incoming: Incoming): Reply {
    const { exchange_request: shape = {} } = this.#service.declared;
    const parameters = this.#open(incoming, shape);
    const presented = this.#presented(parameters, shape);
    const grant = this.#short.get(presented);
    this.#redirect(parameters, shape, grant);
    this.#close(incoming, parameters, shape);
    // A server that exchanges and refreshes by the same request tells them apart by the token.
    if (grant === undefined) return this.#renew(presented, this.#service.declared.refresh_request ?? {});
    this.#short.delete(presented);
    return this.#lasting(grant);
  }

  #open(incoming: Incoming, { method = "POST" }: RenewalShape): Parameters {
    if (incoming.method !== method)
      throw new Refused("invalid_request", `${incoming.method} is no ${method}`, 405);
    needHeaders(incoming, this.#service.declared.token_headers ?? {}, this.#service.client.id);
    return Parameters.in(method === "GET" ? "query" : carrierOf(this.#service), incoming);
  }

  #close(incoming: Incoming, parameters: Parameters, shape: RenewalShape = {}): void {
    if (shape.client_authentication !== "none") authenticate(this.#service, incoming, parameters);
    parameters.done();
  }

  #presented(parameters: Parameters, shape: RenewalShape): string {
    const { grant_type: grantType = "refresh_token", token_parameter: name = "refresh_token" } = shape;
    if (grantType !== "") parameters.exactly({ grant_type: grantType });
    return parameters.need(name);
  }

  /** Of a grant that came without a browser there is none to name. */
  #redirect(parameters: Parameters, shape: RenewalShape, grant: Grant | undefined): void {
    if (shape.sends_redirect_uri === true && grant?.redirect !== undefined)
      parameters.exactly({ redirect_uri: grant.redirect });
  }

  #renew(presented: string, { presents }: RenewalShape): Reply {
    const { grant, next } = this.#service.books.renew(presented);
    if (presents === "access_token") return this.#lasting(grant);
    const refreshToken = next === "new" ? this.#service.books.issueRefresh(grant) : undefined;
    const { unchangedRefreshToken } = this.#service.manner;
    const told = refreshToken ?? (unchangedRefreshToken === "repeated" ? presented : undefined);
    return this.#answer(grant, told);
  }

  #begin(scopes: readonly string[], redirect?: string): Reply {
    const { declared, books } = this.#service;
    const grant = books.open(scopes, redirect);
    if (declared.exchange_request !== undefined) {
      const accessToken = accessTokenFor(this.#service);
      this.#short.set(accessToken, grant);
      books.issueAccess(grant, accessToken);
      return tokenAnswer(this.#service, grant, { accessToken, refreshToken: undefined });
    }
    if (declared.refresh_request?.presents === "access_token") return this.#lasting(grant);
    return this.#answer(grant, this.#lastsOf(scopes) ? books.issueRefresh(grant) : undefined);
  }

  /** Whether a grant of these scopes has a refresh token. */
  #lastsOf(scopes: readonly string[]): boolean {
    const { issues_refresh_token: issues, offline_scopes: offline } = this.#service.declared;
    return issues !== false && (offline === undefined || offline.some((scope) => scopes.includes(scope)));
  }

  #ownTokens(scopes: readonly string[]): Reply {
    if (this.#service.client.secret === undefined)
      throw new Refused("unauthorized_client", "a public client has no grant of its own");
    return this.#answer(this.#service.books.open(scopes), undefined);
  }

  #answer(grant: Grant, refreshToken: string | undefined): Reply {
    const accessToken = accessTokenFor(this.#service);
    this.#service.books.issueAccess(grant, accessToken);
    return tokenAnswer(this.#service, grant, { accessToken, refreshToken });
  }

  /** An access token that is presented to be renewed. */
  #lasting(grant: Grant): Reply {
    const accessToken = accessTokenFor(this.#service);
    this.#service.books.issueAccess(grant, accessToken);
    this.#service.books.issueRefresh(grant, accessToken);
    return tokenAnswer(this.#service, grant, { accessToken, refreshToken: undefined });
  }
}
