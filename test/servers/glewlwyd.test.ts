import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loopbackListener } from "../../src/adapters/loopback-listener.ts";
import { refresh as refreshAll } from "../../src/commands/refresh.ts";
import { prepareClientCredentials } from "../../src/grants/client-credentials.ts";
import { prepareDevice } from "../../src/grants/device.ts";
import type { GrantRequest } from "../../src/grants/prepared.ts";
import { isWellFormed } from "../../src/oauth/answer.ts";
import { discover } from "../../src/oauth/discovery.ts";
import { revoke } from "../../src/oauth/revocation.ts";
import { refresh } from "../../src/oauth/token.ts";
import { verify } from "../../src/oauth/verification.ts";
import type { SecretSource } from "../../src/ports.ts";
import type { ProviderDeclaration } from "../../src/providers/generated/provider.ts";
import { providerFromDeclaration } from "../../src/providers/model.ts";
import { Secret } from "../../src/secret.ts";
import { RecordingProgress, SteppingClock } from "../support/grant-ports.ts";
import { granted, missing, reading } from "../support/readings.ts";
import { World } from "../support/world.ts";
import { HAS_GLEWLWYD, ODD_CLIENT, startGlewlwyd } from "./glewlwyd.ts";
import type { Glewlwyd } from "./glewlwyd.ts";
import { authorizeVisited, http, prepareVisited } from "./visited.ts";

/** How glewlwyd departs from RFC 6749 §2.3.1. */
const BARE_BASIC: ProviderDeclaration = { client_secret_basic_encoding: "none" };
const WHY = HAS_GLEWLWYD ? "" : " (skipped: Debian's glewlwyd and sqlite3 are not installed)";

