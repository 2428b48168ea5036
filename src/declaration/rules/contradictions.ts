import type { ProviderDeclaration } from "../../providers/generated/provider.ts";
import type { Finding, LocatedFinding } from "../fault.ts";
import type { LooseCredential } from "../loose.ts";

/** What an inline provider says in one key and takes back in another. */
export function contradictionFindings({ provider }: LooseCredential): readonly LocatedFinding[] {
  if (typeof provider !== "object") return [];
  return CONTRADICTIONS.filter(({ holds }) => holds(provider)).map(({ key, message, hint }) => ({
    rule: "contradiction",
    message,
    hint,
    path: ["provider", key],
    part: "key",
  }));
}

interface Contradiction extends Pick<Finding, "message" | "hint"> {
  readonly key: keyof ProviderDeclaration;
  readonly holds: (provider: ProviderDeclaration) => boolean;
}

const CONTRADICTIONS: readonly Contradiction[] = [
  {
    key: "require_pushed_authorization_requests",
    holds: (provider) =>
      provider.require_pushed_authorization_requests === true &&
      provider.pushed_authorization_request_endpoint === undefined &&
      provider.issuer === undefined,
    message: "requests are to be pushed, and nothing says where to (RFC 9126 §5)",
    hint: "add pushed_authorization_request_endpoint, or the issuer that publishes it",
  },
  {
    key: "pkce_required",
    holds: (provider) =>
      provider.pkce_required === true && provider.code_challenge_methods_supported?.length === 0,
    message: "PKCE is required, and by code_challenge_methods_supported the server refuses it",
    hint: "write code_challenge_methods_supported: [S256], or remove pkce_required",
  },
  {
    key: "exchange_endpoint",
    holds: (provider) => provider.exchange_endpoint !== undefined && provider.exchange_request === undefined,
    message: "nothing says what is sent there",
    hint: "add exchange_request, or remove exchange_endpoint",
  },
  {
    key: "rotation",
    holds: (provider) =>
      provider.rotation !== undefined &&
      provider.issues_refresh_token === false &&
      provider.refresh_request?.presents !== "access_token",
    message: "a server that issues no refresh token rotates none",
    hint: "remove rotation, or issues_refresh_token",
  },
];
