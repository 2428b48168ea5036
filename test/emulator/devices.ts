import { randomBytes } from "node:crypto";
import { scopesIn } from "./scopes.ts";
import { authenticate, carrierOf } from "./service.ts";
import type { Service } from "./service.ts";
import { bare, json, Parameters, Refused } from "./wire.ts";
import type { Incoming, Reply } from "./wire.ts";

/** The person needs this many polls: the answers before are that it is pending, and that the client polls too fast. */
const POLLS_UNTIL_ALLOWED = 3;

/** A poll's answer by its status alone. */
export class PollStatus extends Error {
  readonly reply: Reply;

  constructor(status: string) {
    super(`status ${status}`);
    this.reply = bare(Number(status));
  }
}

interface Asked {
  readonly scopes: readonly string[];
  polls: number;
  readonly until: Date;
}

/** The device authorization endpoint, and what its codes have come to (RFC 8628). */
export class Devices {
  readonly #service: Service;
  readonly #codes = new Map<string, Asked>();

  constructor(service: Service) {
    this.#service = service;
  }

  start(incoming: Incoming): Reply {
    const { declared, manner, now } = this.#service;
    const { scope_parameter: name = "scope", parameters: extra = {} } = declared.device_authorization ?? {};
    if (incoming.method !== "POST") throw new Refused("invalid_request", "started by another method", 405);
    const parameters = Parameters.in(carrierOf(this.#service), incoming);
    parameters.exactly(extra);
    const scopes = scopesIn(this.#service, parameters.take(name));
    authenticate(this.#service, incoming, parameters);
    parameters.done();
    const code = `dc-${randomBytes(12).toString("base64url")}`;
    this.#codes.set(code, { scopes, polls: 0, until: new Date(now().getTime() + 600_000) });
    return json(200, {
      device_code: code,
      user_code: "WDJB-MJHT",
      verification_uri: "https://id.example.com/device",
      expires_in: 600,
      ...(manner.interval === "told" ? { interval: 5 } : {}),
    });
  }

  /** What was allowed. Throws while nothing was. */
  poll(code: string): readonly string[] {
    const asked = this.#codes.get(code);
    if (asked === undefined) throw this.#saying("invalid_grant");
    if (this.#service.now() >= asked.until) throw this.#saying("expired_token");
    asked.polls += 1;
    if (asked.polls < POLLS_UNTIL_ALLOWED)
      throw this.#saying(asked.polls === 1 ? "authorization_pending" : "slow_down");
    this.#codes.delete(code);
    return asked.scopes;
  }

  #saying(code: string): Error {
    const statuses = this.#service.declared.device_authorization?.poll_statuses;
    const [status] = Object.entries(statuses ?? {}).find(([, meaning]) => meaning === code) ?? [];
    if (status !== undefined) return new PollStatus(status);
    // A server that answers by statuses has 429 for those who poll too fast (RFC 6585 §4).
    if (statuses !== undefined && code === "slow_down") return new PollStatus("429");
    return new Refused(code, "the person has not decided");
  }
}
