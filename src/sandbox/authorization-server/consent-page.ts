import { newToken } from "./endpoint.ts";
import type { Visit } from "./endpoint.ts";
import type { PendingConsent } from "./model.ts";
import { escapeHtml, page } from "./page.ts";
import { SCOPES } from "./scopes.ts";

export const CONSENT_PATH = "/oauth/v2/ext/consent";

/** Keeps what is to be decided, and shows the page on which a person decides it. */
export function askConsent(visit: Visit, subject: PendingConsent["subject"]): Response {
  const id = newToken(visit, "consent");
  const csrfToken = newToken(visit, "csrf");
  visit.state.consents.set(id, { csrfToken, subject });
  const { client, scopes } = subject.kind === "code" ? subject.request : subject.device;
  const body = [
    `<p><strong>${escapeHtml(client.id)}</strong> asks for access to your sandbox data.</p>`,
    `<form method="post" action="${CONSENT_PATH}">`,
    `<input type="hidden" name="consent" value="${id}">`,
    `<input type="hidden" name="csrf_token" value="${csrfToken}">`,
    `<fieldset><legend>It may read</legend>${scopes.map(checkbox).join("")}</fieldset>`,
    '<div><button name="decision" value="allow">Allow</button> <button name="decision" value="deny">Deny</button></div>',
    "<small>This is sealring's sandbox. Nobody's data is behind it.</small></form>",
  ].join("");
  const formTargets = subject.kind === "code" ? [originOf(subject.request.redirectUri)] : [];
  return page("Allow access?", body, { status: 200, nonce: newToken(visit, "n"), formTargets });
}

function checkbox(scope: string): string {
  const name = escapeHtml(scope);
  const meaning = escapeHtml(SCOPES[scope] ?? scope);
  return `<label><input type="checkbox" name="scope" value="${name}" checked> ${meaning} <small>${name}</small></label>`;
}

/** For `form-action`: an origin, or the scheme where there is none. */
function originOf(redirectUri: string): string {
  const { origin, protocol } = new URL(redirectUri);
  return origin === "null" ? protocol : origin;
}
