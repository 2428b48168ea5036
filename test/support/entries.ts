import type { Site } from "../../src/commands/status.ts";
import type { Credential } from "../../src/declaration/credential.ts";
import type { Envelope } from "../../src/envelope/envelope.ts";
import { newEntry } from "../../src/journal/entry.ts";
import type { Intent, JournalEntry, OpenEntry } from "../../src/journal/entry.ts";
import { Secret } from "../../src/secret.ts";
import { aProvider } from "./scripted-http.ts";

/** The noon from which tests count. */
const NOON = Date.parse("2026-11-22T12:00:00Z");

/** Where the repository of these entries has its pages. */
export const SITE: Site = { webUrl: "https://github.com", repository: "acme/app" };

/** An instant so many seconds after noon. */
export function at(seconds: number): Date {
  return new Date(NOON + seconds * 1_000);
}

/** An event for writes of which only the outcome matters. */
export const WRITTEN = { kind: "refreshed", generation: 2 } as const;

/** A refresh to generation 2, opened at noon by run 7 for ten minutes. */
export function anIntent(more: Partial<Intent> = {}): Intent {
  return {
    generation: 2,
    kind: "refresh",
    owner: { kind: "run", runId: "7", attempt: 1, jobId: "3" },
    nonce: "nonce-2",
    openedAt: at(0),
    deadline: at(600),
    releasedAt: undefined,
    replaces: undefined,
    resumes: "committed",
    ...more,
  };
}

/** Generation 1 of `oura`, committed a minute before noon. */
export function anEntry(more: Partial<JournalEntry> = {}): JournalEntry {
  return {
    ...newEntry("oura"),
    generation: 1,
    issued: 1,
    phase: "committed",
    authorizedAt: at(-60),
    committedAt: at(-60),
    expiresAt: at(3_600),
    scope: ["daily"],
    ...more,
  };
}

/** The same with an open intent. */
export function anOpenEntry(intent: Partial<Intent> = {}, more: Partial<JournalEntry> = {}): OpenEntry {
  const open = anIntent(intent);
  return { ...anEntry({ issued: open.generation, phase: "intent", ...more }), intent: open };
}

/** The envelope of generation 1, which fits `anEntry`. */
export function anEnvelope(more: Partial<Envelope> = {}): Envelope {
  return {
    name: "oura",
    generation: 1,
    nonce: "nonce-1",
    obtainedAt: at(-60),
    pins: {
      issuer: "https://id.example.com",
      token_origin: "https://id.example.com",
      refresh_origin: null,
      revocation_origin: "https://id.example.com",
      verification_origin: "https://api.example.com",
      request_shape: null,
      client_id: "client-1",
      client_secret_name: "OURA_CLIENT_SECRET",
      envelope_store: "environment sealring of acme/app",
      recovery_recipient: null,
    },
    replaces: undefined,
    requestedScopes: ["daily"],
    answer: { status: 200, contentType: "application/json", body: "{}" },
    key: new Secret(Buffer.alloc(32, 1).toString("base64")),
    ...more,
  };
}

/** A declaration that fits `anEnvelope`. */
export function aCredential(more: Partial<Credential> = {}): Credential {
  return {
    name: "oura",
    description: undefined,
    owner: undefined,
    provider: aProvider(),
    grant: "authorization_code",
    client: { id: "client-1", secretName: "OURA_CLIENT_SECRET" },
    scopes: ["daily"],
    redirectUri: undefined,
    outputs: [{ secretName: "OURA_ACCESS_TOKEN", field: "access_token" }],
    destinations: [{ kind: "repository", repository: "acme/health-pipeline", app: "actions" }],
    environment: "sealring",
    marginSeconds: undefined,
    file: "credentials/oura.yaml",
    ...more,
  };
}
