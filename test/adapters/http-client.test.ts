import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { createHttpClient } from "../../src/adapters/http-client.ts";
import type { HttpOutcome, HttpRequest } from "../../src/ports.ts";
import { startRawServer } from "../support/raw-server.ts";
import type { RawServer } from "../support/raw-server.ts";

const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()));
});

async function rawServer(...parameters: Parameters<typeof startRawServer>): Promise<RawServer> {
  const server = await startRawServer(...parameters);
  opened.push(server);
  return server;
}

function post(url: string): HttpRequest {
  return { method: "POST", url, headers: { "content-type": "text/plain" }, body: "grant=1" };
}

const client = createHttpClient({ env: {} });
const hasty = createHttpClient({ env: {}, timeoutMilliseconds: 150 });

/** Sends one request to a server that answers with these bytes and then closes the connection. */
async function answeredWith(...bytes: (string | Uint8Array)[]): Promise<HttpOutcome> {
  const server = await rawServer((socket) =>
    socket.end(Buffer.concat(bytes.map((part) => Buffer.from(part as string)))),
  );
  return client.send(post(server.url));
}

function head(status: string, ...headers: string[]): string {
  return [`HTTP/1.1 ${status}`, ...headers, "", ""].join("\r\n");
}

describe("an answer", () => {
  it("comes with its status, its headers in lower case and its bytes", async () => {
    const outcome = await answeredWith(
      head("201 Created", "Content-Type: text/x", "Content-Length: 5"),
      "ab\0\xff",
    );
    expect(outcome).toMatchObject({ kind: "answer", status: 201, headers: { "content-type": "text/x" } });
    expect(outcome.kind === "answer" && Buffer.from(outcome.body).toString()).toBe("ab\0\xff");
  });

  it.each([
    "301 Moved Permanently",
    "302 Found",
    "303 See Other",
    "307 Temporary Redirect",
    "308 Permanent Redirect",
  ])("that redirects (%s) is not followed", async (status) => {
    const target = await rawServer((socket) => socket.end(head("200 OK", "Content-Length: 0")));
    const outcome = await answeredWith(head(status, `Location: ${target.url}`, "Content-Length: 0"));
    expect(outcome).toMatchObject({ kind: "answer", status: Number(status.slice(0, 3)) });
    expect(target.requests).toEqual([]);
  });

  it("of HTML with status 503 is an answer all the same", async () => {
    const outcome = await answeredWith(head("503 Service Unavailable", "Content-Type: text/html"), "<html>");
    expect(outcome).toMatchObject({ kind: "answer", status: 503 });
  });

  it.each([
    ["gzip", gzipSync("tokens")],
    ["br", brotliCompressSync("tokens")],
    ["deflate", deflateSync("tokens")],
  ])("is unpacked from %s, though nobody asked for it", async (encoding, body) => {
    const outcome = await answeredWith(
      head("200 OK", `Content-Encoding: ${encoding}`, `Content-Length: ${String(body.length)}`),
      body,
    );
    expect(outcome.kind === "answer" && Buffer.from(outcome.body).toString()).toBe("tokens");
  });
});

