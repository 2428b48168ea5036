import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loopbackListener } from "../../src/adapters/loopback-listener.ts";
import { refresh as refreshAll } from "../../src/commands/refresh.ts";
import type { GrantRequest } from "../../src/grants/prepared.ts";
import { isWellFormed } from "../../src/oauth/answer.ts";
import type { OAuthClient } from "../../src/oauth/client.ts";
import { discover } from "../../src/oauth/discovery.ts";
import { revoke } from "../../src/oauth/revocation.ts";
import { refresh } from "../../src/oauth/token.ts";
import type { Exchange } from "../../src/oauth/token.ts";
import { verify } from "../../src/oauth/verification.ts";
import type { HttpClient } from "../../src/ports.ts";
import { providerFromDeclaration } from "../../src/providers/model.ts";
import { granted, missing, reading } from "../support/readings.ts";
import { World } from "../support/world.ts";
import { HAS_DJANGO, startDjango } from "./django.ts";
import type { DjangoServer } from "./django.ts";
import { authorizeVisited, http } from "./visited.ts";

const WHY = HAS_DJANGO ? "" : " (skipped: Debian's python3-django-oauth-toolkit is not installed)";
const FORCED = { names: [], when: "forced", probe: "not_asked", effect: "real" } as const;

async function wish(server: DjangoServer, client: OAuthClient): Promise<GrantRequest> {
  const { issuer, resource } = server;
  const declared = {
    issuer,
    verification_endpoint: resource,
    revocation_endpoint: `${issuer}/revoke_token/`,
    loopback_redirect: "any_port_ip_literal",
  } as const;
  const provider = await discover(http, providerFromDeclaration(declared));
  return { provider, client, scopes: ["daily"], redirectUri: undefined, timeoutSeconds: 60 };
}

function statusOf(exchange: Exchange): number | undefined {
  return exchange.kind === "answered" ? exchange.raw.status : undefined;
}

