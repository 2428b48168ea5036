import { execFile } from "node:child_process";
import dgram from "node:dgram";
import dns from "node:dns";
import { resolve4 } from "node:dns/promises";
import http from "node:http";
import net from "node:net";
import tls from "node:tls";
import { promisify } from "node:util";
import { afterEach, describe, expect, it } from "vitest";
import { fetch as undiciFetch } from "undici";
import { violations } from "../support/network-guard.mjs";

const FORBIDDEN = "the network is off except for loopback";

describe("the network is off", () => {
  // These tests try on purpose; what they tried is theirs to clear.
  afterEach(() => expect(violations.splice(0)).not.toEqual([]));

  it.each<[string, () => unknown]>([
    ["an address", () => net.connect(443, "192.0.2.1")],
    ["a name", () => net.connect({ host: "api.github.com", port: 443 })],
    ["TLS", () => tls.connect({ host: "api.github.com", port: 443 })],
    ["name resolution", () => dns.lookup("example.com", () => undefined)],
    ["datagrams", () => dgram.createSocket("udp4").send("x", 53, "192.0.2.1")],
    ["node:http", () => http.get("http://192.0.2.1/")],
    ["DNS queries", () => resolve4("example.com")],
  ])("for %s", (_way, reach) => {
    expect(reach).toThrow(FORBIDDEN);
  });

  it("for fetch, Node's own and undici's", async () => {
    await expect(fetch("https://example.com/")).rejects.toThrow();
    await expect(undiciFetch("https://example.com/")).rejects.toThrow();
    expect(violations).toEqual(["example.com", "example.com"]);
  });
});

it("a name under .invalid fails as not found, without asking a resolver", async () => {
  await expect(undiciFetch("https://nobody.invalid/")).rejects.toMatchObject({
    cause: { code: "ENOTFOUND" },
  });
});

it("loopback works by address and by name", async () => {
  const server = http.createServer((_request, response) => response.end("here"));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as net.AddressInfo;
  for (const host of ["127.0.0.1", "localhost"]) {
    const answer = await undiciFetch(`http://${host}:${String(port)}/`);
    expect(await answer.text()).toBe("here");
  }
  await promisify(server.close.bind(server))();
});

it("a Node process that a test starts is guarded too", async () => {
  const child = promisify(execFile)(process.execPath, ["-e", "require('net').connect(443, '192.0.2.1')"]);
  await expect(child).rejects.toThrow(FORBIDDEN);
});
