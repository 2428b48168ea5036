import type { Credential, Project } from "../../src/declaration/credential.ts";
import type { Provider } from "../../src/providers/provider.ts";
import { aCredential } from "../support/entries.ts";
import { aProvider } from "../support/scripted-http.ts";

export const PROJECT: Project = {
  repository: "acme/app",
  environment: "sealring",
  stateBranch: "sealring-state",
  // At the first two instants another run comes before the first token expires; at the third none does.
  schedule: "15,45 * * * *",
  apiUrl: undefined,
  app: undefined,
  alerts: { labels: [], assignees: [] },
  recoveryRecipient: undefined,
  action: "./",
};

/** The model's credential: a public client, one output at one destination, due as soon as its first token is there. */
export function credentialOf(declared: Pick<Provider, "rotation" | "reuse">): Credential {
  const metadata = { ...aProvider().metadata, token_endpoint_auth_methods_supported: ["none"] };
  return aCredential({
    provider: aProvider({ ...declared, metadata, verification: undefined }),
    client: { id: "client-1", secretName: undefined },
    marginSeconds: 5_000,
  });
}
