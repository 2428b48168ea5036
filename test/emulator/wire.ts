import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { Named } from "./declared.ts";

/** A request as it came, with its body read by its Content-Type. */
export interface Incoming {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body:
    | { readonly kind: "none" | "other" }
    | { readonly kind: "form"; readonly fields: URLSearchParams }
    | { readonly kind: "json"; readonly members: Readonly<Record<string, unknown>> };
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The server says no: an error code, and for the reader of a failed test what was wrong with the request. */
export class Refused extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, why: string, status = 400) {
    super(why);
    this.code = code;
    this.status = status;
  }
}

export async function readIncoming(request: IncomingMessage): Promise<Incoming> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url ?? "/", "http://emulator.invalid");
  return {
    method: request.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body: bodyOf(Buffer.concat(chunks).toString("utf8"), request.headers["content-type"] ?? ""),
  };
}

function bodyOf(text: string, contentType: string): Incoming["body"] {
  const type = contentType.split(";")[0]?.trim().toLowerCase();
  if (type === "application/x-www-form-urlencoded")
    return { kind: "form", fields: new URLSearchParams(text) };
  if (type === "application/json") {
    const members: unknown = JSON.parse(text);
    if (typeof members === "object" && members !== null)
      return { kind: "json", members: members as Readonly<Record<string, unknown>> };
  }
  return { kind: text === "" ? "none" : "other" };
}

/** Where a request's parameters have to be. */
export type Carrier = "form" | "json" | "query";

/** A request's parameters, each to be asked for: what nobody asked for is refused at the end. */
export class Parameters {
  readonly #left: Map<string, string>;

  private constructor(left: Map<string, string>) {
    this.#left = left;
  }

  /** Those of the carrier. Parameters anywhere else are refused, and so is one that comes twice (RFC 6749 §3.1). */
  static in(carrier: Carrier, { query, body }: Incoming): Parameters {
    if (carrier === "query") {
      if (body.kind !== "none") throw new Refused("invalid_request", "a body, where the query was asked for");
      return new Parameters(once(query));
    }
    if ([...query].length > 0) throw new Refused("invalid_request", "parameters in the query");
    if (carrier === "form") {
      if (body.kind !== "form") throw new Refused("invalid_request", `the body is no form but ${body.kind}`);
      return new Parameters(once(body.fields));
    }
    if (body.kind !== "json") throw new Refused("invalid_request", `the body is no JSON but ${body.kind}`);
    const texts = Object.entries(body.members).map(([name, value]) => {
      if (typeof value !== "string") throw new Refused("invalid_request", `${name} is no text`);
      return [name, value] as const;
    });
    return new Parameters(new Map(texts));
  }

  take(name: string): string | undefined {
    const value = this.#left.get(name);
    this.#left.delete(name);
    return value;
  }

  need(name: string): string {
    const value = this.take(name);
    if (value === undefined || value === "") throw new Refused("invalid_request", `${name} is missing`);
    return value;
  }

  exactly(expected: Named): void {
    for (const [name, value] of Object.entries(expected)) {
      const given = this.take(name);
      if (given !== value)
        throw new Refused("invalid_request", `${name} is ${given ?? "missing"}, not ${value}`);
    }
  }

  done(): void {
    const [name] = this.#left.keys();
    if (name !== undefined) throw new Refused("invalid_request", `${name} is not known here`);
  }
}

function once(fields: URLSearchParams): Map<string, string> {
  const names = [...fields.keys()];
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new Refused("invalid_request", `${twice} comes twice`);
  return new Map(fields);
}

/** Refuses a request without these headers. {client_id} stands for the client's. */
export function needHeaders({ headers }: Incoming, expected: Named, clientId: string): void {
  for (const [name, template] of Object.entries(expected)) {
    const value = template.replaceAll("{client_id}", clientId);
    if (headers[name.toLowerCase()] !== value)
      throw new Refused("invalid_request", `the header ${name} is not ${value}`);
  }
}

export function json(status: number, body: unknown): Reply {
  return {
    status,
    headers: { "content-type": "application/json", "cache-control": "no-store" },
    body: JSON.stringify(body),
  };
}

export function bare(status: number, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers, body: "" };
}

/** Puts a value where a JSON Pointer (RFC 6901) says, into objects alone. */
export function put(target: Record<string, unknown>, pointer: string, value: unknown): void {
  const names = pointer
    .split("/")
    .slice(1)
    .map((name) => name.replaceAll("~1", "/").replaceAll("~0", "~"));
  const last = names.pop() ?? "";
  const parent = names.reduce((at, name) => (at[name] ??= {}) as Record<string, unknown>, target);
  parent[last] = value;
}
