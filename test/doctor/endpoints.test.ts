import { describe, expect, it, test } from "vitest";
import { discoveryChecks } from "../../src/doctor/discovery.ts";
import { endpointsCheck } from "../../src/doctor/endpoints.ts";
import { perform } from "../../src/doctor/finding.ts";
import type { Credential } from "../../src/declaration/credential.ts";
import type { HttpClient, HttpOutcome } from "../../src/ports.ts";
import type { ProviderDeclaration } from "../../src/providers/generated/provider.ts";
import { departing, json, metadataWithout, ScriptedHttp, text } from "../support/scripted-http.ts";
import { aSubject } from "./subject.ts";

const [OURA] = aSubject().credentials;
const DOWN = { kind: "not_sent", reason: "refused" } as const;

function at(
  declaration: ProviderDeclaration = {},
  grant: Credential["grant"] = "authorization_code",
): Credential {
  if (OURA === undefined) throw new Error("no credential");
  return { ...OURA, grant, provider: departing(declaration) };
}

/** Answers every address alike, and remembers which were asked for. */
class Everywhere implements HttpClient {
  readonly urls: string[] = [];
  readonly #outcome: HttpOutcome;

  constructor(outcome: HttpOutcome = json(405, {})) {
    this.#outcome = outcome;
  }

  async send({ method, url, body }: Parameters<HttpClient["send"]>[0]): Promise<HttpOutcome> {
    expect([method, body]).toEqual(["GET", undefined]);
    this.urls.push(url);
    return this.#outcome;
  }
}

async function pathsFor(credential: Credential): Promise<readonly string[]> {
  const http = new Everywhere();
  await endpointsCheck(credential, http).run();
  return http.urls.map((url) => new URL(url).pathname);
}

describe("the endpoints that are asked for are those that the credential would use:", () => {
  it("by authorization code", async () => {
    expect(await pathsFor(at())).toEqual(["/authorize", "/token", "/revoke", "/me"]);
  });

  it("by device code", async () => {
    const device_token_endpoint = "https://id.example.com/poll";
    expect(await pathsFor(at({ device_token_endpoint }, "device_code"))).toEqual([
      "/device",
      "/poll",
      "/token",
      "/revoke",
      "/me",
    ]);
  });

  it("by client credentials", async () => {
    const refresh_endpoint = "https://id.example.com/refresh";
    expect(await pathsFor(at({ refresh_endpoint }, "client_credentials"))).toEqual([
      "/token",
      "/revoke",
      "/me",
    ]);
  });

  it("where requests are pushed, tokens exchanged, and refreshed elsewhere", async () => {
    const paths = await pathsFor(
      at({
        pushed_authorization_request_endpoint: "https://id.example.com/par",
        require_pushed_authorization_requests: true,
        refresh_endpoint: "https://id.example.com/refresh",
        exchange_endpoint: "https://id.example.com/exchange",
        exchange_request: { grant_type: "fb_exchange_token" },
      }),
    );
    expect(paths).toEqual(["/authorize", "/par", "/exchange", "/token", "/refresh", "/revoke", "/me"]);
  });

  it("of each generation, and none twice", async () => {
    const generations = [
      { issuer: "https://id.example.com/v2", token_endpoint: "https://id.example.com/v2/token" },
    ];
    expect(await pathsFor(at({ generations }))).toEqual([
      "/authorize",
      "/token",
      "/revoke",
      "/me",
      "/v2/token",
    ]);
  });
});

test("any answer proves that an endpoint is reached, and what is not is told by its name", async () => {
  const well = await perform(endpointsCheck(at(), new Everywhere(json(500, {}))));
  expect(well).toMatchObject([
    { kind: "ok", about: "endpoint", found: "authorization: https://id.example.com answers" },
    { kind: "ok", found: "token: https://id.example.com answers" },
    { kind: "ok" },
    { kind: "ok", found: "verification: https://api.example.com answers" },
  ]);
  const down = await perform(endpointsCheck(at(), new Everywhere(DOWN)));
  expect(down[1]).toMatchObject({
    kind: "unreachable",
    found: "token: https://id.example.com takes no connection",
  });
});

