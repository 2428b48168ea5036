import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { expectNoCanary } from "../../support/canary.ts";
import { connect, serve } from "./server.ts";
import type { Reply, Seen } from "./server.ts";

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

test("a list without an end is read for ten pages", async () => {
  const artifacts = Array.from({ length: 100 }, () => ({ ...LISTED, name: "another" }));
  const server = await serve(() => ({ status: 200, body: { total_count: 1_000_000, artifacts } }));
  expect(await connect(server.url).artifacts.boxes("1", "oura")).toEqual([]);
  expect(server.seen.map(({ target }) => new URL(target, server.url).searchParams.get("page"))).toEqual([
    ...["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"],
  ]);
});
