import { askConsent } from "./consent-page.ts";
import { issuerOf, newToken } from "./endpoint.ts";
import type { Visit } from "./endpoint.ts";
import type { AuthorizationRequest, CodeChallenge, RegisteredClient } from "./model.ts";
import { escapeHtml, page } from "./page.ts";
import { readScopes } from "./scopes.ts";

/** The authorization endpoint (RFC 6749 §4.1.1): a consent page, or an error. */
export function authorize(visit: Visit): Response {
  const client = visit.state.clients.get(visit.query.get("client_id") ?? "");
  if (client?.generation !== visit.generation) return errorPage(visit, "The client is not known here.");
  const redirectUri = findRedirectUri(client, visit.query.get("redirect_uri"));
  // What cannot be sent back safely is shown to the person instead (RFC 6749 §4.1.2.1).
  if (redirectUri === undefined) return errorPage(visit, "The redirect URI is not registered.");
  const request = readRequest(visit, client, redirectUri);
  if ("error" in request) {
    return redirect(visit, { redirectUri, state: visit.query.get("state") ?? undefined }, request);
  }
  return askConsent(visit, { kind: "code", request });
}

/** Byte for byte as registered; left out, it is the only one that there is. */
function findRedirectUri(client: RegisteredClient, given: string | null): string | undefined {
  if (given === null) return client.redirectUris.length === 1 ? client.redirectUris[0] : undefined;
  return client.redirectUris.find((registered) => registered === given);
}

type RedirectedError = Readonly<Record<"error", string>>;

function readRequest(
  { query }: Visit,
  client: RegisteredClient,
  redirectUri: string,
): AuthorizationRequest | RedirectedError {
  if (query.get("response_type") !== "code") return { error: "unsupported_response_type" };
  if (!client.grants.includes("authorization_code")) return { error: "unauthorized_client" };
  const scopes = readScopes(query.get("scope"));
  if (scopes === undefined || scopes.length === 0) return { error: "invalid_scope" };
  const challenge = readChallenge(query);
  if (challenge === "faulty") return { error: "invalid_request" };
  const state = query.get("state") ?? undefined;
  const redirectUriGiven = query.has("redirect_uri") ? "given" : "omitted";
  return { client, redirectUri, redirectUriGiven, scopes, state, challenge };
}

/** RFC 7636 §4.3; not compulsory at Oura. */
function readChallenge(query: URLSearchParams): CodeChallenge | "faulty" | undefined {
  const value = query.get("code_challenge");
  const method = query.get("code_challenge_method") ?? "plain";
  if (value === null) return query.has("code_challenge_method") ? "faulty" : undefined;
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(value)) return "faulty";
  return method === "S256" || method === "plain" ? { method, value } : "faulty";
}

/** Sends the browser back, with `state` as it came and, on the new server, `iss` (RFC 9207). */
export function redirect(
  visit: Visit,
  { redirectUri, state }: Pick<AuthorizationRequest, "redirectUri" | "state">,
  parameters: Readonly<Record<string, string>>,
): Response {
  const query = new URLSearchParams(parameters);
  if (state !== undefined) query.set("state", state);
  if (visit.generation === "current") query.set("iss", issuerOf(visit));
  // Not through URL: the registered address stays as it is, byte for byte.
  const location = `${redirectUri}${redirectUri.includes("?") ? "&" : "?"}${query.toString()}`;
  return new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
}

export function errorPage(visit: Visit, text: string): Response {
  const options = { status: 400, nonce: newToken(visit, "n"), formTargets: [] };
  return page("invalid_request", `<p>${escapeHtml(text)}</p>`, options);
}