test("an endpoint that nobody declares, and discovery does not name, is a failure", async () => {
  const credential = at({}, "device_code");
  const metadata = metadataWithout("device_authorization_endpoint");
  const found = json(200, { issuer: metadata.issuer, token_endpoint: metadata.token_endpoint });
  const http: HttpClient = {
    send: async ({ url }) => (url.includes(".well-known") ? found : json(405, {})),
  };
  const provider = { ...credential.provider, metadata, grants: ["device_code"] } as const;
  const findings = await perform(endpointsCheck({ ...credential, provider }, http));
  expect(findings.filter(({ kind }) => kind !== "ok")).toMatchObject([
    { kind: "failure", found: "Example has no device_authorization_endpoint for device_code" },
  ]);
});

describe("discovery", () => {
  const compare = async (http: HttpClient, credential = at()) =>
    (await Promise.all(discoveryChecks(credential, http).map(perform))).flat();
  const metadata = departing({}).metadata;

  it("is asked though every endpoint is declared, and may agree", async () => {
    const http = new ScriptedHttp(json(200, metadata));
    expect(await compare(http)).toEqual([
      { kind: "ok", about: "discovery", found: "agrees with what https://id.example.com publishes" },
    ]);
    expect(http.requests).toHaveLength(1);
  });

  it("tells of each field that does not agree", async () => {
    const moved = { ...metadata, token_endpoint: "https://new.example.com/token", scopes_supported: ["x"] };
    expect(await compare(new ScriptedHttp(json(200, moved)))).toMatchObject([
      { kind: "warning", about: "discovery", found: expect.stringMatching(/^token_endpoint: /) as string },
      { kind: "warning", found: "scopes_supported: daily is declared, and not published" },
    ]);
  });

  it("of another issuer is a failure", async () => {
    const other = json(200, { ...metadata, issuer: "https://evil.example" });
    const [finding] = await compare(new ScriptedHttp(other, other));
    expect(finding).toMatchObject({
      kind: "failure",
      found: expect.stringContaining("another issuer") as string,
    });
    expect(JSON.stringify(finding)).not.toContain("evil");
  });

  it("that is not there leaves nothing to compare with", async () => {
    expect(await compare(new ScriptedHttp(text(404, ""), text(404, "")))).toEqual([
      {
        kind: "skipped",
        about: "discovery",
        found: "https://id.example.com publishes no metadata to compare with",
      },
    ]);
  });

  it("that does not answer is down, one that is too long too", async () => {
    const long = { kind: "lost", reason: "too_large", partial: Buffer.from("{") } as const;
    for (const outcome of [DOWN, long]) {
      expect(await compare(new ScriptedHttp(outcome, outcome, outcome))).toMatchObject([
        { kind: "unreachable" },
      ]);
    }
  });

  it("of a provider without an issuer is not asked for", async () => {
    const credential = at();
    const provider = { ...credential.provider, metadata: metadataWithout("issuer") };
    expect(await compare(new ScriptedHttp(), { ...credential, provider })).toMatchObject([
      { kind: "skipped" },
    ]);
  });

  it("is asked of each generation", async () => {
    const generations = [
      { issuer: "https://id.example.com/v2", token_endpoint: "https://id.example.com/v2/token" },
    ];
    const v2 = {
      ...metadata,
      issuer: "https://id.example.com/v2",
      token_endpoint: "https://id.example.com/v3/token",
    };
    const http: HttpClient = {
      send: async ({ url }) => json(200, url.includes("/v2") ? v2 : metadata),
    };
    expect(await compare(http, at({ generations }))).toMatchObject([
      { kind: "ok" },
      { kind: "warning", found: expect.stringContaining("/v3/token is published") as string },
    ]);
  });
});

it("an address where nothing is, is told with its path, where a request by GET says so", async () => {
  const findings = await endpointsCheck(at(), new Everywhere(text(404, ""))).run();
  expect(findings.map(({ kind, found }) => [kind, found])).toEqual([
    ["warning", "authorization: https://id.example.com has nothing at /authorize (404)"],
    ["ok", "token: https://id.example.com answers"],
    ["ok", "revocation: https://id.example.com answers"],
    ["warning", "verification: https://api.example.com has nothing at /me (404)"],
  ]);
});
