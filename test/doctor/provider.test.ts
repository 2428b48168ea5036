import { describe, expect, it, test } from "vitest";
import { perform } from "../../src/doctor/finding.ts";
import { judgeOutcome, providerChecks } from "../../src/doctor/provider.ts";
import type { HttpClient, HttpOutcome } from "../../src/ports.ts";
import { aProvider, json, metadataWithout, ScriptedHttp } from "../support/scripted-http.ts";
import { aSubject } from "./subject.ts";

const [OURA] = aSubject().credentials;

async function examine(http: HttpClient, ...providers: readonly ReturnType<typeof aProvider>[]) {
  if (OURA === undefined) throw new Error("no credential");
  const credentials = providers.map((provider) => ({ ...OURA, provider }));
  return (await Promise.all(providerChecks(credentials, http).map(perform))).flat();
}

test("any answer means that the server is there, and nothing is sent along", async () => {
  const http = new ScriptedHttp(json(405, { error: "invalid_request" }));
  expect(await examine(http, aProvider())).toEqual([
    { kind: "ok", about: "provider", found: "https://id.example.com answers" },
  ]);
  expect(http.requests).toEqual([
    { method: "GET", url: "https://id.example.com/token", headers: { accept: "application/json" } },
  ]);
});

test("several credentials at one server are one question", async () => {
  const http = new ScriptedHttp(json(200, {}), json(200, {}));
  const other = aProvider({ metadata: { token_endpoint: "https://other.example.com/token" } });
  expect((await examine(http, aProvider(), other, aProvider())).map(({ found }) => found)).toEqual([
    "https://id.example.com answers",
    "https://other.example.com answers",
  ]);
});

describe("a provider that is declared by its issuer", () => {
  const metadata = metadataWithout("token_endpoint");

  it("is asked for its endpoints first", async () => {
    const found = {
      issuer: "https://id.example.com",
      token_endpoint: "https://tokens.example.com/token",
    };
    const http = new ScriptedHttp(json(200, found), json(400, {}));
    expect(await examine(http, aProvider({ metadata }))).toMatchObject([
      { kind: "ok", found: "https://tokens.example.com answers" },
    ]);
  });

  it("and another issuer are two questions", async () => {
    const down = { kind: "not_sent", reason: "refused" } as const;
    const http = new ScriptedHttp(down, down, down, down);
    const other = aProvider({ metadata: { ...metadata, issuer: "https://other.example.com" } });
    expect(await examine(http, aProvider({ metadata }), other)).toHaveLength(2);
  });

  it("and has a name that nobody knows, is told of as an endpoint is", async () => {
    const down = { kind: "not_sent", reason: "dns" } as const;
    const [finding] = await examine(new ScriptedHttp(down, down, down), aProvider({ metadata }));
    expect(finding).toEqual({
      ...{ kind: "unreachable", about: "provider", found: "the name id.example.com is not known here" },
      fix: "check the name, and: nslookup id.example.com",
    });
  });

  it("and is there, but keeps its metadata to itself for now, is down", async () => {
    const failing = json(503, {});
    expect(await examine(new ScriptedHttp(failing, failing, failing), aProvider({ metadata }))).toMatchObject(
      [{ kind: "unreachable", found: expect.stringContaining("did not answer when asked") as string }],
    );
  });

  it("and does not answer, is down", async () => {
    const down = { kind: "not_sent", reason: "refused" } as const;
    expect(await examine(new ScriptedHttp(down, down, down), aProvider({ metadata }))).toMatchObject([
      { kind: "unreachable", found: "https://id.example.com takes no connection" },
    ]);
  });

  it("and publishes nothing, is declared wrongly", async () => {
    const http = new ScriptedHttp(json(404, {}), json(404, {}));
    expect(await examine(http, aProvider({ metadata }))).toMatchObject([{ kind: "failure" }]);
  });
});

describe("no answer is told with what to look at:", () => {
  const lost = { kind: "lost", partial: new Uint8Array() } as const;

  it.each<[HttpOutcome, RegExp, RegExp]>([
    [
      { kind: "not_sent", reason: "dns" },
      /the name id\.example\.com is not known/,
      /nslookup id\.example\.com/,
    ],
    [{ kind: "not_sent", reason: "refused" }, /takes no connection/, /HTTPS_PROXY/],
    [{ kind: "not_sent", reason: "tls" }, /not trusted/, /NODE_EXTRA_CA_CERTS/],
    [{ kind: "not_sent", reason: "proxy" }, /the proxy/, /NO_PROXY/],
    [{ kind: "not_sent", reason: "insecure_url" }, /not https/, /https/],
    [{ ...lost, reason: "timeout" }, /does not answer \(timeout\)/, /firewalls/],
    [{ ...lost, reason: "reset" }, /does not answer \(reset\)/, /firewalls/],
  ])("%o", (outcome, found, fix) => {
    expect(judgeOutcome("https://id.example.com", outcome)).toEqual({
      kind: "unreachable",
      about: "provider",
      found: expect.stringMatching(found) as string,
      fix: expect.stringMatching(fix) as string,
    });
  });

  it("but half an answer is one", () => {
    const outcome = { ...lost, reason: "truncated", head: { status: 200, headers: {} } } as const;
    expect(judgeOutcome("https://id.example.com", outcome)).toMatchObject({ kind: "ok" });
  });
});
