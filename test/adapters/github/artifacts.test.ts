import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { nodeHttpServer } from "../../../src/adapters/http-server.ts";
import type { GitHub } from "../../../src/ports.ts";
import { EVERY_PERMISSION } from "../../../src/sandbox/github/permissions.ts";
import type { Permissions } from "../../../src/sandbox/github/permissions.ts";
import { GitHubSandbox } from "../../../src/sandbox/github/sandbox.ts";
import { Secret } from "../../../src/secret.ts";
import { expectNoCanary } from "../../support/canary.ts";
import { checkedHandler } from "../../support/github-contract.ts";
import { connect, serve, StoppedClock } from "./server.ts";
import type { Reply, Seen } from "./server.ts";

const REPOSITORY = "acme/credentials";
const DOWNLOAD = "artifact-storage/download";

interface Setting {
  readonly sandbox: GitHubSandbox;
  readonly clock: StoppedClock;
  connect(permissions?: Permissions): GitHub;
}

/** A sandbox behind HTTP, every exchange with its API held to GitHub's description. */
async function open(): Promise<Setting> {
  const clock = new StoppedClock();
  const sandbox = await GitHubSandbox.create(clock, randomBytes);
  sandbox.addOrganization("acme");
  sandbox.addRepository(REPOSITORY);
  const violations: string[] = [];
  const handler = checkedHandler(sandbox.handler, violations);
  const { origin, close } = await nodeHttpServer.serve({ kind: "loopback", port: 0 }, handler);
  onTestFinished(async () => {
    await close();
    expect(violations).toEqual([]);
  });
  return {
    sandbox,
    clock,
    connect(permissions = EVERY_PERMISSION) {
      const asked = { kind: "personal", login: "octocat", permissions, repositories: "all" } as const;
      const token = new Secret(sandbox.addToken(asked).value);
      return connect(origin, { clock, token, journalToken: token });
    },
  };
}

test("a credential's boxes come out of a run's artifacts, the newest first", async () => {
  const { sandbox, clock, connect } = await open();
  const run = sandbox.runs.start(REPOSITORY);
  sandbox.runs.upload(run, "sealring-boxes-1", { "oura.box.json": "older", "strava.box.json": "other" });
  await clock.sleep(60_000);
  sandbox.runs.upload(run, "sealring-boxes-2", { "deep/down/oura.box.json": "newer ✓" });
  const { artifacts } = connect({ actions: "read" });
  expect(await artifacts.boxes(String(run.id), "oura")).toEqual(["newer ✓", "older"]);
  expect(await artifacts.boxes(String(run.id), "strava")).toEqual(["other"]);
  expect(await artifacts.boxes(String(run.id), "polar")).toEqual([]);
  const other = sandbox.runs.start(REPOSITORY);
  expect(await artifacts.boxes(String(other.id), "oura")).toEqual([]);
});

test("each artifact is downloaded once, and the list is read again each time", async () => {
  const { sandbox, connect } = await open();
  const run = sandbox.runs.start(REPOSITORY);
  sandbox.runs.upload(run, "sealring-boxes-1", { "oura.box.json": "a" });
  const { artifacts } = connect();
  const names = ["oura", "strava", "polar"];
  await Promise.all(names.map((name) => artifacts.boxes(String(run.id), name)));
  sandbox.runs.upload(run, "sealring-boxes-2", { "strava.box.json": "b" });
  expect(await artifacts.boxes(String(run.id), "strava")).toEqual(["b"]);
  expect(sandbox.log.filter(({ operation }) => operation === DOWNLOAD)).toHaveLength(2);
});

test("artifacts of others, and files that only end like a box, are left alone", async () => {
  const { sandbox, connect } = await open();
  const run = sandbox.runs.start(REPOSITORY);
  sandbox.runs.upload(run, "coverage", { "oura.box.json": "foreign" });
  sandbox.runs.upload(run, "sealring-boxes-1", {
    "my-oura.box.json": "another's",
    "oura.box.json.new": "half",
    "oura.box.json/x": "a folder",
  });
  expect(await connect().artifacts.boxes(String(run.id), "oura")).toEqual([]);
});

