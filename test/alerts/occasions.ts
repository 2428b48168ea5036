import type { Occasion } from "../../src/alerts/occasion.ts";
import type { Credential } from "../../src/declaration/credential.ts";
import type { CredentialResult } from "../../src/protocol/result.ts";
import { anEntry, at } from "../support/entries.ts";
import { aProvider } from "../support/scripted-http.ts";

export function aCredential(more: Partial<Credential> = {}): Credential {
  return {
    name: "oura",
    description: "Sleep of the study cohort",
    owner: "@acme/data-platform",
    provider: aProvider(),
    grant: "authorization_code",
    client: { id: "client", secretName: "OURA_CLIENT_SECRET" },
    scopes: ["daily"],
    redirectUri: undefined,
    outputs: [{ secretName: "OURA_ACCESS_TOKEN", field: "access_token" }],
    destinations: [],
    environment: "sealring",
    marginSeconds: undefined,
    file: "credentials/oura.yaml",
    ...more,
  };
}

export function aResult(more: Partial<CredentialResult> = {}): CredentialResult {
  const nothing = { generation: undefined, expiresAt: undefined, destinations: [], warning: undefined };
  const error = { message: "oura: the provider said invalid_grant", hint: "run: sealring authorize oura" };
  return { ...nothing, ...error, credential: "oura", outcome: "reauthorization_required", exit: 4, ...more };
}

/** A grant that the provider has ended; the access token lives for another hour. */
export function anOccasion(more: Partial<Occasion> = {}): Occasion {
  const error = { class: "reauthorization_required", code: "invalid_grant" } as const;
  return {
    credential: aCredential(),
    result: aResult(),
    entry: anEntry({ phase: "reauthorization_required", error }),
    runUrl: "https://github.com/acme/credentials/actions/runs/7",
    now: at(0),
    repository: "acme/credentials",
    workflowFile: "sealring.yml",
    project: { schedule: "17 */6 * * *", recoveryRecipient: undefined },
    ...more,
  };
}
