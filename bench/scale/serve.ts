/**
 * The same ten thousand in real time, for one job of the real command line: writes what the job's checkout holds into the
 * folder that it is given, says over IPC where everything is, and lives until its parent ends it.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { systemClock } from "../../src/adapters/clock.ts";
import { ScaleWorld, tokenAnswer } from "./world.ts";

const [, , count, folder = ""] = process.argv;

/** As many as one minute has room for, so that memory and not waiting is measured. */
const DUE = 60;

const provider = createServer((_, response) => {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(tokenAnswer());
});
await new Promise<void>((resolve) => provider.listen(0, "127.0.0.1", resolve));
const { port } = provider.address() as AddressInfo;
const world = await ScaleWorld.create({
  credentials: Number(count),
  clock: systemClock,
  tokenEndpoint: `http://127.0.0.1:${String(port)}/token`,
  ageDays: (index) => (index < DUE ? 28 : 1),
});
for (const [path, text] of world.files) {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}
const [environment = ""] = world.environments;
const { api_url: apiUrl, token } = world.sandbox.addresses.github;
const secrets = Object.fromEntries(world.secretsOf(environment));
process.on("disconnect", () => {
  provider.close();
  void world.sandbox.close();
});
process.send?.({ environment, due: DUE, apiUrl, token, secrets });
