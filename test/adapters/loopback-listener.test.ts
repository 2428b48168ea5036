import { connect, createServer } from "node:net";
import type { AddressInfo, Server } from "node:net";
import { networkInterfaces } from "node:os";
import { afterEach, describe, expect, it } from "vitest";
import { loopbackListener } from "../../src/adapters/loopback-listener.ts";
import type { LoopbackRequest, LoopbackResponse, LoopbackServer } from "../../src/ports.ts";
import { ask } from "../support/page-at.ts";

const opened: LoopbackServer[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()));
});

async function listen(
  host: "localhost" | "127.0.0.1" | "::1",
  answer: (request: LoopbackRequest) => LoopbackResponse = () => ({ status: 200, headers: {}, body: "here" }),
): Promise<LoopbackServer> {
  const server = await loopbackListener.listen({ host, port: 0 }, answer);
  opened.push(server);
  return server;
}

function occupy(host: string): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, host, () => resolve(server));
  });
}

const hasIpv6 = Object.values(networkInterfaces()).some((list) =>
  list?.some(({ address }) => address === "::1"),
);

describe("the loopback listener", () => {
  it("hands on method, target and Host as they came, and the answer as it is given", async () => {
    const seen: LoopbackRequest[] = [];
    const { port } = await listen("127.0.0.1", (request) => {
      seen.push(request);
      return { status: 418, headers: { "x-kind": "teapot" }, body: "ünïcode" };
    });
    const answer = await ask(
      { host: "127.0.0.1", port },
      { method: "PUT", path: "//a/../b?c=%20d", host: "evil.example" },
    );
    expect(seen).toEqual([{ method: "PUT", target: "//a/../b?c=%20d", hostHeader: "evil.example" }]);
    expect(answer).toMatchObject({
      status: 418,
      body: "ünïcode",
      headers: { "x-kind": "teapot", connection: "close" },
    });
  });

  it.runIf(hasIpv6)("serves localhost on both of its addresses", async () => {
    const { port } = await listen("localhost");
    for (const host of ["127.0.0.1", "::1"]) expect((await ask({ host, port }, {})).body).toBe("here");
  });

  it("is at no address but loopback", async () => {
    const { port } = await listen("127.0.0.1");
    const outside = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .find(({ internal, family }) => !internal && family === "IPv4");
    // The port is still free elsewhere: nothing listens on every address.
    const server = await new Promise<Server>((resolve, reject) => {
      const second = createServer().once("error", reject);
      second.listen(port, outside?.address ?? "127.0.0.2", () => resolve(second));
    });
    server.close();
  });

  it("names the port that is taken, and the way out", async () => {
    const other = await occupy("127.0.0.1");
    const { port } = other.address() as AddressInfo;
    await expect(loopbackListener.listen({ host: "127.0.0.1", port }, () => never())).rejects.toMatchObject({
      code: "usage",
      message: `port ${String(port)} on 127.0.0.1 is taken, or cannot be listened on`,
      hint: expect.stringContaining("--flow paste") as string,
    });
    other.close();
  });

  it.runIf(hasIpv6)(
    "does not share localhost with a program on its other address, and leaves nothing open",
    async () => {
      const other = await occupy("::1");
      const { port } = other.address() as AddressInfo;
      await expect(loopbackListener.listen({ host: "localhost", port }, () => never())).rejects.toMatchObject(
        {
          code: "usage",
        },
      );
      await expect(ask({ host: "127.0.0.1", port }, {})).rejects.toMatchObject({ code: "ECONNREFUSED" });
      other.close();
    },
  );

  it("refuses a request with more headers than a browser sends", async () => {
    const { port } = await listen("127.0.0.1");
    expect((await ask({ host: "127.0.0.1", port }, { path: `/?${"x".repeat(20_000)}` })).status).toBe(431);
  });

  it("closes at once, though a browser holds a connection that it never used", async () => {
    const server = await listen("127.0.0.1");
    const idle = connect(server.port, "127.0.0.1").on("error", () => undefined);
    await new Promise((connected) => idle.once("connect", connected));
    const closed = new Promise((done) => idle.once("close", done));
    await server.close();
    await closed;
  });

  it("closes in the end, though somebody asked for an answer and does not read it", async () => {
    let asked: () => void = () => undefined;
    const request = new Promise<void>((resolve) => (asked = resolve));
    const server = await listen("127.0.0.1", () => {
      asked();
      return { status: 200, headers: {}, body: "x".repeat(20_000_000) };
    });
    const deaf = connect(server.port, "127.0.0.1").pause();
    deaf.on("error", () => undefined).write("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n");
    await request;
    await server.close();
    deaf.destroy();
    await expect(ask({ host: "127.0.0.1", port: server.port }, {})).rejects.toMatchObject({
      code: "ECONNREFUSED",
    });
  }, 60_000);

  it("lets an answer go out before it closes", async () => {
    const page = "x".repeat(500_000);
    let asked: () => void = () => undefined;
    const request = new Promise<void>((resolve) => (asked = resolve));
    const server = await listen("127.0.0.1", () => {
      asked();
      return { status: 200, headers: {}, body: page };
    });
    const answer = ask({ host: "127.0.0.1", port: server.port }, {});
    await request;
    await server.close();
    expect((await answer).body).toBe(page);
  });
});

function never(): LoopbackResponse {
  throw new Error("nobody should be answered");
}
