import type { LocatedFinding } from "../fault.ts";
import { quote, quoteAll } from "../quote.ts";
import type { Judged } from "./credential.ts";

/** How the client authenticates: by a way that the provider offers, and with a secret where one is needed. */
export function clientFindings(judged: Judged): readonly LocatedFinding[] {
  if (judged.loose.client === undefined) return [];
  const unoffered = unofferedMethod(judged);
  return unoffered === undefined ? secretFindings(judged) : [unoffered];
}

function unofferedMethod({ loose: { client }, provider }: Judged): LocatedFinding | undefined {
  const method = client?.token_endpoint_auth_method;
  const offered = provider?.metadata.token_endpoint_auth_methods_supported;
  if (method === undefined || offered === undefined || offered.includes(method)) return undefined;
  return {
    rule: "client-authentication",
    message: `the provider offers ${quoteAll(offered)}, not ${quote(method)}`,
    hint: `write token_endpoint_auth_method: ${offered.join(" or ")}, or leave it out`,
    path: ["client", "token_endpoint_auth_method"],
    part: "value",
  };
}

function secretFindings({ loose, provider }: Judged): readonly LocatedFinding[] {
  const { client = {}, grant } = loose;
  const offered = provider?.metadata.token_endpoint_auth_methods_supported;
  const isPublicOnly = offered?.every((one) => one === "none") === true;
  const method = client.token_endpoint_auth_method ?? (isPublicOnly ? "none" : undefined);
  const hasSecret = "secret" in client;
  const add = "add the secret's name: client: { secret: MY_CLIENT_SECRET }";
  if (grant === "client_credentials" && !hasSecret) {
    const message = "the client credentials grant is for clients with a secret (RFC 6749 §4.4)";
    return [ofClient("public-client", message, add)];
  }
  if (method === undefined || hasSecret === (method !== "none")) return [];
  if (!hasSecret) return [ofClient("client-authentication", `${method} needs a secret`, add)];
  if (isPublicOnly)
    return [ofClient("client-authentication", "the provider takes no secret", "remove client.secret")];
  const message = "a client that does not authenticate has no secret";
  return [ofClient("client-authentication", message, "remove client.secret, or token_endpoint_auth_method")];
}

function ofClient(rule: LocatedFinding["rule"], message: string, hint: string): LocatedFinding {
  return { rule, message, hint, path: ["client"], part: "key" };
}
