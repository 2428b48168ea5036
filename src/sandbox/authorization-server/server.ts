import { Hono } from "hono";
import type { Clock, RandomBytes } from "../../ports.ts";
import type { LoggedExchange, SandboxRequest } from "../faults.ts";
import { FaultPlan } from "../faults.ts";
import type { Endpoint, Visit } from "./endpoint.ts";
import { newToken } from "./endpoint.ts";
import { ENDPOINTS } from "./endpoints.ts";
import type { ServedAnswer, ServerHandler } from "../../http-server.ts";
import type { RegisteredClient, ServerState } from "./model.ts";

/** 30 days less a second, as Oura answers. */
const ACCESS_TOKEN_SECONDS = 2_591_999;

type ClientSettings = Pick<RegisteredClient, "id" | "redirectUris"> & Partial<RegisteredClient>;

interface Bindings {
  delivery: ServedAnswer["delivery"];
}

/**
 * An authorization server in memory that behaves like Oura's, and offers the device grant as well. What is public here
 * beside `handler` is for tests and the demo, in this process. Its log holds tokens: it is not for printing.
 */
export class AuthorizationServerSandbox {
  readonly handler: ServerHandler;
  readonly faults = new FaultPlan();
  /** Every request of an endpoint, in the order of answers. */
  readonly log: LoggedExchange[] = [];
  readonly #clock: Clock;
  readonly #randomBytes: RandomBytes;
  readonly #state: ServerState = {
    clients: new Map(),
    consents: new Map(),
    codes: new Map(),
    accessTokens: new Map(),
    refreshTokens: new Map(),
    devices: new Map(),
  };

  constructor(clock: Clock, randomBytes: RandomBytes) {
    this.#clock = clock;
    this.#randomBytes = randomBytes;
    const app = new Hono<{ Bindings: Bindings }>();
    for (const endpoint of ENDPOINTS) {
      app.on(endpoint.method, endpoint.path, async ({ req, env }) => {
        const served = await this.#serve(endpoint, req.raw);
        env.delivery = served.delivery;
        return served.response;
      });
    }
    this.handler = async (request) => {
      const bindings: Bindings = { delivery: "whole" };
      const response = await app.fetch(request, bindings);
      return { delivery: bindings.delivery, response };
    };
  }

  /** A client like those of Oura's new portal, with a secret of its own, but for what is given. */
  registerClient(settings: ClientSettings): RegisteredClient {
    const client: RegisteredClient = {
      secret: newToken({ randomBytes: this.#randomBytes }, "sandbox_client_secret"),
      generation: "current",
      grants: ["authorization_code", "device_code", "client_credentials"],
      rotation: { kind: "single_use" },
      accessTokenSeconds: ACCESS_TOKEN_SECONDS,
      ...settings,
    };
    this.#state.clients.set(client.id, client);
    return client;
  }

  /** How many token requests have come with each refresh token, whatever became of them. */
  refreshRequests(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { operation, body } of this.log) {
      const value = body["refresh_token"];
      if (operation === "token" && typeof value === "string") counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return counts;
  }

  /** Ends every grant: what a person does who withdraws consent at the provider. */
  revokeEverything(): void {
    for (const { grant } of this.#state.refreshTokens.values()) grant.revoked = true;
    for (const { grant } of this.#state.accessTokens.values()) grant.revoked = true;
  }

  async #serve(endpoint: Endpoint, request: Request): Promise<ServedAnswer> {
    const url = new URL(request.url);
    const form = new URLSearchParams(await request.text());
    const body = Object.fromEntries(form);
    const target = url.pathname + url.search;
    const asked: SandboxRequest = { operation: endpoint.name, method: endpoint.method, target, body };
    const served = await this.faults.run(asked, this.#clock, () => {
      return Promise.resolve(endpoint.handle(this.#visit(endpoint, request, form)));
    });
    const { delivery, response } = served;
    this.log.push({ ...asked, at: this.#clock.now(), status: response.status, delivery });
    return served;
  }

  #visit({ generation }: Endpoint, request: Request, form: URLSearchParams): Visit {
    const url = new URL(request.url);
    return {
      state: this.#state,
      now: this.#clock.now(),
      randomBytes: this.#randomBytes,
      origin: url.origin,
      generation,
      query: url.searchParams,
      form,
      headers: request.headers,
    };
  }
}
