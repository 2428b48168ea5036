import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { freePort } from "../support/free-port.ts";
import { runs, serverFolder, startServer } from "./server-process.ts";
import { Visitor } from "./visitor.ts";

const SCHEMA = "/usr/share/doc/glewlwyd/database/init.sqlite3.sql.gz";
const MODULES = "/usr/lib/glewlwyd";

/** Debian's package, with the program that makes its database. */
export const HAS_GLEWLWYD =
  runs("glewlwyd", "--version") && runs("sqlite3", "--version") && existsSync(SCHEMA);

/** Registered: id and secret are of characters that form-encoding changes. */
export const ODD_CLIENT = { id: "o+d%", secret: "p%w+d: x&y" } as const;

/** Debian's glewlwyd, running: an authorization server in C, that nobody here wrote. */
export interface Glewlwyd {
  readonly issuer: string;
  /** Registered, byte for byte. */
  readonly redirectUri: string;
  /** Ada signs in, grants the client everything, and goes to an address of the server's. */
  consent(url: string): Promise<void>;
  /** For devices that wait, a minute passes on the server's clock. */
  passMinute(): void;
  /** As when an administrator ends all grants. */
  forgetRefreshTokens(): void;
  close(): Promise<void>;
}

/** Starts it with a database of its own, and sets it up by its API, as an administrator does. */
export async function startGlewlwyd(): Promise<Glewlwyd> {
  const folder = serverFolder();
  const database = join(folder.path, "db.sqlite3");
  const sqlite = (statements: string) => execFileSync("sqlite3", [database], { input: statements });
  sqlite(`BEGIN;${gunzipSync(readFileSync(SCHEMA)).toString()}COMMIT;`);
  const [port, redirectPort] = [await freePort(), await freePort()];
  const address = `http://127.0.0.1:${String(port)}`;
  const file = join(folder.path, "glewlwyd.conf");
  writeFileSync(file, configuration({ port, address, database }));
  const command = ["glewlwyd", `--config-file=${file}`];
  const server = await startServer({ command, ready: /Glewlwyd started on port/, port });
  const redirectUri = `http://127.0.0.1:${String(redirectPort)}/callback`;
  await setUp(address, redirectUri);
  return {
    issuer: `${address}/api/oidc`,
    redirectUri,
    consent: (url) => consent(address, url),
    passMinute: () => {
      sqlite("UPDATE gpo_device_authorization SET gpoda_last_check = gpoda_last_check - 60;");
    },
    forgetRefreshTokens: () => {
      sqlite("UPDATE gpo_refresh_token SET gpor_enabled = 0;");
    },
    close: async () => {
      await server.stop();
      folder.remove();
    },
  };
}

interface Place {
  readonly port: number;
  readonly address: string;
  readonly database: string;
}

function configuration({ port, address, database }: Place): string {
  return `port=${String(port)}
bind_address="127.0.0.1"
external_url="${address}"
login_url="login.html"
api_prefix="api"
log_mode="console"
log_level="INFO"
cookie_domain="127.0.0.1"
cookie_secure=0
session_key="session"
admin_scope="g_admin"
profile_scope="g_profile"
user_module_path="${MODULES}/user"
user_middleware_module_path="${MODULES}/user"
client_module_path="${MODULES}/client"
user_auth_scheme_module_path="${MODULES}/scheme"
plugin_module_path="${MODULES}/plugin"
hash_algorithm="SHA512"
database = { type = "sqlite3"; path = "${database}"; };
`;
}

/** What the plugin is told; single-use refresh tokens, and the end of them all when one is used again. */
const PLUGIN = {
  "jwt-type": "sha",
  "jwt-key-size": "256",
  key: "for tests only",
  "access-token-duration": 3600,
  "refresh-token-duration": 86_400,
  "code-duration": 600,
  "refresh-token-rolling": true,
  "refresh-token-one-use": "always",
  "allow-non-oidc": true,
  "auth-type-code-enabled": true,
  "auth-type-code-revoke-replayed": true,
  "auth-type-client-enabled": true,
  "auth-type-device-enabled": true,
  "auth-type-refresh-enabled": true,
  "pkce-allowed": true,
  "pkce-required": true,
  "introspection-revocation-allowed": true,
  "introspection-revocation-allow-target-client": true,
  "device-authorization-expiration": 600,
  "device-authorization-interval": 5,
  "subject-type": "public",
  "oauth-as-iss-id": true,
};

async function setUp(address: string, redirectUri: string): Promise<void> {
  const admin = new Visitor();
  const send = (path: string, body: object) => sendJson(admin, "POST", `${address}/api/${path}`, body);
  await send("auth", { username: "admin", password: "password" });
  await send("mod/plugin/", {
    module: "oidc",
    name: "oidc",
    display_name: "oidc",
    parameters: { ...PLUGIN, iss: `${address}/api/oidc` },
  });
  await send("scope/", { name: "daily", display_name: "Daily", password_required: false });
  await send("user/", { username: "ada", password: "any", enabled: true, scope: ["g_profile", "daily"] });
  await send("client/", {
    client_id: ODD_CLIENT.id,
    client_secret: ODD_CLIENT.secret,
    name: "sealring",
    enabled: true,
    confidential: true,
    token_endpoint_auth_method: ["client_secret_basic", "client_secret_post"],
    redirect_uri: [redirectUri],
    authorization_type: ["code", "refresh_token", "client_credentials", "device_authorization"],
    scope: ["daily"],
  });
}

/** What the server's own pages do, which are programs; `g_continue` is how they come back. */
async function consent(address: string, url: string): Promise<void> {
  const ada = new Visitor();
  await sendJson(ada, "POST", `${address}/api/auth`, { username: "ada", password: "any" });
  const grant = `${address}/api/auth/grant/${encodeURIComponent(ODD_CLIENT.id)}`;
  await sendJson(ada, "PUT", grant, { scope: "daily" });
  await ada.open(`${url}&g_continue`);
}

async function sendJson(visitor: Visitor, method: "POST" | "PUT", url: string, body: object): Promise<void> {
  const headers = { "content-type": "application/json" };
  const { status, text } = await visitor.open(url, { method, headers, body: JSON.stringify(body) });
  if (status !== 200) throw new Error(`${url} answered ${String(status)}: ${text}`);
}