describe.skipIf(!HAS_GLEWLWYD)(`with glewlwyd${WHY}`, () => {
  let server: Glewlwyd;

  beforeAll(async () => {
    server = await startGlewlwyd();
  });

  afterAll(() => server.close());

  async function wish(departures: ProviderDeclaration = BARE_BASIC): Promise<GrantRequest> {
    const { issuer, redirectUri } = server;
    const declared: ProviderDeclaration = {
      issuer,
      verification_endpoint: `${issuer}/userinfo`,
      ...departures,
    };
    return {
      provider: await discover(http, providerFromDeclaration(declared)),
      client: { id: ODD_CLIENT.id, secret: new Secret(ODD_CLIENT.secret), authMethod: "client_secret_basic" },
      scopes: ["daily"],
      redirectUri,
      timeoutSeconds: 60,
    };
  }

  it("a code is exchanged with Basic that nobody encoded, and its bearer tokens are in lower case", async () => {
    const request = await wish();
    const tokens = await authorizeVisited(request, server.consent);
    expect(tokens).toMatchObject({ tokenType: "bearer", scope: ["daily"] });
    expect(tokens.refreshToken).toBeDefined();
    expect(await verify(http, request, tokens.accessToken)).toEqual({ kind: "works" });
  });

  it("Basic in a form's encoding is refused without a word: that is why it is declared", async () => {
    const request = await wish({});
    const exchange = await prepareClientCredentials(request, { http }).burn();
    expect(exchange).toMatchObject({ kind: "answered", raw: { status: 403, body: "" } });
    expect(await reading(exchange, request)).toMatchObject({ kind: "error", code: "http_403" });
    const asDeclared = await wish();
    const right = await prepareClientCredentials(asDeclared, { http }).burn();
    expect(await granted(right, asDeclared)).toMatchObject({ refreshToken: undefined });
  });

  it("a code that was used gets a 403 and a word of glewlwyd's own, whose meaning can be declared", async () => {
    const request = await wish();
    const prepared = await prepareVisited(request, server.consent);
    await granted(await prepared.burn(), request);
    const exchange = await prepared.burn();
    expect(exchange).toMatchObject({ raw: { status: 403, body: '{"error":"invalid_code"}' } });
    expect(await reading(exchange, request)).toMatchObject({ code: "unregistered_error" });
    const declared = await wish({
      ...BARE_BASIC,
      errors: [{ error: "invalid_code", means: "reauthorization_required" }],
    });
    expect(await reading(exchange, declared)).toMatchObject({ errorClass: "reauthorization_required" });
  });

  it("a used refresh token gets an empty 400, which says nothing, and ends the grant", async () => {
    const request = await wish();
    const { refreshToken: first = missing() } = await authorizeVisited(request, server.consent);
    const second = await granted(await refresh(http, request, first), request, first);
    const third = second.refreshToken ?? missing();
    expect(third.reveal()).not.toBe(first.reveal());

    const again = await refresh(http, request, first);
    if (again.kind !== "answered") throw new Error(again.kind);
    expect(again.raw).toMatchObject({ status: 400, body: "" });
    expect(isWellFormed(again.raw, request.provider)).toBe(false);
    const successor = await refresh(http, request, third);
    expect(successor).toMatchObject({ raw: { status: 400, body: "" } });
  });

  it("an empty 400 is a lost answer to a run: it keeps the token, and tells its owner what to do", async () => {
    const world = await World.create();
    world.declarations.set("real", declarationAt(server));
    const secrets = { read: () => new Secret(ODD_CLIENT.secret) };
    const browser = { open: (url: string) => server.consent(url).then(() => true) };
    await world.authorize("real", { ports: { listener: loopbackListener, browser, secrets } });
    const run = () =>
      world.within({}, ({ ports }) => refreshAll({ ...ports, secrets: withSecret(ports.secrets) }, FORCED));
    expect(await run()).toMatchObject({ results: [{ outcome: "refreshed" }] });

    server.forgetRefreshTokens();
    const hint: unknown = expect.stringContaining("run: sealring authorize real");
    expect(await run()).toMatchObject({ results: [{ outcome: "ambiguous", hint }] });
    expect(world.entry("real")).toMatchObject({ phase: "ambiguous", error: { code: "http_400" } });
  });

  it("an empty 400 whose meaning is declared says that the grant is dead", async () => {
    const errors = [{ status: 400, body: "empty", means: "reauthorization_required" } as const];
    const request = await wish({ ...BARE_BASIC, errors });
    const { refreshToken: first = missing() } = await authorizeVisited(request, server.consent);
    await granted(await refresh(http, request, first), request, first);
    const again = await refresh(http, request, first);
    if (again.kind !== "answered") throw new Error(again.kind);
    expect(isWellFormed(again.raw, request.provider)).toBe(true);
    expect(await reading(again, request)).toMatchObject({ errorClass: "reauthorization_required" });
  });

  it("a device that asks too soon hears slow_down, waits longer, and gets its tokens", async () => {
    const request = await wish();
    const progress = new RecordingProgress();
    // To the server no time passes while this clock sleeps, so the second poll comes too soon.
    const clock = new SteppingClock(async (sleep) => {
      if (sleep !== 3) return;
      server.passMinute();
      const [, code = missing()] = /^and enter the code (\S+)$/m.exec(progress.lines.join("\n")) ?? [];
      await server.consent(`${server.issuer}/device?code=${code}`);
    });
    const prepared = await prepareDevice({ ...request, timeoutSeconds: 600 }, { http, clock, progress });
    expect((await granted(await prepared.burn(), request)).refreshToken).toBeDefined();
    expect(clock.sleptSeconds).toEqual([5, 5, 10]);
  });

  it("a revoked grant is gone: of its refresh token glewlwyd says no more than an empty 400", async () => {
    const request = await wish();
    const tokens = await authorizeVisited(request, server.consent);
    expect(await revoke(http, request, tokens)).toEqual({ kind: "revoked" });
    expect(await verify(http, request, tokens.accessToken)).toEqual({ kind: "refused" });
    const exchange = await refresh(http, request, tokens.refreshToken ?? missing());
    expect(exchange).toMatchObject({ raw: { status: 400, body: "" } });
  });
});

const FORCED = { names: [], when: "forced", probe: "not_asked", effect: "real" } as const;

function declarationAt({ issuer, redirectUri }: Glewlwyd): string {
  return `version: 1
name: real
grant: authorization_code
provider:
  issuer: ${issuer}
  client_secret_basic_encoding: none
  rotation: single_use
  reuse: revokes_family
client:
  id: ${ODD_CLIENT.id}
  secret: REAL_CLIENT_SECRET
  token_endpoint_auth_method: client_secret_basic
redirect_uri: ${redirectUri}
scopes: [daily]
outputs:
  REAL_ACCESS_TOKEN: access_token
`;
}

/** What a job was given, and the client's secret. */
function withSecret(given: SecretSource): SecretSource {
  return {
    read: (name) => (name === "REAL_CLIENT_SECRET" ? new Secret(ODD_CLIENT.secret) : given.read(name)),
  };
}
