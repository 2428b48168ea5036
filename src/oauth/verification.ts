import type { HttpClient } from "../ports.ts";
import type { Provider } from "../providers/provider.ts";
import type { Secret } from "../secret.ts";

/** What a resource says to an access token. */
export type Verification =
  | { readonly kind: "works" }
  /** 401: the token is not accepted. */
  | { readonly kind: "refused" }
  /** 403: accepted, but a scope or a membership is missing. */
  | { readonly kind: "forbidden" }
  /** No answer, or one that says nothing about the token. */
  | { readonly kind: "unreachable" }
  /** The provider names no verification endpoint. */
  | { readonly kind: "unknown" };

/** Tries an access token at the provider's verification endpoint, as a bearer token (RFC 6750 §2.1). */
export async function verify(
  http: HttpClient,
  provider: Provider,
  accessToken: Secret,
): Promise<Verification> {
  if (provider.verification === undefined) return { kind: "unknown" };
  const outcome = await http.send({
    method: "GET",
    url: provider.verification.endpoint,
    headers: { accept: "application/json", authorization: `Bearer ${accessToken.reveal()}` },
  });
  if (outcome.kind !== "answer") return { kind: "unreachable" };
  if (outcome.status >= 200 && outcome.status < 300) return { kind: "works" };
  if (outcome.status === 401) return { kind: "refused" };
  return { kind: outcome.status === 403 ? "forbidden" : "unreachable" };
}
