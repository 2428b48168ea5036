import { pushedAuthorizationRequest } from "oauth4webapi";
import type { HttpClient } from "../ports.ts";
import type { Named } from "../providers/provider.ts";
import { asClient, asServer, clientAuthentication, endpointOf } from "./client.ts";
import type { Party } from "./client.ts";
import { decodeFields } from "./decode.ts";
import { answerTo, refusalOf } from "./preliminary.ts";
import type { Preliminary } from "./preliminary.ts";
import { sendThrough } from "./transport.ts";
import { encode, renamed } from "./wire.ts";

/**
 * Leaves an authorization request with the server, and gives what the browser takes there in its place (RFC 9126 §2, §4).
 * @throws SealringError of the class that the server's error has; `transient` when it cannot be reached,
 * `client_misconfigured` when the provider has no endpoint for it.
 */
export async function pushAuthorization(
  http: HttpClient,
  party: Party,
  parameters: Named,
): Promise<{ readonly request_uri: string }> {
  const { provider, client } = party;
  endpointOf(provider, "pushed_authorization_request_endpoint");
  const auth = clientAuthentication(party);
  const names = { client_id: provider.client.idParameter };
  const outcome = await sendThrough(
    http,
    (options) => pushedAuthorizationRequest(asServer(provider), asClient(client), auth, parameters, options),
    (draft) => encode({ ...draft, parameters: renamed(draft.parameters, names) }, "form"),
  );
  const asked: Preliminary = {
    provider: provider.name,
    request: "pushed authorization request",
    hint: "check the client's secret, redirect URI and scopes against its registration at the provider",
  };
  const raw = answerTo(asked, outcome);
  const uri = raw.status >= 200 && raw.status < 300 ? decodeFields(raw)?.["request_uri"] : undefined;
  if (typeof uri !== "string" || uri === "") throw refusalOf(asked, raw);
  return { request_uri: uri };
}
