import { json, oauthError } from "./endpoint.ts";
import type { Visit } from "./endpoint.ts";
import type { RegisteredClient } from "./model.ts";

type Authentication =
  | { readonly kind: "client"; readonly client: RegisteredClient }
  | { readonly kind: "refused"; readonly response: Response };

interface Credentials {
  readonly id: string;
  readonly secret: string | undefined;
}

/** Finds the client by HTTP Basic or by the form, never by both (RFC 6749 §2.3). */
export function authenticateClient(visit: Visit): Authentication {
  const basic = readBasic(visit.headers.get("authorization"));
  if (basic !== undefined && visit.form.has("client_secret")) {
    return {
      kind: "refused",
      response: oauthError("invalid_request", "more than one client authentication"),
    };
  }
  const { id, secret } = basic ?? readForm(visit.form);
  const client = visit.state.clients.get(id);
  const known = client !== undefined && client.secret === secret;
  if (!known || client.generation !== visit.generation) return { kind: "refused", response: refusal(visit) };
  return { kind: "client", client };
}

/** Oura's old server calls a refresh by a new client a bad request, and says `Invalid client` otherwise. */
function refusal({ generation, form, headers }: Visit): Response {
  if (generation === "legacy" && form.get("grant_type") === "refresh_token") {
    return oauthError("invalid_request", "bad request");
  }
  const challenge = headers.has("authorization") ? { "www-authenticate": "Basic" } : {};
  return json(401, { error: "invalid_client", error_description: "Invalid client" }, challenge);
}

function readForm(form: URLSearchParams): Credentials {
  return { id: form.get("client_id") ?? "", secret: form.get("client_secret") ?? undefined };
}

/** RFC 6749 §2.3.1: both halves are form-encoded before they are joined. */
function readBasic(header: string | null): Credentials | undefined {
  const [, encoded] = /^basic (.+)$/i.exec(header ?? "") ?? [];
  if (encoded === undefined) return undefined;
  const [id = "", ...rest] = Buffer.from(encoded, "base64").toString("utf8").split(":");
  return { id: formDecode(id), secret: formDecode(rest.join(":")) };
}

function formDecode(text: string): string {
  return new URLSearchParams(`value=${text}`).get("value") ?? "";
}
