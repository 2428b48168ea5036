import type { Service } from "./service.ts";
import { bare, json, needHeaders, Parameters, put, Refused } from "./wire.ts";
import type { Incoming, Reply } from "./wire.ts";

/** Ends a grant (RFC 7009), in the provider's manner. */
export function revoke(service: Service, incoming: Incoming): Reply {
  const { declared, books, client } = service;
  const { revocation: shape = {} } = declared;
  const { method = "POST", token_in: place = "form", token_parameter: name = "token" } = shape;
  if (incoming.method !== method)
    throw new Refused("invalid_request", `${incoming.method} is no ${method}`, 405);
  needHeaders(incoming, shape.headers ?? {}, client.id);
  const { named, proof } = partsOf(incoming, place);
  named.exactly(shape.parameters ?? {});
  const token = place === "bearer" ? bearerOf(incoming, "Bearer") : named.need(name);
  // RFC 7009 §2.1 lets a client say which kind it is.
  if (shape.token_in === undefined) named.take("token_type_hint");
  const { client_authentication: proven } = shape;
  if (proven !== "none")
    service.authentication.check(place === "bearer" ? withoutBearer(incoming) : incoming, proof, {
      now: service.now(),
      methods: proven === undefined ? undefined : [proven],
    });
  named.done();
  proof.done();
  if (!(shape.tokens ?? [kindOf(token)]).includes(kindOf(token)))
    throw new Refused("unsupported_token_type", `not for a ${kindOf(token)}`);
  books.end(token);
  return succeeded(shape.success);
}

/** Answers whoever has an access token that works. */
export function verify(service: Service, incoming: Incoming): Reply {
  const { declared, books, client } = service;
  const { verification: shape = {} } = declared;
  const method = shape.method ?? "GET";
  if (incoming.method !== method)
    throw new Refused("invalid_request", `${incoming.method} is no ${method}`, 405);
  needHeaders(incoming, shape.headers ?? {}, client.id);
  const token = presentedAt(shape, incoming);
  if (shape.form !== undefined) readBody("form", shape.form, incoming);
  else if (shape.json !== undefined) readBody("json", shape.json, incoming);
  else if (incoming.body.kind !== "none")
    throw new Refused("invalid_request", "a body that nobody asked for");
  if (books.access(token) !== undefined) return succeeded(shape.success);
  throw new Refused("invalid_token", "the access token does not work", 401);
}

function presentedAt(shape: NonNullable<Service["declared"]["verification"]>, incoming: Incoming): string {
  if (shape.token_parameter !== undefined) return incoming.query.get(shape.token_parameter) ?? "";
  if (shape.token_header === undefined) return bearerOf(incoming, shape.authorization_scheme ?? "Bearer");
  return String(incoming.headers[shape.token_header.toLowerCase()] ?? "");
}

function readBody(carrier: "form" | "json", expected: Readonly<Record<string, string>>, incoming: Incoming) {
  const parameters = Parameters.in(carrier, incoming);
  parameters.exactly(expected);
  parameters.done();
}

/** Where the token and what goes with it are, and where the client shows who it is. */
function partsOf(incoming: Incoming, place: "form" | "json" | "query" | "bearer") {
  if (place !== "query") {
    const isBare = incoming.method === "GET" || (place === "bearer" && incoming.body.kind === "none");
    const named = Parameters.in(isBare ? "query" : place === "json" ? "json" : "form", incoming);
    return { named, proof: named };
  }
  const named = Parameters.in("query", { ...incoming, body: { kind: "none" } });
  if (incoming.body.kind === "none") return { named, proof: named };
  return { named, proof: Parameters.in("form", { ...incoming, query: new URLSearchParams() }) };
}

function withoutBearer({ headers: { authorization, ...headers }, ...incoming }: Incoming): Incoming {
  return { ...incoming, headers };
}

function bearerOf({ headers }: Incoming, scheme: string): string {
  const [given, token = "", ...more] = (headers.authorization ?? "").split(" ");
  if (given !== scheme || more.length > 0)
    throw new Refused("invalid_request", `the scheme is ${given ?? ""}, not ${scheme}`, 401);
  return token;
}

/** JWTs are access tokens; the others tell by their beginning. */
function kindOf(token: string): "refresh_token" | "access_token" {
  return token.startsWith("rt-") ? "refresh_token" : "access_token";
}

function succeeded(success: { readonly pointer: string; readonly equals: unknown } | undefined): Reply {
  if (success === undefined) return bare(200);
  const body: Record<string, unknown> = {};
  put(body, success.pointer, success.equals);
  return json(200, body);
}
