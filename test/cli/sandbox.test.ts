import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { documentOf, start } from "../support/cli.ts";

/** What `sealring sandbox` tells a person to export, and to write. */
function told(lines: readonly string[]) {
  const exported = lines.flatMap((line) => [...line.matchAll(/^ {2}export (\w+)=(\S+)$/g)]);
  const from = lines.indexOf("credentials/sandbox.yaml:") + 1;
  const yaml = lines.slice(from, lines.indexOf("", from)).map((line) => line.slice(2));
  const env = new Map(exported.map(([, name = "", value = ""]) => [name, value]));
  return { env: Object.fromEntries(env) as Record<string, string>, yaml };
}

it("a workflow that is dispatched in the sandbox runs there, as its instructions promise", async ({
  onTestFinished,
}) => {
  const cwd = mkdtempSync(join(tmpdir(), "sealring-sandbox-"));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  const sandbox = start(["sandbox"], { cwd, env: { HOME: cwd } });
  const said = await sandbox.prints(/(In another terminal[\s\S]*in the console\.)/);
  const { env, yaml } = told(said.split("\n"));
  // Nobody has to consent, and no port has to be free.
  const declared = yaml
    .filter((line) => !line.startsWith("redirect_uri:"))
    .map((line) => line.replace("authorization_code", "client_credentials"));
  mkdirSync(join(cwd, "credentials"));
  writeFileSync(join(cwd, "credentials", "sandbox.yaml"), `${declared.join("\n")}\n`);
  const run = (...args: readonly string[]) => start(args, { cwd, env: { HOME: cwd, ...env } }).ended;
  expect(await run("apply", "--yes")).toMatchObject({ exit: 0 });
  expect(await run("authorize", "sandbox")).toMatchObject({ exit: 0 });
  expect(await run("revoke", "sandbox")).toMatchObject({ exit: 0 });
  await sandbox.prints(/run \d+: (success|failure)/);
  const status = documentOf(await run("status", "sandbox", "--json"));
  expect(status.results).toMatchObject([{ credential: "sandbox", phase: "revoked" }]);
  expect((await sandbox.stop("SIGINT")).exit).toBe(0);
});
