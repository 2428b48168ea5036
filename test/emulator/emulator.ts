import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { errorAnswer } from "./answers.ts";
import { Authorization } from "./authorization.ts";
import { Books } from "./books.ts";
import { ClientAuthentication } from "./client-authentication.ts";
import type { RegisteredClient } from "./client-authentication.ts";
import type { Declared, Named } from "./declared.ts";
import { Devices, PollStatus } from "./devices.ts";
import { metadataPaths, metadataOf } from "./metadata.ts";
import { USUAL } from "./manner.ts";
import type { Manner } from "./manner.ts";
import { filledIn, placedAt, valuesFor } from "./place.ts";
import { revoke, verify } from "./resources.ts";
import { roleOf } from "./roles.ts";
import type { Role } from "./roles.ts";
import type { Service } from "./service.ts";
import { Tokens } from "./tokens.ts";
import { bare, json, readIncoming, Refused } from "./wire.ts";
import type { Incoming, Reply } from "./wire.ts";

/** What a poll is told that is no fault of its own. */
const UNDECIDED: readonly string[] = ["authorization_pending", "slow_down"];

export interface Setting {
  readonly declared: Declared;
  readonly now: () => Date;
  readonly manner?: Manner;
  readonly client: RegisteredClient;
  /** The issuer of the generation that serves the client; undefined: that which is declared first. */
  readonly generation?: string;
}

/** `before`: the connection ends and nothing was done; `after`: it was done, and nobody is told. */
interface Fault {
  readonly role: Role;
  readonly lost: "before" | "after";
}

/**
 * An authorization server on loopback that behaves as a provider's declaration says, and takes nothing else. Written from
 * the schema's descriptions and the RFCs, without a look at the client.
 */
export class Emulator {
  readonly origin: string;
  /** What a credential declares inline to be served here. */
  readonly declared: Declared;
  readonly values: Named;
  readonly client: RegisteredClient;
  readonly books: Books;
  /** What was asked for, in turn, lost or not. */
  readonly arrivals: Role[] = [];
  readonly #http: Server;
  readonly #filled: Declared;
  readonly #endpoints: Readonly<Record<Role, (incoming: Incoming) => Reply>>;
  readonly #service: Service;
  #faults: Fault[] = [];

  private constructor(http: Server, setting: Setting) {
    this.#http = http;
    this.origin = `http://127.0.0.1:${String((http.address() as AddressInfo).port)}`;
    this.declared = placedAt(this.origin, setting.declared);
    this.values = valuesFor(this.origin, setting.declared);
    this.client = setting.client;
    this.#filled = namingClient(filledIn(this.declared, this.values), setting.client.id);
    const issuer = setting.generation?.replace(/^https:\/\//, `${this.origin}/`);
    const serving = { ...this.#filled, ...this.#filled.generations?.find((one) => one.issuer === issuer) };
    this.books = new Books(serving, setting.now);
    this.#service = {
      declared: serving,
      front: this.#filled,
      manner: setting.manner ?? USUAL,
      client: setting.client,
      books: this.books,
      authentication: new ClientAuthentication(setting.client, serving),
      now: setting.now,
    };
    const told = serving.authorization_response_iss_parameter_supported === true ? serving.issuer : issuer;
    this.#endpoints = endpointsOf(this.#service, told);
    http.on("request", (request, response) => void this.#serve(request, response));
  }

  /** Listens on a free port. The caller closes it. */
  static async start(setting: Setting): Promise<Emulator> {
    const http = createServer();
    await new Promise<void>((listening) => http.listen(0, "127.0.0.1", listening));
    return new Emulator(http, setting);
  }

  async close(): Promise<void> {
    this.#http.closeAllConnections();
    await new Promise((closed) => this.#http.close(closed));
  }

  /** Loses the next answer of an endpoint. */
  lose(role: Role, lost: Fault["lost"]): void {
    this.#faults.push({ role, lost });
  }

  /** Loses no more. */
  heal(): void {
    this.#faults = [];
  }

  /** What an access token's holder may do; undefined: it does not work. */
  scopesOf(accessToken: string): readonly string[] | undefined {
    return this.books.access(accessToken)?.scopes;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const incoming = await readIncoming(request);
    const found = roleOf(this.#service.declared, this.#filled, incoming);
    if (found === undefined) {
      send(response, this.#elsewhere(incoming));
      return;
    }
    this.arrivals.push(found.role);
    const fault = this.#faults.find(({ role }) => role === found.role);
    this.#faults = this.#faults.filter((one) => one !== fault);
    const reply = fault?.lost === "before" ? undefined : this.#reply(found.role, found.incoming);
    if (reply === undefined || fault !== undefined) response.destroy();
    else send(response, reply);
  }

  #reply(role: Role, incoming: Incoming): Reply {
    try {
      return this.#endpoints[role](incoming);
    } catch (error) {
      if (error instanceof PollStatus) return error.reply;
      if (!(error instanceof Refused)) throw error;
      if (!UNDECIDED.includes(error.code))
        this.books.refusals.push(`${role}: ${error.code}: ${error.message}`);
      return this.#refusal(role, error);
    }
  }

  #refusal(role: Role, refused: Refused): Reply {
    const { revocation, verification } = this.#service.declared;
    switch (role) {
      case "authorization":
        return { status: 400, headers: { "content-type": "text/plain" }, body: refused.message };
      case "pushed_authorization":
      case "device_authorization":
        return json(refused.status, { error: refused.code });
      case "revocation":
        return json(revocation?.success === undefined ? refused.status : 200, { error: refused.code });
      case "verification":
        return json(verification?.success === undefined ? refused.status : 200, { error: refused.code });
      case "token":
      case "refresh":
      case "exchange":
      case "device_token":
        return errorAnswer(this.#service, refused);
    }
  }

  #elsewhere({ method, path }: Incoming): Reply {
    const { issuer } = this.#filled;
    if (issuer !== undefined && method === "GET" && metadataPaths(issuer).includes(path))
      return json(200, metadataOf(this.#filled));
    return bare(404);
  }
}

/** A revocation endpoint may have the client's id in its path. */
function namingClient(declared: Declared, clientId: string): Declared {
  const { revocation_endpoint: endpoint } = declared;
  if (endpoint === undefined) return declared;
  const named = endpoint.replaceAll("{client_id}", encodeURIComponent(clientId));
  return { ...declared, revocation_endpoint: named };
}

function endpointsOf(
  service: Service,
  issuer: string | undefined,
): Readonly<Record<Role, (incoming: Incoming) => Reply>> {
  const authorization = new Authorization(service, issuer);
  const devices = new Devices(service);
  const tokens = new Tokens(service, authorization, devices);
  return {
    authorization: (incoming) => authorization.visit(incoming),
    pushed_authorization: (incoming) => authorization.push(incoming),
    token: (incoming) => tokens.first(incoming),
    refresh: (incoming) => tokens.refresh(incoming),
    exchange: (incoming) => tokens.exchange(incoming),
    device_authorization: (incoming) => devices.start(incoming),
    device_token: (incoming) => tokens.poll(incoming),
    revocation: (incoming) => revoke(service, incoming),
    verification: (incoming) => verify(service, incoming),
  };
}

function send(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, headers).end(body);
}
