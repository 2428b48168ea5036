import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "../scripts/bundle.mjs";
import { sealring } from "./contestants.mjs";

const REDIRECT_URI = "http://127.0.0.1:8484/callback";

/** Starts bench/sandbox.ts in a process of its own. `ask` sends it an order and gives the answer. */
export async function startSandbox(folder) {
  const program = join(folder, "sandbox");
  await bundle(fileURLToPath(new URL("sandbox.ts", import.meta.url)), program);
  await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  const child = fork(join(program, "main.js"), [REDIRECT_URI]);
  const [{ answer: addresses }] = await once(child, "message");
  const ask = async (order) => {
    child.send(order);
    const [{ answer }] = await once(child, "message");
    return answer;
  };
  return { child, addresses, ask };
}

/** Declares and authorizes so many credentials, through the command line; the sandbox's person consents. Gives their names. */
export async function authorizeAll(sandbox, folder, count) {
  const names = await declareAll(sandbox, folder, count);
  for (const name of names) await authorize(sandbox, folder, name);
  return names;
}

/** GitHub keeps 100 secrets in an environment; some are left for the client secret and the canary. */
const IN_ENVIRONMENT = 98;

/** Declares so many, over as many environments and repositories as they need. Gives their names. */
export async function declareAll(sandbox, folder, count) {
  const names = Array.from({ length: count }, (_, index) => `bench-${index}`);
  await mkdir(join(folder, "credentials"));
  const { repository } = sandbox.addresses.github;
  await writeFile(join(folder, "sealring.yaml"), `version: 1\nrepository: ${repository}\n`);
  for (const [index, name] of names.entries()) {
    const part = Math.floor(index / IN_ENVIRONMENT);
    const place =
      part === 0 ? "" : `environment: sealring-${part}\ndestinations: [{ repository: acme/part-${part} }]\n`;
    await writeFile(join(folder, "credentials", `${name}.yaml`), declaration(name, sandbox) + place);
  }
  return names;
}

/** What sealring reads from its environment, but for the envelopes. */
export function environment({ addresses }, folder) {
  return {
    PATH: process.env.PATH,
    XDG_STATE_HOME: join(folder, "state"),
    GITHUB_API_URL: addresses.github.api_url,
    SEALRING_GITHUB_TOKEN: addresses.github.token,
    SANDBOX_CLIENT_SECRET: addresses.authorization_server.client_secret,
  };
}

async function authorize(sandbox, folder, name) {
  const [node, ...args] = sealring(["authorize", name, "--no-browser"]).argv;
  const env = environment(sandbox, folder);
  const child = spawn(node, args, { cwd: folder, env, stdio: ["ignore", "ignore", "pipe"] });
  const closed = once(child, "close");
  let text = "";
  let url;
  for await (const chunk of child.stderr) {
    text += chunk;
    if (url !== undefined) continue;
    url = /https?:\S+code_challenge\S+(?=\s)/.exec(text)?.[0];
    if (url !== undefined) await fetch(await sandbox.ask({ kind: "person", url }));
  }
  const [code] = await closed;
  if (code !== 0) throw new Error(`sealring authorize ${name} ended with ${code}:\n${text}`);
}

function declaration(name, { addresses }) {
  const { authorization_server: server } = addresses;
  return `version: 1
name: ${name}
provider:
  issuer: ${server.issuer}
  authorization_endpoint: ${server.authorization_endpoint}
  token_endpoint: ${server.token_endpoint}
  rotation: single_use
  scope_prefix: "extapi:"
grant: authorization_code
client: { id: ${server.client_id}, secret: SANDBOX_CLIENT_SECRET }
scopes: [personal, daily]
redirect_uri: ${REDIRECT_URI}
outputs:
  ${name.toUpperCase().replaceAll("-", "_")}_TOKEN: access_token
`;
}
