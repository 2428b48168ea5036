import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { UPDATE_REFS } from "../../../src/adapters/github/journal-compaction.ts";
import { nodeHttpServer } from "../../../src/adapters/http-server.ts";
import type { StoreTarget } from "../../../src/github.ts";
import { checkedHandler } from "../../support/github-contract.ts";
import type { TestClient } from "./client.ts";
import { connect, REPOSITORY } from "./client.ts";

const ghIsInstalled = spawnSync("gh", ["--version"]).status === 0;
const reason = ghIsInstalled ? "" : " (SKIPPED: gh, the GitHub CLI, is not installed here)";

/** GitHub's own command line, with the sandbox as its GitHub through a unix socket. */
async function startGh({ sandbox }: TestClient): Promise<(...args: string[]) => Promise<string>> {
  const directory = mkdtempSync(join(tmpdir(), "sealring-gh-"));
  const socket = join(directory, "api.sock");
  writeFileSync(join(directory, "config.yml"), `http_unix_socket: ${socket}\n`);
  const violations: string[] = [];
  const handler = checkedHandler(sandbox.handler, violations);
  const server = await nodeHttpServer.serve({ kind: "unix_socket", path: socket }, handler);
  onTestFinished(async () => {
    await server.close();
    rmSync(directory, { recursive: true });
    expect(violations).toEqual([]);
  });
  const { value: token } = sandbox.addToken({
    kind: "personal",
    login: "gh",
    permissions: FULL,
    repositories: "all",
  });
  const env = { PATH: process.env["PATH"], HOME: directory, GH_CONFIG_DIR: directory, GH_TOKEN: token };
  return async (...args) => {
    const { stdout } = await promisify(execFile)("gh", args, { env: { ...env, GH_NO_UPDATE_NOTIFIER: "1" } });
    return stdout;
  };
}

const FULL = {
  actions: "write",
  secrets: "write",
  environments: "write",
  contents: "write",
  dependabot_secrets: "write",
} as const;
const ENVIRONMENT: StoreTarget = { kind: "environment", repository: REPOSITORY, environment: "sealring" };
const ACTIONS: StoreTarget = { kind: "repository", repository: REPOSITORY, app: "actions" };
const DEPENDABOT: StoreTarget = { kind: "repository", repository: REPOSITORY, app: "dependabot" };

describe.skipIf(!ghIsInstalled)(`gh as a second client${reason}`, () => {
  it("sets secrets of a repository, an environment and Dependabot, lists and deletes them", async () => {
    const client = await connect();
    const gh = await startGh(client);
    const place = ["--repo", REPOSITORY];
    await gh("secret", "set", "repository_token", ...place, "--body", "one");
    await gh("secret", "set", "ENVIRONMENT_TOKEN", ...place, "--env", "sealring", "--body", "two");
    await gh("secret", "set", "UPDATE_TOKEN", ...place, "--app", "dependabot", "--body", "three");
    expect(client.sandbox.revealSecret(ACTIONS, "REPOSITORY_TOKEN")).toBe("one");
    expect(client.sandbox.revealSecret(ENVIRONMENT, "ENVIRONMENT_TOKEN")).toBe("two");
    expect(client.sandbox.revealSecret(DEPENDABOT, "UPDATE_TOKEN")).toBe("three");
    expect(await gh("secret", "list", ...place)).toMatch(/^REPOSITORY_TOKEN\t/);
    expect(await gh("secret", "list", ...place, "--env", "sealring")).toMatch(/^ENVIRONMENT_TOKEN\t/);
    await gh("secret", "delete", "ENVIRONMENT_TOKEN", ...place, "--env", "sealring");
    expect(client.sandbox.revealSecrets(ENVIRONMENT)).toEqual(new Map());
  });

  it("downloads what a run's jobs have uploaded", async () => {
    const client = await connect();
    const run = client.sandbox.runs.start(REPOSITORY);
    client.sandbox.runs.upload(run, "sealring-boxes-1", { "oura.box.json": "sealed" });
    const gh = await startGh(client);
    const directory = mkdtempSync(join(tmpdir(), "sealring-download-"));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    await gh("run", "download", String(run.id), "--repo", REPOSITORY, "--dir", directory);
    expect(readFileSync(join(directory, "sealring-boxes-1", "oura.box.json"), "utf8")).toBe("sealed");
  });

  it("lists, disables, enables and runs workflows", async () => {
    const client = await connect();
    const file = "name: nightly\non: { workflow_dispatch: { inputs: { credential: {} } } }\n";
    const files = { ".github/workflows/nightly.yml": file };
    client.sandbox.commit(REPOSITORY, { branch: "main", files, message: "m" });
    const gh = await startGh(client);
    const place = ["--repo", REPOSITORY];
    expect(await gh("workflow", "list", ...place)).toMatch(/^nightly\tactive\t/m);
    await gh("workflow", "disable", "nightly.yml", ...place);
    expect(await gh("workflow", "list", "--all", ...place)).toMatch(/^nightly\tdisabled_manually\t/m);
    await gh("workflow", "enable", "nightly.yml", ...place);
    await gh("workflow", "run", "nightly.yml", "--ref", "main", "--raw-field", "credential=oura", ...place);
    const [run] = client.sandbox.repository(REPOSITORY).runs.values();
    expect(run).toMatchObject({ event: "workflow_dispatch", inputs: { credential: "oura" } });
    expect(await gh("run", "list", ...place)).toMatch(/^queued\t/);
  });

  it("reads and creates references", async () => {
    const client = await connect();
    const gh = await startGh(client);
    const read = `repos/${REPOSITORY}/git/ref/heads/main`;
    const sha = (await gh("api", read, "--jq", ".object.sha")).trim();
    expect(sha).toBe(client.sandbox.commits(REPOSITORY, "main")[0]?.id);
    const fields = ["-f", "ref=refs/heads/state", "-f", `sha=${sha}`];
    expect(await gh("api", `repos/${REPOSITORY}/git/refs`, ...fields, "--jq", ".ref")).toBe(
      "refs/heads/state\n",
    );
    expect(client.sandbox.commits(REPOSITORY, "state")).toHaveLength(1);
  });

  it("lists a branch's commits, and asks GraphQL", async () => {
    const client = await connect();
    const gh = await startGh(client);
    const [commit] = client.sandbox.commits(REPOSITORY, "main");
    const list = `repos/${REPOSITORY}/commits?sha=main&path=README.md`;
    expect(await gh("api", list, "--jq", ".[].sha")).toBe(`${commit?.id ?? ""}\n`);
    const id = (await gh("api", `repos/${REPOSITORY}`, "--jq", ".node_id")).trim();
    const at = { repositoryId: id, name: "refs/heads/main", beforeOid: commit?.id, afterOid: commit?.id };
    const fields = Object.entries(at).flatMap(([key, value]) => ["-f", `${key}=${value ?? ""}`]);
    const asked = gh(
      "api",
      "graphql",
      "-f",
      `query=${UPDATE_REFS}`,
      ...fields,
      "--jq",
      ".data.updateRefs | keys[]",
    );
    expect(await asked).toBe("clientMutationId\n");
  });

  it("fails with what the API says is wrong", async () => {
    const client = await connect();
    const gh = await startGh(client);
    const place = ["--repo", REPOSITORY, "--env", "nowhere"];
    await expect(gh("secret", "set", "TOKEN", ...place, "--body", "one")).rejects.toThrow("HTTP 404");
  });
});