describe("a request", () => {
  it("is sent once, on a connection of its own, and asks for no compression", async () => {
    const server = await rawServer((socket) => socket.write(head("200 OK", "Content-Length: 0")));
    await client.send(post(server.url));
    await client.send(post(server.url));
    expect(server.requests).toHaveLength(2);
    for (const request of server.requests) {
      expect(request).toMatch(/^connection: close\r$/im);
      expect(request).toMatch(/^accept-encoding: identity\r$/im);
      expect(request.endsWith("grant=1")).toBe(true);
    }
  });

  it.each([
    "http://example.com/token",
    "http://127.0.0.1.example.com/",
    "ftp://localhost/",
    "file:///etc/passwd",
    "nonsense",
  ])("to %s is not sent: secrets travel by https, or to this machine", async (url) => {
    expect(await client.send(post(url))).toEqual({ kind: "not_sent", reason: "insecure_url" });
  });

  it("to a closed port was not sent", async () => {
    const server = await startRawServer(() => undefined);
    await server.close();
    expect(await client.send(post(server.url))).toEqual({ kind: "not_sent", reason: "refused" });
  });

  it("to a name that does not exist was not sent", async () => {
    expect(await client.send(post("https://nobody.invalid/"))).toEqual({ kind: "not_sent", reason: "dns" });
  });

  it("through a proxy that refuses to connect was not sent", async () => {
    const proxy = await rawServer((socket) => socket.end(head("403 Forbidden", "Content-Length: 0")));
    const proxied = createHttpClient({ env: { HTTPS_PROXY: new URL(proxy.url).origin } });
    expect(await proxied.send(post("https://id.example.com/token"))).toEqual({
      kind: "not_sent",
      reason: "proxy",
    });
    expect(proxy.requests[0]).toMatch(/^CONNECT id\.example\.com:443 HTTP\/1\.1/);
    expect(proxy.requests[0]).not.toContain("grant=1");
  });

  it("through a proxy that is down, or no proxy at all, was not sent", async () => {
    const proxy = await startRawServer(() => undefined);
    await proxy.close();
    for (const HTTPS_PROXY of [new URL(proxy.url).origin, "::"]) {
      const proxied = createHttpClient({ env: { HTTPS_PROXY } });
      expect(await proxied.send(post("https://id.example.com/"))).toEqual({
        kind: "not_sent",
        reason: "proxy",
      });
    }
  });

  it("through a proxy that never connects was not sent, and is not waited for without end", async () => {
    const proxy = await rawServer(() => undefined);
    const env = { HTTPS_PROXY: new URL(proxy.url).origin };
    const proxied = createHttpClient({ env, timeoutMilliseconds: 150 });
    expect(await proxied.send(post("https://id.example.com/"))).toEqual({
      kind: "not_sent",
      reason: "proxy",
    });
  });

  it("goes past the proxy to a host of NO_PROXY", async () => {
    const proxy = await rawServer((socket) => socket.destroy());
    const env = { https_proxy: new URL(proxy.url).origin, no_proxy: "nobody.invalid" };
    await createHttpClient({ env }).send(post("https://nobody.invalid/"));
    expect(proxy.requests).toEqual([]);
  });

  it("to this machine goes past every proxy", async () => {
    const proxy = await rawServer((socket) => socket.destroy());
    const server = await rawServer((socket) => socket.end(head("200 OK", "Content-Length: 0")));
    const env = { HTTP_PROXY: new URL(proxy.url).origin };
    expect(await createHttpClient({ env }).send(post(server.url))).toMatchObject({ kind: "answer" });
    expect(proxy.requests).toEqual([]);
  });
});

describe("an answer is lost", () => {
  it("when the connection is reset after the request", async () => {
    const server = await rawServer((socket) => socket.resetAndDestroy());
    expect(await client.send(post(server.url))).toMatchObject({ kind: "lost", reason: "reset" });
    expect(server.requests).toHaveLength(1);
  });

  it("when the connection is closed before a status line", async () => {
    expect(await answeredWith("")).toMatchObject({ kind: "lost", reason: "reset" });
  });

  it("when less comes than was announced; what came is kept, with its status", async () => {
    const outcome = await answeredWith(head("200 OK", "Content-Length: 100"), '{"refresh_token":"r"');
    expect(outcome).toMatchObject({ kind: "lost", reason: "truncated", head: { status: 200 } });
    expect(outcome.kind === "lost" && Buffer.from(outcome.partial).toString()).toBe('{"refresh_token":"r"');
  });

  it("when the last chunk is missing", async () => {
    const outcome = await answeredWith(head("200 OK", "Transfer-Encoding: chunked"), "5\r\nhello\r\n");
    expect(outcome).toMatchObject({ kind: "lost", reason: "truncated" });
  });

  it("when it is no HTTP", async () => {
    expect(await answeredWith("SSH-2.0-OpenSSH_9.6\r\n")).toMatchObject({ kind: "lost", reason: "protocol" });
  });

  it("when it is larger than a mebibyte; the first mebibyte is kept", async () => {
    const outcome = await answeredWith(head("200 OK"), "x".repeat(1024 * 1024 + 1));
    expect(outcome).toMatchObject({ kind: "lost", reason: "too_large" });
    expect(outcome.kind === "lost" && outcome.partial.length).toBe(1024 * 1024);
  });

  it("when it unpacks to more than a mebibyte", async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    const outcome = await answeredWith(
      head("200 OK", "Content-Encoding: gzip", `Content-Length: ${String(bomb.length)}`),
      bomb,
    );
    expect(outcome).toMatchObject({ kind: "lost", reason: "too_large" });
  });

  it.each(["gzip", "zstd"])("when it is not the %s that it says it is", async (encoding) => {
    const outcome = await answeredWith(
      head("200 OK", `Content-Encoding: ${encoding}`, "Content-Length: 3"),
      "abc",
    );
    expect(outcome).toMatchObject({ kind: "lost", reason: "protocol" });
  });

  it("when none comes in time", async () => {
    const server = await rawServer(() => undefined);
    expect(await hasty.send(post(server.url))).toMatchObject({ kind: "lost", reason: "timeout" });
  });

  it("when it drips: the time is for all of it, not for each byte", async () => {
    const server = await rawServer((socket) => {
      socket.write(head("200 OK", "Content-Length: 100000"));
      const drip = setInterval(() => socket.write("x"), 10);
      socket.once("close", () => clearInterval(drip));
    });
    expect(await hasty.send(post(server.url))).toMatchObject({
      kind: "lost",
      reason: "timeout",
      head: { status: 200 },
    });
  });
});
