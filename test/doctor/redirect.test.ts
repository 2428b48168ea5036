import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { loopbackListener } from "../../src/adapters/loopback-listener.ts";
import type { Credential } from "../../src/declaration/credential.ts";
import { perform } from "../../src/doctor/finding.ts";
import type { ProviderDeclaration } from "../../src/providers/generated/provider.ts";
import { aProvider, departing } from "../support/scripted-http.ts";
import { redirectCheck, redirectRuleCheck } from "../../src/doctor/redirect.ts";
import { SealringError } from "../../src/errors.ts";
import type { LoopbackListener } from "../../src/ports.ts";
import { freePort } from "../support/free-port.ts";
import { aSubject } from "./subject.ts";

const [OURA] = aSubject().credentials;

function examine(listener: LoopbackListener, ...uris: readonly (string | undefined)[]) {
  if (OURA === undefined) throw new Error("no credential");
  return perform(
    redirectCheck(
      uris.map((redirectUri) => ({ ...OURA, redirectUri })),
      "laptop",
      listener,
    ),
  );
}

test("a port that nobody listens on is free, and stays so", async () => {
  const port = String(await freePort());
  const uri = `http://127.0.0.1:${port}/callback`;
  const free = [{ kind: "ok", about: "redirect", found: `port ${port} on 127.0.0.1 is free` }];
  expect(await examine(loopbackListener, uri, uri)).toEqual(free);
  expect(await examine(loopbackListener, uri)).toEqual(free);
});

test("a port that is declared with two hosts is not taken by the first of them", async () => {
  const port = String(await freePort());
  const found = await examine(loopbackListener, `http://localhost:${port}/`, `http://127.0.0.1:${port}/`);
  expect(found.map(({ kind }) => kind)).toEqual(["ok", "ok"]);
});

test("a port that another program has is told with how to find it", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const port = String((server.address() as AddressInfo).port);
  expect(await examine(loopbackListener, `http://127.0.0.1:${port}/callback`)).toEqual([
    {
      kind: "failure",
      about: "redirect",
      found: `port ${port} on 127.0.0.1 is taken`,
      fix: `see who has it: lsof -nP -iTCP:${port} -sTCP:LISTEN, and stop that; or authorize with --flow paste`,
    },
  ]);
});

test("a port that this process may not have is told with the listener's own hint", async () => {
  const refused = new SealringError("usage", "port 80 needs rights", {
    hint: "register another",
    cause: Object.assign(new Error("EACCES"), { code: "EACCES" }),
  });
  const asked: unknown[] = [];
  const listener: LoopbackListener = {
    listen: (address) => {
      asked.push(address);
      return Promise.reject(refused);
    },
  };
  expect(await examine(listener, "http://[::1]/callback")).toEqual([
    { kind: "failure", about: "redirect", found: "port 80 needs rights", fix: "register another" },
  ]);
  expect(asked).toEqual([{ host: "::1", port: 80 }]);
});

test("where no port is declared, none is tried", async () => {
  const listener = { listen: () => Promise.reject(new Error("nothing is tried")) };
  expect(await examine(listener, undefined)).toEqual([]);
});

test("where the address is pasted, none is tried", async () => {
  const listener = { listen: () => Promise.reject(new Error("nothing is tried")) };
  expect(await examine(listener, "https://acme.example/callback", "https://localhost:8484/")).toEqual([]);
});

describe("what has to be registered is said with the provider's rule:", () => {
  const ruleOf = (declaration: ProviderDeclaration, more: Partial<Credential> = {}) => {
    if (OURA === undefined) throw new Error("no credential");
    const provider = departing(declaration);
    return perform(redirectRuleCheck({ ...OURA, grant: "authorization_code", provider, ...more }));
  };

  test("the declared redirect URI, and where", async () => {
    const registration = { url: "https://apps.example.com" };
    const redirectUri = "http://localhost:8484/callback";
    expect(await ruleOf({ loopback_redirect: "exact", registration }, { redirectUri })).toEqual([
      {
        ...{ kind: "ok", about: "redirect" },
        found:
          "Example: redirect URIs are compared whole, port and path too; http://localhost:8484/callback has to be registered at https://apps.example.com",
      },
    ]);
  });

  test("one without a port, where the port is free", async () => {
    expect(await ruleOf({ loopback_redirect: "any_port" })).toMatchObject([
      {
        kind: "ok",
        found: expect.stringMatching(/any port; http:\/\/127\.0\.0\.1\/callback has to/) as string,
      },
    ]);
  });

  test("none is declared, and nobody knows whether any port is taken", async () => {
    const provider = aProvider({ loopback: "unknown" });
    expect(await ruleOf({}, { provider })).toMatchObject([
      { kind: "warning", fix: "register and declare redirect_uri: http://localhost:8484/callback" },
    ]);
  });

  test("nothing, without a browser", async () => {
    expect(await ruleOf({}, { grant: "device_code" })).toEqual([]);
  });
});