describe.skipIf(!HAS_DJANGO)(`with django-oauth-toolkit${WHY}`, () => {
  let rotating: DjangoServer;
  let withGrace: DjangoServer;
  let keeping: DjangoServer;

  beforeAll(async () => {
    [rotating, withGrace, keeping] = await Promise.all([
      startDjango({}),
      startDjango({ REFRESH_TOKEN_GRACE_PERIOD_SECONDS: 600 }),
      startDjango({ ROTATE_REFRESH_TOKEN: false }),
    ]);
  });

  afterAll(() => Promise.all([rotating.close(), withGrace.close(), keeping.close()]));

  it("metadata is found behind a redirection to a slash", async () => {
    const { issuer } = rotating;
    const direct = await http.send({
      method: "GET",
      url: `${issuer}/.well-known/openid-configuration`,
      headers: {},
    });
    expect(direct).toMatchObject({ status: 301 });
    const { provider } = await wish(rotating, rotating.public);
    expect(provider.metadata).toMatchObject({
      token_endpoint: `${issuer}/token/`,
      token_endpoint_auth_methods_supported: ["client_secret_post", "client_secret_basic"],
    });
  });

  it.each(["client_secret_post", "client_secret_basic"] as const)(
    "a code is exchanged with PKCE and %s, and its token works",
    async (authMethod) => {
      const request = await wish(rotating, { ...rotating.confidential, authMethod });
      const tokens = await authorizeVisited(request, rotating.consent);
      expect(tokens.scope).toEqual(["daily"]);
      expect(await verify(http, request, tokens.accessToken)).toEqual({ kind: "works" });
    },
  );

  it("a rotated refresh token is refused when it comes again, and its successor lives on", async () => {
    const request = await wish(rotating, rotating.public);
    const { refreshToken: first = missing() } = await authorizeVisited(request, rotating.consent);
    const second = await granted(await refresh(http, request, first), request, first);
    const again = await reading(await refresh(http, request, first), request, first);
    expect(again).toMatchObject({ errorClass: "reauthorization_required", code: "invalid_grant" });
    const successor = second.refreshToken ?? missing();
    const third = await granted(await refresh(http, request, successor), request, successor);
    expect(await verify(http, request, third.accessToken)).toEqual({ kind: "works" });
  });

  it("without rotation the refresh token stays", async () => {
    const request = await wish(keeping, keeping.confidential);
    const { refreshToken: first = missing() } = await authorizeVisited(request, keeping.consent);
    const second = await granted(await refresh(http, request, first), request, first);
    expect(second.refreshToken?.reveal()).toBe(first.reveal());
  });

  it("within the grace period a used refresh token brings the same tokens again", async () => {
    const request = await wish(withGrace, withGrace.public);
    const { refreshToken: first = missing() } = await authorizeVisited(request, withGrace.consent);
    const second = await granted(await refresh(http, request, first), request, first);
    const again = await granted(await refresh(http, request, first), request, first);
    expect(again.refreshToken?.reveal()).toBe(second.refreshToken?.reveal());
    expect(again.accessToken.reveal()).toBe(second.accessToken.reveal());
    expect(second.refreshToken?.reveal()).not.toBe(first.reveal());
  });

  it("of two refreshes at once one gets a 500, which is no word on the token, and then the other's tokens", async () => {
    const request = await wish(withGrace, withGrace.public);
    const { refreshToken: first = missing() } = await authorizeVisited(request, withGrace.consent);
    await withGrace.arm();
    const both = await Promise.all([refresh(http, request, first), refresh(http, request, first)]);
    await withGrace.disarm();
    const [winner = missing(), loser = missing()] = both.toSorted(
      (left, right) => (statusOf(left) ?? 0) - (statusOf(right) ?? 0),
    );
    expect([winner, loser].map(statusOf)).toEqual([200, 500]);
    if (loser.kind !== "answered") throw new Error(loser.kind);
    expect(isWellFormed(loser.raw, request.provider)).toBe(false);
    expect(await reading(loser, request)).toMatchObject({ errorClass: "transient", code: "http_500" });
    const won = await granted(winner, request, first);
    const again = await granted(await refresh(http, request, first), request, first);
    expect(again.refreshToken?.reveal()).toBe(won.refreshToken?.reveal());
  });

  it("a revoked grant is gone", async () => {
    const request = await wish(rotating, rotating.confidential);
    const tokens = await authorizeVisited(request, rotating.consent);
    expect(await revoke(http, request, tokens)).toEqual({ kind: "revoked" });
    expect(await verify(http, request, tokens.accessToken)).not.toEqual({ kind: "works" });
    const dead = await reading(await refresh(http, request, tokens.refreshToken ?? missing()), request);
    expect(dead).toMatchObject({ errorClass: "reauthorization_required" });
  });

  it("an answer that was lost within the grace period is fetched again, and nobody has to authorize", async () => {
    const world = await worldAt(withGrace);
    let lost = 0;
    const losing = (real: HttpClient): HttpClient => ({
      async send(request) {
        const outcome = await real.send(request);
        if (!request.url.endsWith("/token/") || (lost += 1) > 1) return outcome;
        return { kind: "lost", reason: "reset", partial: new Uint8Array() };
      },
    });
    const report = await world.within({}, ({ ports }) =>
      refreshAll({ ...ports, http: losing(ports.http) }, FORCED),
    );
    expect(lost).toBe(2);
    expect(report.results).toMatchObject([{ outcome: "refreshed" }]);
    expect(await world.refresh({ when: "forced" })).toMatchObject({ results: [{ outcome: "refreshed" }] });
    const headers = { authorization: `Bearer ${world.output("REAL_ACCESS_TOKEN") ?? ""}` };
    expect((await fetch(withGrace.resource, { headers })).status).toBe(200);
  });
});

/** A world with one credential, which Ada has authorized at a server with a grace period. */
async function worldAt({ issuer, consent }: DjangoServer): Promise<World> {
  const world = await World.create();
  world.declarations.set(
    "real",
    `version: 1
name: real
grant: authorization_code
provider:
  issuer: ${issuer}
  rotation: grace
  rotation_grace_seconds: 600
  loopback_redirect: any_port_ip_literal
client:
  id: public
scopes: [daily]
outputs:
  REAL_ACCESS_TOKEN: access_token
`,
  );
  const browser = { open: (url: string) => consent(url).then(() => true) };
  const report = await world.authorize("real", { ports: { listener: loopbackListener, browser } });
  expect(report.results).toMatchObject([{ outcome: "authorized" }]);
  return world;
}
