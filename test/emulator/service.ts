import type { Books } from "./books.ts";
import type { ClientAuthentication, RegisteredClient } from "./client-authentication.ts";
import type { Carrier, Incoming, Parameters } from "./wire.ts";
import type { Declared } from "./declared.ts";
import type { Manner } from "./manner.ts";

/** What every endpoint of a server has in common. */
export interface Service {
  /** With its parameters' values in it, and of the generation that serves the client. */
  readonly declared: Declared;
  /** As the authorization endpoint sees it: of the generation that is declared first. */
  readonly front: Declared;
  readonly manner: Manner;
  readonly client: RegisteredClient;
  readonly books: Books;
  readonly authentication: ClientAuthentication;
  readonly now: () => Date;
}

/** What a token request's parameters are in. */
export function carrierOf({ declared }: Service): Carrier {
  return declared.token_request_format === "json" ? "json" : "form";
}

export function authenticate(service: Service, incoming: Incoming, parameters: Parameters): void {
  service.authentication.check(incoming, parameters, { now: service.now(), methods: undefined });
}
