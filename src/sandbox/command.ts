import type { Progress } from "../ports.ts";
import type { Sandbox, SandboxAddresses, SandboxParts } from "./create.ts";
import { createSandbox } from "./create.ts";

export interface SandboxCommandParts extends SandboxParts {
  readonly progress: Progress;
  /** Standard output. */
  readonly print: (text: string) => void;
}

/**
 * `sealring sandbox`: prints the addresses as JSON, tells a person what to do with them, and runs until `stop`.
 * What looks like a secret in there is the sandbox's own, made anew at every start.
 */
export async function runSandbox(parts: SandboxCommandParts, stop: AbortSignal): Promise<void> {
  const sandbox = await createSandbox(parts);
  parts.print(`${JSON.stringify(sandbox.addresses, null, 2)}\n`);
  for (const line of instructions(sandbox.addresses)) parts.progress.say(line);
  await stopped(stop);
  await close(sandbox, parts.progress);
}

function stopped(stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (stop.aborted) resolve();
    stop.addEventListener("abort", () => {
      resolve();
    });
  });
}

async function close(sandbox: Sandbox, progress: Progress): Promise<void> {
  await sandbox.close();
  progress.say("The sandbox is closed; nothing of it is left.");
}

/** What a person needs to try sealring on the sandbox. */
export function instructions({ authorization_server: server, github }: SandboxAddresses): readonly string[] {
  return [
    "The sandbox runs until you press Ctrl+C.",
    "Its secrets are throw-away values that open nothing else.",
    "",
    "In another terminal:",
    `  export GITHUB_API_URL=${github.api_url}`,
    `  export GITHUB_REPOSITORY=${github.repository}`,
    `  export SEALRING_GITHUB_TOKEN=${github.token}`,
    `  export SANDBOX_CLIENT_SECRET=${server.client_secret}`,
    "",
    "credentials/sandbox.yaml:",
    ...declarationOf(server).map((line) => `  ${line}`),
    "",
    "Then: sealring authorize sandbox, and sealring status.",
    "A job of a workflow would refresh and revoke it; sealring demo shows both.",
  ];
}

/** A credential with the sandbox as its inline provider. */
function declarationOf(server: SandboxAddresses["authorization_server"]): readonly string[] {
  return [
    "version: 1",
    "name: sandbox",
    "grant: authorization_code",
    "provider:",
    `  issuer: ${server.issuer}`,
    `  authorization_endpoint: ${server.authorization_endpoint}`,
    `  token_endpoint: ${server.token_endpoint}`,
    `  device_authorization_endpoint: ${server.device_authorization_endpoint}`,
    `  revocation_endpoint: ${server.revocation_endpoint}`,
    `  verification_endpoint: ${server.verification_endpoint}`,
    "  rotation: single_use",
    '  scope_prefix: "extapi:"',
    "client:",
    `  id: ${server.client_id}`,
    "  secret: SANDBOX_CLIENT_SECRET",
    "scopes: [personal, daily, heartrate]",
    ...server.redirect_uris.slice(0, 1).map((uri) => `redirect_uri: ${uri}`),
    "outputs:",
    "  SANDBOX_ACCESS_TOKEN: access_token",
  ];
}
