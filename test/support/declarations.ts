import type { SandboxAddresses } from "../../src/sandbox/create.ts";

/** What a test wants to declare; the rest is as the sandbox's authorization server has it. */
export interface Wanted {
  readonly name: string;
  readonly grant?: "authorization_code" | "device_code" | "client_credentials";
  /** `rotation: …`, and what goes with it, as lines of the provider. */
  readonly rotation?: readonly string[];
  readonly clientId?: string;
  readonly tokenEndpoint?: string;
  readonly outputs?: Readonly<Record<string, string>>;
  /** Lines of YAML under `destinations`. */
  readonly destinations?: readonly string[];
  /** More lines at the top level. */
  readonly more?: readonly string[];
}

/** A credential's YAML on the sandbox. */
export function declarationOf(at: SandboxAddresses["authorization_server"], wanted: Wanted): string {
  const { name, grant = "authorization_code", rotation = ["rotation: single_use"] } = wanted;
  const prefix = name.toUpperCase().replaceAll("-", "_");
  const outputs = wanted.outputs ?? { [`${prefix}_ACCESS_TOKEN`]: "access_token" };
  const { destinations = [], more = [] } = wanted;
  return [
    "version: 1",
    `name: ${name}`,
    "owner: data-platform@acme.example",
    `grant: ${grant}`,
    "provider:",
    `  issuer: ${at.issuer}`,
    `  authorization_endpoint: ${at.authorization_endpoint}`,
    `  token_endpoint: ${wanted.tokenEndpoint ?? at.token_endpoint}`,
    `  device_authorization_endpoint: ${at.device_authorization_endpoint}`,
    `  revocation_endpoint: ${at.revocation_endpoint}`,
    `  verification_endpoint: ${at.verification_endpoint}`,
    ...rotation.map((line) => `  ${line}`),
    '  scope_prefix: "extapi:"',
    "client:",
    `  id: ${wanted.clientId ?? at.client_id}`,
    "  secret: OURA_CLIENT_SECRET",
    "scopes: [personal, daily, heartrate]",
    ...(grant === "authorization_code" ? [`redirect_uri: ${at.redirect_uris[1] ?? ""}`] : []),
    "outputs:",
    ...Object.entries(outputs).map(([secret, field]) => `  ${secret}: ${field}`),
    ...(destinations.length === 0 ? [] : ["destinations:", ...destinations.map((line) => `  - ${line}`)]),
    ...more,
    "",
  ].join("\n");
}
