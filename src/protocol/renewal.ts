import type { Credential } from "../declaration/credential.ts";
import type { Renewal } from "./authorize.ts";

type Declared = Pick<Credential, "grant" | "provider">;

/** Whether a run has anything to get a new access token with, as far as the declaration tells. */
export function canRefresh({ grant, provider: { issuesRefreshToken, refresh } }: Declared): boolean {
  return grant === "client_credentials" || issuesRefreshToken || refresh.presents === "access_token";
}

/** Who renews a credential's access token, as far as the declaration tells. */
export function renewalOf(credential: Declared): Renewal {
  if (credential.provider.answer.expiry === "never") return "not_needed";
  return canRefresh(credential) ? "unattended" : "by_a_person";
}