test("among hundreds of artifacts the boxes are found", async () => {
  const { sandbox, connect } = await open();
  const run = sandbox.runs.start(REPOSITORY);
  sandbox.runs.upload(run, "sealring-boxes-1", { "oura.box.json": "a" });
  for (let index = 0; index < 250; index += 1) sandbox.runs.upload(run, `test-${String(index)}`, { a: "" });
  expect(await connect().artifacts.boxes(String(run.id), "oura")).toEqual(["a"]);
});

test("what has expired, before it is listed or after, is no box", async () => {
  const { sandbox, clock, connect } = await open();
  const run = sandbox.runs.start(REPOSITORY);
  sandbox.runs.upload(run, "sealring-boxes-1", { "oura.box.json": "a" });
  const { artifacts } = connect();
  sandbox.faults.after("actions/list-workflow-run-artifacts", () => clock.sleep(91 * 86_400_000));
  expect(await artifacts.boxes(String(run.id), "oura")).toEqual([]);
  expect(sandbox.log.at(-1)).toMatchObject({ operation: "actions/download-artifact", status: 410 });
  expect(await artifacts.boxes(String(run.id), "oura")).toEqual([]);
  expect(sandbox.log.at(-1)).toMatchObject({ operation: "actions/list-workflow-run-artifacts" });
});

test("a run that was deleted has no boxes", async () => {
  const { connect } = await open();
  expect(await connect().artifacts.boxes("4711", "oura")).toEqual([]);
});

test("a download that fails is a fault that passes, and the next try is a new one", async () => {
  const { sandbox, connect } = await open();
  const run = sandbox.runs.start(REPOSITORY);
  sandbox.runs.upload(run, "sealring-boxes-1", { "oura.box.json": "a" });
  const { artifacts } = connect();
  const down = () => new Response(null, { status: 503 });
  for (const fault of [
    { kind: "lose_answer" },
    { kind: "truncate_answer" },
    { kind: "answer_instead", answer: down },
  ] as const) {
    sandbox.faults.fail(DOWNLOAD, fault);
    await expect(artifacts.boxes(String(run.id), "oura")).rejects.toMatchObject({ code: "transient" });
  }
  expect(await artifacts.boxes(String(run.id), "oura")).toEqual(["a"]);
});

test("a token that may not read Actions is told the permission, and not that there is no box", async () => {
  const { sandbox, connect } = await open();
  const run = sandbox.runs.start(REPOSITORY);
  const failure = connect({ contents: "write" }).artifacts.boxes(String(run.id), "oura");
  await expect(failure).rejects.toThrow('"Actions: Read-only" (repository)');
});

const LISTED = {
  ...{ id: 5, name: "sealring-boxes-1", size_in_bytes: 100, expired: false },
  created_at: "2026-11-22T12:00:00Z",
};

/** A GitHub with one artifact, and what its download is answered with. */
function serveArtifact(download: (request: Seen) => Reply, listed: object = LISTED) {
  return serve((request) =>
    request.target.includes("/runs/")
      ? { status: 200, body: { total_count: 1, artifacts: [listed] } }
      : download(request),
  );
}

function sentTo(location: string, status = 302): () => Reply {
  return () => ({ status, headers: { location } });
}

test("the address of a download gets neither the token nor a second redirect", async () => {
  const elsewhere = await serve(sentTo("http://127.0.0.1:1/"));
  const server = await serveArtifact(sentTo(`${elsewhere.url}/blob?sig=abc`));
  await expect(connect(server.url).artifacts.boxes("1", "oura")).rejects.toThrow("(HTTP_302)");
  expect(elsewhere.seen).toHaveLength(1);
  expect(elsewhere.seen[0]).toMatchObject({ method: "GET", target: "/blob?sig=abc" });
  expect(elsewhere.seen[0]?.headers.authorization).toBeUndefined();
  expectNoCanary(JSON.stringify(elsewhere.seen));
});

