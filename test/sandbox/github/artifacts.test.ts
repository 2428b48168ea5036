import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { GitHubSandbox } from "../../../src/sandbox/github/sandbox.ts";
import { connect, PATH, REPOSITORY } from "./client.ts";

const ARTIFACTS = `${PATH}/actions/artifacts`;
const FILES = { "oura.box.json": '{"version":1}\n', "down/here.txt": "ünïcode\n".repeat(1_000) };

interface Got {
  readonly status: number;
  readonly bytes: Buffer;
}

/** Fetches from where the API has sent the client to. */
async function fetchFrom(
  sandbox: GitHubSandbox,
  url: string,
  headers: Record<string, string> = {},
): Promise<Got> {
  const { response } = await sandbox.handler(new Request(url, { headers }));
  return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
}

async function withArtifact() {
  const client = await connect();
  const run = client.sandbox.runs.start(REPOSITORY);
  const { id } = client.sandbox.runs.upload(run, "sealring-boxes-1", FILES);
  const locate = async () =>
    (await client.send("GET", `${ARTIFACTS}/${String(id)}/zip`)).headers.get("location") ?? "";
  return { ...client, run, id, locate };
}

describe("an artifact", () => {
  it("is listed with its run, the newest first, by name where that is asked", async () => {
    const { sandbox, send, run, id } = await withArtifact();
    sandbox.runs.upload(run, "coverage", { a: "b" });
    const list = `${PATH}/actions/runs/${String(run.id)}/artifacts`;
    const namesIn = async (query: string) => {
      const { artifacts } = (await send("GET", list + query)).body as { artifacts: { name: string }[] };
      return artifacts.map(({ name }) => name);
    };
    expect(await namesIn("")).toEqual(["coverage", "sealring-boxes-1"]);
    expect(await namesIn("?direction=asc")).toEqual(["sealring-boxes-1", "coverage"]);
    expect(await namesIn("?name=coverage")).toEqual(["coverage"]);
    expect((await send("GET", `${ARTIFACTS}/${String(id)}`)).body).toMatchObject({
      ...{ name: "sealring-boxes-1", expired: false, workflow_run: { id: run.id } },
      expires_at: "2027-02-20T12:00:00Z",
    });
    expect(() => sandbox.runs.upload(run, "coverage", {})).toThrow(
      "the run has an artifact coverage already",
    );
  });

  it("is gone after ninety days", async () => {
    const { send, clock, id } = await withArtifact();
    clock.passSeconds(90 * 86_400);
    expect((await send("GET", `${ARTIFACTS}/${String(id)}`)).body).toMatchObject({ expired: true });
    expect((await send("GET", `${ARTIFACTS}/${String(id)}/zip`)).status).toBe(410);
    expect((await send("GET", `${ARTIFACTS}/${String(id)}/tar`)).status).toBe(404);
    expect((await send("GET", `${ARTIFACTS}/4711/zip`)).status).toBe(404);
  });
});

describe("the address of a download", () => {
  it("opens without a token, and with a token does not", async () => {
    const { sandbox, locate } = await withArtifact();
    expect((await fetchFrom(sandbox, await locate())).status).toBe(200);
    expect((await fetchFrom(sandbox, await locate(), { authorization: "Bearer x" })).status).toBe(400);
    expect((await fetchFrom(sandbox, `${await locate()}0`)).status).toBe(403);
  });

  it("opens for a minute", async () => {
    const { sandbox, clock, locate } = await withArtifact();
    const url = await locate();
    clock.passSeconds(59);
    expect((await fetchFrom(sandbox, url)).status).toBe(200);
    clock.passSeconds(1);
    expect((await fetchFrom(sandbox, url)).status).toBe(403);
  });
});

const READERS = [
  { reader: "unzip", version: ["-v"], argsFor: (zip: string, path: string) => ["-p", zip, path] },
  {
    reader: "python3",
    version: ["-c", "import zipfile"],
    argsFor: (zip: string, path: string) => [
      "-c",
      "import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))",
      zip,
      path,
    ],
  },
].map((each) => ({ ...each, isInstalled: spawnSync(each.reader, each.version).status === 0 }));

describe("the zip of a download", () => {
  for (const { reader, argsFor, isInstalled } of READERS) {
    const reason = isInstalled ? "" : ` (SKIPPED: ${reader} is not installed here)`;
    it.skipIf(!isInstalled)(`is read by ${reader}${reason}`, async () => {
      const { sandbox, locate } = await withArtifact();
      const directory = mkdtempSync(join(tmpdir(), "sealring-zip-"));
      onTestFinished(() => rmSync(directory, { recursive: true }));
      const zip = join(directory, "artifact.zip");
      writeFileSync(zip, (await fetchFrom(sandbox, await locate())).bytes);
      for (const [path, text] of Object.entries(FILES)) {
        expect(execFileSync(reader, argsFor(zip, path), { encoding: "utf8" })).toBe(text);
      }
    });
  }
});
