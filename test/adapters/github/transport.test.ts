import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { CANARIES, expectNoCanary } from "../../support/canary.ts";
import { connect, serve } from "./server.ts";

const ENVIRONMENT = { kind: "environment", repository: "acme/old", environment: "sealring" } as const;
const KEY = { status: 200, body: { key_id: "k1", key: "a2V5" } };

test("a redirect to another origin is followed without the token", async () => {
  const elsewhere = await serve(() => KEY);
  const server = await serve(({ target }) => ({
    status: 302,
    headers: { location: elsewhere.url + target },
  }));
  await connect(server.url).stores.publicKey(ENVIRONMENT);
  expect(server.seen[0]?.headers.authorization).toBe(`Bearer ${CANARIES.githubToken}`);
  expect(elsewhere.seen).toHaveLength(1);
  expectNoCanary(JSON.stringify(elsewhere.seen));
});

test("a redirect within the API, as renamed repositories get, keeps the token and the method", async () => {
  const server = await serve(({ target }) =>
    target.startsWith("/repos/")
      ? { status: 307, headers: { location: "/repositories/1/moved" } }
      : { status: 204 },
  );
  expect(
    await connect(server.url).stores.put(ENVIRONMENT, "A", { keyId: "k1", ciphertext: "c2VhbGVk" }),
  ).toBe("updated");
  expect(server.seen[1]).toMatchObject({
    method: "PUT",
    target: "/repositories/1/moved",
    headers: { authorization: `Bearer ${CANARIES.githubToken}` },
    body: { key_id: "k1" },
  });
});

test("redirects that never end are a fault that passes", async () => {
  const server = await serve(({ target }) => ({ status: 302, headers: { location: target } }));
  await expect(connect(server.url).stores.publicKey(ENVIRONMENT)).rejects.toMatchObject({
    code: "transient",
  });
});

test("an answer larger than 16 MB is cut off", async () => {
  const server = await serve(() => ({ status: 200, body: { key_id: "x".repeat(17 * 1024 * 1024) } }));
  const failure = connect(server.url).stores.publicKey(ENVIRONMENT);
  await expect(failure).rejects.toThrow(
    "GitHub did not answer for the environment sealring of acme/old (TOO_LARGE)",
  );
});

test("a server that never answers is given up, by name", async () => {
  const server = await serve(() => "hang");
  const failure = connect(server.url, { timeoutMilliseconds: 40 }).stores.publicKey(ENVIRONMENT);
  await expect(failure).rejects.toThrow("(TIMEOUT)");
});

test("a port where nobody listens is named by the system's code", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const failure = connect(`http://127.0.0.1:${String(port)}`).stores.publicKey(ENVIRONMENT);
  await expect(failure).rejects.toThrow("(ECONNREFUSED)");
});

test("a proxy of the environment is asked for a tunnel, and sees no token", async () => {
  const tunnels: string[] = [];
  const proxy = createServer();
  proxy.on("connect", (request, socket) => {
    tunnels.push(`${request.url ?? ""} ${inspect(request.headers)}`);
    socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void proxy.close());
  const env = { HTTPS_PROXY: `http://127.0.0.1:${String((proxy.address() as AddressInfo).port)}` };
  const { stores } = connect("https://ghe.example.test/api/v3", { env });
  await expect(stores.put(ENVIRONMENT, "A", { keyId: "k", ciphertext: "" })).rejects.toMatchObject({
    code: "transient",
  });
  expect(tunnels).toHaveLength(1);
  expect(tunnels[0]).toMatch(/^ghe\.example\.test:443 /);
  expectNoCanary(tunnels.join());
});

test("a loopback address goes past the proxies of the environment", async () => {
  const server = await serve(() => KEY);
  const env = { HTTP_PROXY: "http://127.0.0.1:1", HTTPS_PROXY: "http://127.0.0.1:1" };
  expect(await connect(server.url, { env }).stores.publicKey(ENVIRONMENT)).toEqual({
    keyId: "k1",
    key: "a2V5",
  });
});

test("an API under a path, as a GitHub Enterprise Server's, is asked under that path", async () => {
  const server = await serve(() => KEY);
  await connect(`${server.url}/api/v3/`).stores.publicKey(ENVIRONMENT);
  expect(server.seen[0]?.target).toBe("/api/v3/repos/acme/old/environments/sealring/secrets/public-key");
});

test.each([
  "http://ghe.example.com",
  "ftp://x",
  "api.github.com",
  "https://a:b@ghe.example.com",
  "https://x/?q",
  "https://x/#f",
])("%s is no address for GitHub's API", (apiUrl) => {
  expect(() => connect(apiUrl)).toThrow(expect.objectContaining({ code: "usage" }) as Error);
});

test.each(["credentials", "acme/", "/x", "acme/a/b", "acme/a b", "a_c/../x", "acme/..", "acme/."])(
  "%j is no repository",
  (repository) => {
    expect(() => connect("https://api.github.com", { repository })).toThrow(
      expect.objectContaining({ code: "usage" }) as Error,
    );
  },
);
