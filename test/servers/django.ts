import { fileURLToPath } from "node:url";
import type { OAuthClient } from "../../src/oauth/client.ts";
import { Secret } from "../../src/secret.ts";
import { runs, serverFolder, startServer } from "./server-process.ts";
import { Visitor } from "./visitor.ts";

/** Debian's: its packages are for this one. */
const PYTHON = "/usr/bin/python3";
const PROJECT = fileURLToPath(new URL("django-server.py", import.meta.url));

/** Debian's package, with the Django that it brings. */
export const HAS_DJANGO = runs(PYTHON, "-c", "import oauth2_provider");

/** Debian's python3-django-oauth-toolkit, running: an authorization server that nobody here wrote. */
export interface DjangoServer {
  readonly issuer: string;
  /** A resource that says who one is. */
  readonly resource: string;
  readonly confidential: OAuthClient;
  readonly public: OAuthClient;
  /** Ada opens an authorization request, signs in and allows it. */
  consent(url: string): Promise<void>;
  /** From now on, refreshes come in pairs, and each two write at the same moment. */
  arm(): Promise<void>;
  disarm(): Promise<void>;
  close(): Promise<void>;
}

const SECRET = "p%w+d: x&y";

const CLIENT = {
  authorization_grant_type: "authorization-code",
  redirect_uris: "http://127.0.0.1/callback",
} as const;

const CLIENTS = [
  { ...CLIENT, client_id: "confidential", client_type: "confidential", client_secret: SECRET },
  { ...CLIENT, client_id: "public", client_type: "public", client_secret: "" },
];

/** Starts it with the toolkit's options, and a database of its own. */
export async function startDjango(options: Readonly<Record<string, unknown>>): Promise<DjangoServer> {
  const folder = serverFolder();
  const project = {
    options: { OIDC_ENABLED: true, SCOPES: { daily: "Daily" }, ...options },
    clients: CLIENTS,
  };
  const command = [PYTHON, PROJECT, folder.path, JSON.stringify(project)];
  const server = await startServer({ command, ready: /ready at (\S+)/ });
  const [, address = ""] = server.ready;
  return {
    issuer: `${address}/o`,
    resource: `${address}/me/`,
    confidential: { id: "confidential", secret: new Secret(SECRET) },
    public: { id: "public", secret: undefined },
    consent,
    arm: () => call(`${address}/race/arm/`),
    disarm: () => call(`${address}/race/disarm/`),
    close: async () => {
      await server.stop();
      folder.remove();
    },
  };
}

async function consent(url: string): Promise<void> {
  const ada = new Visitor();
  const question = await ada.submit(await ada.open(url), { username: "ada", password: "any" });
  await ada.submit(question, { allow: "Authorize" });
}

async function call(url: string): Promise<void> {
  const response = await fetch(url);
  await response.body?.cancel();
}
