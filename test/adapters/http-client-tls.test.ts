import { createServer } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { afterEach, expect, it } from "vitest";
import { createHttpClient } from "../../src/adapters/http-client.ts";
import type { HttpRequest } from "../../src/ports.ts";
import { listening } from "../support/raw-server.ts";
import { SELF_SIGNED } from "../support/self-signed.ts";

const opened: ReturnType<typeof createServer>[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => new Promise((closed) => server.close(closed))));
});

const client = createHttpClient({ env: {} });

function post(url: string): HttpRequest {
  return { method: "POST", url, headers: {}, body: "grant=1" };
}

async function portOf(server: ReturnType<typeof createServer>): Promise<number> {
  opened.push(server);
  return listening(server);
}

it("a request to a server with a certificate that nobody vouches for was not sent", async () => {
  let received = 0;
  const server = createTlsServer(SELF_SIGNED, (socket) => socket.on("data", () => received++));
  const port = await portOf(server);
  const outcome = await client.send(post(`https://127.0.0.1:${String(port)}/`));
  expect(outcome).toEqual({ kind: "not_sent", reason: "tls" });
  expect(received).toBe(0);
});

it("a request to a server that breaks off the TLS handshake was not sent", async () => {
  const server = createServer((socket) =>
    socket.on("error", () => undefined).once("data", () => socket.destroy()),
  );
  const port = await portOf(server);
  const outcome = await client.send(post(`https://127.0.0.1:${String(port)}/`));
  expect(outcome).toEqual({ kind: "not_sent", reason: "tls" });
});

it.each([
  ["localhost", ["localhost"]],
  ["127.0.0.1", []],
])("asks %s for its own certificate, whatever host a request names", async (host, names) => {
  const asked: string[] = [];
  const server = createTlsServer({
    ...SELF_SIGNED,
    SNICallback: (name, done) => {
      asked.push(name);
      done(null);
    },
  });
  const port = await portOf(server);
  const url = `https://${host}:${String(port)}/`;
  const outcome = await client.send({ ...post(url), headers: { host: "attacker.example" } });
  expect(outcome).toEqual({ kind: "not_sent", reason: "tls" });
  expect(asked).toEqual(names);
});
