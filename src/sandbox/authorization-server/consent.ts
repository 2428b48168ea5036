import { errorPage, redirect } from "./authorize.ts";
import { newToken, secondsAfter } from "./endpoint.ts";
import type { Visit } from "./endpoint.ts";
import type { AuthorizationRequest, DeviceAuthorization } from "./model.ts";
import { page } from "./page.ts";

const CODE_SECONDS = 60;

/** Takes the consent form: once, and only with the token that the page carried. */
export function decide(visit: Visit): Response {
  const id = visit.form.get("consent") ?? "";
  const pending = visit.state.consents.get(id);
  if (pending?.csrfToken !== (visit.form.get("csrf_token") ?? "")) {
    return errorPage(visit, "This page has expired. Start again.");
  }
  visit.state.consents.delete(id);
  const { subject } = pending;
  switch (subject.kind) {
    case "code":
      return decideCode(visit, subject.request);
    case "device":
      return decideDevice(visit, subject.device);
  }
}

/** The new server's page serves both, so the answer's form follows the client. */
function decideCode(visit: Visit, request: AuthorizationRequest): Response {
  const home = { ...visit, generation: request.client.generation };
  if (visit.form.get("decision") !== "allow") return redirect(home, request, { error: "access_denied" });
  const code = newToken(visit, "code");
  const grant = { client: request.client, scopes: keptScopes(visit, request.scopes), revoked: false };
  const expiresAt = secondsAfter(visit.now, CODE_SECONDS);
  visit.state.codes.set(code, { request, grant, expiresAt, used: false });
  return redirect(home, request, { code });
}

function decideDevice(visit: Visit, device: DeviceAuthorization): Response {
  const allowed = visit.form.get("decision") === "allow";
  const grant = { client: device.client, scopes: keptScopes(visit, device.scopes), revoked: false };
  device.decision = allowed ? { kind: "allowed", grant } : { kind: "denied" };
  const options = { status: 200, nonce: newToken(visit, "n"), formTargets: [] };
  return page(
    allowed ? "Allowed" : "Denied",
    "<p>You can close this window and go back to your device.</p>",
    options,
  );
}

/** What the person left ticked, and nothing that was not asked for. */
function keptScopes({ form }: Visit, asked: readonly string[]): readonly string[] {
  const ticked = form.getAll("scope");
  return asked.filter((scope) => ticked.includes(scope));
}
