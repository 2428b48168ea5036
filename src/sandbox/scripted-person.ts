import { SealringError } from "../errors.ts";
import type { ServerHandler } from "../http-server.ts";

/** What a person does on the consent page. `untick`: bare names of scopes to leave out. */
export type Decision =
  { readonly kind: "allow"; readonly untick: readonly string[] } | { readonly kind: "deny" };

export const ALLOW_ALL: Decision = { kind: "allow", untick: [] };

/**
 * Opens an authorization URL of the sandbox's server and fills in its page, as a browser would. Returns the address to
 * which the browser is sent; throws `usage` when there is no consent page at the URL.
 */
export async function consent(handler: ServerHandler, url: string, decision: Decision): Promise<string> {
  const answer = await submit(handler, url, decision);
  const location = answer.headers.get("location");
  if (location === null) throw noConsent(url);
  return location;
}

/** Opens `verification_uri_complete` and decides. */
export async function consentOnDevicePage(
  handler: ServerHandler,
  url: string,
  decision: Decision,
): Promise<void> {
  const answer = await submit(handler, url, decision);
  if (!answer.ok) throw noConsent(url);
}

async function submit(handler: ServerHandler, url: string, decision: Decision): Promise<Response> {
  const { response } = await handler(new Request(url));
  // Nothing to decide: the server has sent the browser back at once, with an error.
  if (response.status === 303) return response;
  const html = await response.text();
  const action = /<form method="post" action="([^"]+)">/.exec(html)?.[1];
  if (action === undefined) throw noConsent(url);
  const body = new URLSearchParams(hiddenFields(html));
  body.set("decision", decision.kind);
  for (const scope of tickedScopes(html, decision)) body.append("scope", scope);
  const submitted = await handler(new Request(new URL(action, url), { method: "POST", body }));
  return submitted.response;
}

function hiddenFields(html: string): [string, string][] {
  const fields = html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]+)">/g);
  return [...fields].map(([, name = "", value = ""]) => [name, value]);
}

function tickedScopes(html: string, decision: Decision): string[] {
  if (decision.kind === "deny") return [];
  const boxes = html.matchAll(/<input type="checkbox" name="scope" value="([^"]+)" checked>/g);
  return [...boxes].flatMap(([, scope = ""]) => (decision.untick.includes(scope) ? [] : [scope]));
}

function noConsent(url: string): SealringError {
  const { origin, pathname } = new URL(url);
  return new SealringError("usage", `the sandbox asks for no consent at ${origin}${pathname}`);
}