test.each(["http://storage.example.com/blob", "ftp://storage.example.com/blob", "/blob", ""])(
  "a download at %j is not fetched",
  async (location) => {
    const server = await serveArtifact(sentTo(location));
    await expect(connect(server.url).artifacts.boxes("1", "oura")).rejects.toThrow("(INSECURE_URL)");
    expect(server.seen).toHaveLength(2);
  },
);

test("an answer that is no redirect is not what GitHub's API describes", async () => {
  const server = await serveArtifact(() => ({ status: 200, body: {} }));
  await expect(connect(server.url).artifacts.boxes("1", "oura")).rejects.toMatchObject({ code: "transient" });
});

test.each([301, 307, 308])("a %i of the API is a repository that was renamed", async (status) => {
  const server = await serveArtifact(sentTo("http://127.0.0.1:1/repositories/1", status));
  const failure = connect(server.url).artifacts.boxes("1", "oura");
  await expect(failure).rejects.toMatchObject({
    code: "store_refused",
    hint: expect.stringContaining("sealring.yaml") as string,
  });
});

test.each([404, 410])("a download that is gone by %i is no box", async (status) => {
  const elsewhere = await serve(() => ({ status }));
  const server = await serveArtifact(sentTo(elsewhere.url));
  expect(await connect(server.url).artifacts.boxes("1", "oura")).toEqual([]);
});

test.each([
  ["too large by the list", { ...LISTED, size_in_bytes: 17 * 1024 * 1024 }],
  ["without a size", { ...LISTED, size_in_bytes: null }],
  ["without an id", { ...LISTED, id: "5" }],
  ["without a date", { ...LISTED, created_at: null }],
  ["expired", { ...LISTED, expired: true }],
])("an artifact that is %s is not asked for", async (_what, listed) => {
  const server = await serveArtifact(() => ({ status: 500 }), listed);
  expect(await connect(server.url).artifacts.boxes("1", "oura")).toEqual([]);
  expect(server.seen).toHaveLength(1);
});

test("a download that turns out larger than 16 MB is cut off, and is no box", async () => {
  const elsewhere = await serve(() => ({ status: 200, body: "x".repeat(17 * 1024 * 1024) }));
  const server = await serveArtifact(sentTo(elsewhere.url));
  expect(await connect(server.url).artifacts.boxes("1", "oura")).toEqual([]);
});

test("a download that is no zip is no box", async () => {
  const elsewhere = await serve(() => ({ status: 200, body: "<html>" }));
  const server = await serveArtifact(sentTo(elsewhere.url));
  expect(await connect(server.url).artifacts.boxes("1", "oura")).toEqual([]);
});

test("a storage that never answers is given up, by name", async () => {
  const elsewhere = await serve(() => "hang");
  const server = await serveArtifact(sentTo(elsewhere.url));
  const failure = connect(server.url, { timeoutMilliseconds: 300 }).artifacts.boxes("1", "oura");
  await expect(failure).rejects.toThrow("(TIMEOUT)");
});

test("a storage on another host is reached through the proxy of the environment, without the token", async () => {
  const tunnels: string[] = [];
  const proxy = createServer();
  proxy.on("connect", ({ url = "", headers }, socket) => {
    tunnels.push(`${url} ${JSON.stringify(headers)}`);
    socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void proxy.close());
  const env = { HTTPS_PROXY: `http://127.0.0.1:${String((proxy.address() as AddressInfo).port)}` };
  const server = await serveArtifact(sentTo("https://storage.example.test/blob"));
  const failure = connect(server.url, { env }).artifacts.boxes("1", "oura");
  await expect(failure).rejects.toThrow("(PROXY)");
  expect(tunnels).toHaveLength(1);
  expect(tunnels[0]).toMatch(/^storage\.example\.test:443 /);
  expectNoCanary(tunnels.join());
});
