import type { HttpRequest } from "../ports.ts";
import type { Named } from "../providers/provider.ts";

/** A request whose parameters have no place in it yet. */
export interface Draft {
  readonly method: HttpRequest["method"];
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly parameters: URLSearchParams;
}

/** Where the parameters of a request go. */
export type ParameterPlace = "form" | "json" | "query";

const CONTENT_TYPES = {
  form: "application/x-www-form-urlencoded;charset=UTF-8",
  json: "application/json",
} as const;

/** The request with its parameters in their place. Without any it has no body. */
export function encode({ parameters, ...request }: Draft, place: ParameterPlace): HttpRequest {
  const { "content-type": _, ...headers } = request.headers;
  if (parameters.size === 0) return { ...request, headers };
  if (place === "query") return { ...request, headers, url: withQuery(request.url, parameters) };
  const body =
    place === "form" ? parameters.toString() : JSON.stringify(Object.fromEntries(parameters.entries()));
  return { ...request, headers: { ...headers, "content-type": CONTENT_TYPES[place] }, body };
}

/** An address with parameters beside those that it has. */
export function withQuery(address: string, parameters: Iterable<[string, string]>): string {
  const url = new URL(address);
  for (const [name, value] of parameters) url.searchParams.set(name, value);
  return url.href;
}

/** Parameters under the names that a server has for them. */
export function renamed(parameters: URLSearchParams, names: Named): URLSearchParams {
  const result = new URLSearchParams();
  for (const [name, value] of parameters) result.append(names[name] ?? name, value);
  return result;
}

/** What says where a request goes, how it is read and who sends it: never a declaration's to set, whatever a schema let by. */
const RESERVED =
  /^(?:authorization|connection|content-.*|cookie|expect|host|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade)$/;

/** A provider's own headers, `{client_id}` filled in, their names in lower case; those that are the request's are left out. */
export function headersOf(headers: Named, clientId: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers)
      .map(([name, value]) => [name.toLowerCase(), value.replaceAll("{client_id}", () => clientId)] as const)
      .filter(([name]) => !RESERVED.test(name)),
  );
}

/** The header that carries a bare token: none where it would be one of the request's, but for Authorization. */
export function tokenHeader(name: string, token: string): Readonly<Record<string, string>> {
  const lower = name.toLowerCase();
  return lower !== "authorization" && RESERVED.test(lower) ? {} : { [lower]: token };
}
