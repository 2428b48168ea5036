import type { HttpClient, HttpOutcome, HttpRequest } from "../../src/ports.ts";
import type { ProviderDeclaration } from "../../src/providers/generated/provider.ts";
import { toProvider } from "../../src/providers/model.ts";
import type { Provider, ServerMetadata } from "../../src/providers/provider.ts";

/** An `HttpClient` that gives these outcomes in turn, and remembers what it was asked. */
export class ScriptedHttp implements HttpClient {
  readonly requests: HttpRequest[] = [];
  readonly #outcomes: HttpOutcome[];

  constructor(...outcomes: HttpOutcome[]) {
    this.#outcomes = outcomes;
  }

  async send(request: HttpRequest): Promise<HttpOutcome> {
    this.requests.push(request);
    const outcome = this.#outcomes.shift();
    if (outcome === undefined) throw new Error(`nothing is scripted for ${request.url}`);
    return outcome;
  }

  /** The form of the request with this number, from 0. */
  form(number: number): Record<string, string> {
    return Object.fromEntries(new URLSearchParams(this.requests[number]?.body ?? ""));
  }
}

/** An answer in JSON. */
export function json(status: number, body: unknown): HttpOutcome {
  return text(status, JSON.stringify(body), "application/json");
}

export function text(status: number, body: string, contentType = "text/html"): HttpOutcome {
  return { kind: "answer", status, headers: { "content-type": contentType }, body: Buffer.from(body) };
}

const EXAMPLE = {
  issuer: "https://id.example.com",
  authorization_endpoint: "https://id.example.com/authorize",
  token_endpoint: "https://id.example.com/token",
  device_authorization_endpoint: "https://id.example.com/device",
  revocation_endpoint: "https://id.example.com/revoke",
  verification_endpoint: "https://api.example.com/me",
  token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
  rotation: "single_use",
  loopback_redirect: "exact",
} satisfies ProviderDeclaration;

/** A provider with every endpoint at id.example.com, and no departure from the RFCs. */
export function aProvider(more: Partial<Provider> = {}): Provider {
  return { ...departing({}), ...more };
}

/** The same, with departures as a declaration has them. */
export function departing(declaration: ProviderDeclaration): Provider {
  return toProvider({ ...EXAMPLE, ...declaration }, { id: "example", name: "Example" });
}

/** The metadata of `aProvider`, less one field. */
export function metadataWithout(name: keyof ServerMetadata): ServerMetadata {
  return Object.fromEntries(Object.entries(aProvider().metadata).filter(([field]) => field !== name));
}
