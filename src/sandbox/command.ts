import type { Ports } from "../commands/context.ts";
import type { HttpServer } from "../http-server.ts";
import type { SandboxAddresses } from "./create.ts";
import { createSandbox } from "./create.ts";
import type { ConnectTo } from "./demo-world.ts";
import { countAsPushed } from "./pushed.ts";
import { startRunner } from "./runner.ts";

export interface SandboxCommandParts {
  readonly ports: Ports;
  readonly server: HttpServer;
  readonly connectTo: ConnectTo;
  /** Standard output. */
  readonly print: (text: string) => void;
}

/**
 * `sealring sandbox`: prints the addresses as JSON, tells a person what to do with them, and runs until it is stopped. Runs
 * that are dispatched there go on here, in this directory; those that were begun end first.
 * What looks like a secret in there is the sandbox's own, made anew at every start.
 */
export async function runSandbox({ ports, server, connectTo, print }: SandboxCommandParts): Promise<void> {
  const { clock, random, files, progress, stop } = ports;
  const sandbox = await createSandbox({ clock, randomBytes: random, server });
  const { github, addresses } = sandbox;
  const { api_url: apiUrl, repository } = addresses.github;
  countAsPushed(github, repository, files);
  const runner = startRunner({ github, apiUrl, repository, ports, connectTo });
  print(`${JSON.stringify(addresses, null, 2)}\n`);
  for (const line of instructions(addresses)) progress.say(line);
  await stopped(stop);
  await runner.settled();
  await sandbox.close();
  progress.say("The sandbox is closed; nothing of it is left.");
}

function stopped(stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (stop.aborted) resolve();
    stop.addEventListener("abort", () => {
      resolve();
    });
  });
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
    "Or all of it in your browser: sealring console.",
    "What sealring keeps in this directory counts as pushed to the branch main. Runs",
    "of the workflow, which sealring apply writes, go on here: sealring revoke",
    "sandbox starts one, and so does Refresh now in the console.",
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
