import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { nodeHttpServer } from "../../src/adapters/http-server.ts";
import type { RunningServer, ServedAnswer, ServerAddress } from "../../src/http-server.ts";

const LOOPBACK = { kind: "loopback", port: 0 } as const;

async function serve(
  delivery: ServedAnswer["delivery"],
  address: ServerAddress = LOOPBACK,
): Promise<RunningServer> {
  const server = await nodeHttpServer.serve(address, async ({ method, url }) => {
    return { delivery, response: new Response(`${method} ${new URL(url).pathname}`, { status: 202 }) };
  });
  onTestFinished(() => server.close());
  return server;
}

it("an answer goes out whole", async () => {
  const { origin } = await serve("whole");
  const response = await fetch(`${origin}/path`);
  expect([response.status, await response.text()]).toEqual([202, "GET /path"]);
});

it("half an answer announces its whole length, so that the client can tell", async () => {
  const { origin } = await serve("half");
  const response = await fetch(`${origin}/path`);
  expect(response.headers.get("content-length")).toBe("9");
  await expect(response.text()).rejects.toThrow("terminated");
});

it("no answer is a closed connection", async () => {
  const { origin } = await serve("none");
  await expect(fetch(`${origin}/path`)).rejects.toThrow("fetch failed");
});

it("a port that is taken is a fault of usage, named in the message", async () => {
  const { origin } = await serve("whole");
  const port = Number(new URL(origin).port);
  const taken = nodeHttpServer.serve({ kind: "loopback", port }, async () => ({
    delivery: "whole",
    response: new Response(),
  }));
  await expect(taken).rejects.toMatchObject({
    code: "usage",
    message: expect.stringMatching(`port ${String(port)}.*EADDRINUSE`) as string,
  });
});

it("a closed server lets go of its port, though clients keep connections open", async () => {
  const server = await serve("whole");
  await (await fetch(server.origin)).text();
  await server.close();
  await expect(fetch(server.origin)).rejects.toThrow("fetch failed");
});

it("a unix socket serves the same", async () => {
  const directory = mkdtempSync(join(tmpdir(), "sealring-socket-"));
  onTestFinished(() => {
    rmSync(directory, { recursive: true });
  });
  const socketPath = join(directory, "server.sock");
  await serve("whole", { kind: "unix_socket", path: socketPath });
  const status = await new Promise((resolve, reject) => {
    const sent = request({ socketPath, path: "/path" }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sent.on("error", reject);
    sent.end();
  });
  expect(status).toBe(202);
});
