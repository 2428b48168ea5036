import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { prepareDevice } from "../../src/grants/device.ts";
import type { GrantRequest } from "../../src/grants/prepared.ts";
import type { OAuthClient } from "../../src/oauth/client.ts";
import { discover } from "../../src/oauth/discovery.ts";
import { revoke } from "../../src/oauth/revocation.ts";
import { refresh } from "../../src/oauth/token.ts";
import type { ProviderDeclaration } from "../../src/providers/generated/provider.ts";
import { providerFromDeclaration } from "../../src/providers/model.ts";
import { Secret } from "../../src/secret.ts";
import { RecordingProgress, SteppingClock } from "../support/grant-ports.ts";
import { granted, missing, reading } from "../support/readings.ts";
import { KEY_KINDS, startStrictOidc } from "./strict-oidc.ts";
import type { StrictOidc } from "./strict-oidc.ts";
import { authorizeVisited, http, prepareVisited } from "./visited.ts";
import { Visitor } from "./visitor.ts";

describe("with oidc-provider, as strict as it can be", () => {
  let server: StrictOidc;

  beforeAll(async () => {
    server = await startStrictOidc();
  });

  afterAll(() => server.close());

  async function wish(client: OAuthClient, departures: ProviderDeclaration = {}): Promise<GrantRequest> {
    const provider = await discover(http, providerFromDeclaration({ issuer: server.issuer, ...departures }));
    return { provider, client, scopes: ["openid", "daily"], redirectUri: undefined, timeoutSeconds: 600 };
  }

  it("a client whose id and secret are full of odd characters is known by form-encoded Basic", async () => {
    const request = await wish(server.odd);
    const tokens = await authorizeVisited(request, server.consent);
    const { refreshToken = missing() } = tokens;
    const second = await granted(await refresh(http, request, refreshToken), request, refreshToken);
    expect(await revoke(http, request, second)).toEqual({ kind: "revoked" });
  });

  it("without the encoding the same client is refused: the test above can fail", async () => {
    const bare = await wish(server.odd, { client_secret_basic_encoding: "none" });
    await expect(authorizeVisited(bare, server.consent)).rejects.toMatchObject({
      code: "client_misconfigured",
    });
  });

  it("a pushed request leaves no more than its name in the browser's address", async () => {
    const request = await wish(server.public);
    let address = "";
    const tokens = await authorizeVisited(request, (url) => {
      address = url;
      return server.consent(url);
    });
    expect([...new URL(address).searchParams.keys()].toSorted()).toEqual(["client_id", "request_uri"]);
    expect(tokens.refreshToken).toBeDefined();
  });

  it("a request that is not pushed is refused: that is why it is pushed", async () => {
    const request = await wish(server.public, { require_pushed_authorization_requests: false });
    const visit = async (url: string) => {
      await new Visitor().open(url);
    };
    await expect(prepareVisited(request, visit)).rejects.toMatchObject({ code: "client_misconfigured" });
  });

  it.each(KEY_KINDS)(
    "a client with a private key (%s) pushes, exchanges, refreshes and revokes by its signature",
    async (kind) => {
      const request = await wish(server.signing[kind]);
      const { refreshToken = missing() } = await authorizeVisited(request, server.consent);
      const second = await granted(await refresh(http, request, refreshToken), request, refreshToken);
      expect(await revoke(http, request, second)).toEqual({ kind: "revoked" });
    },
  );

  it("another's key is refused as the client's fault, and costs no token", async () => {
    const request = await wish(server.signing.ec);
    const { refreshToken = missing() } = await authorizeVisited(request, server.consent);
    const stranger = { ...request, client: { ...request.client, secret: strangersKey() } };
    const refused = await reading(await refresh(http, stranger, refreshToken), stranger);
    expect(refused).toMatchObject({ errorClass: "client_misconfigured", code: "invalid_client" });
    await granted(await refresh(http, request, refreshToken), request, refreshToken);
  });

  it("a refresh token that comes again ends its family", async () => {
    const request = await wish(server.signing.ed25519);
    const { refreshToken: first = missing() } = await authorizeVisited(request, server.consent);
    const second = await granted(await refresh(http, request, first), request, first);
    const dead = { errorClass: "reauthorization_required", code: "invalid_grant" };
    expect(await reading(await refresh(http, request, first), request)).toMatchObject(dead);
    const successor = second.refreshToken ?? missing();
    expect(await reading(await refresh(http, request, successor), request)).toMatchObject(dead);
  });

  it("a device answer without an interval means five seconds, also for a client that signs", async () => {
    const request = await wish(server.signing.rsa);
    const progress = new RecordingProgress();
    const stopped = new Error("enough polls");
    const clock = new SteppingClock((sleep) => {
      if (sleep === 3) throw stopped;
    });
    const prepared = await prepareDevice(request, { http, clock, progress });
    await expect(prepared.burn()).rejects.toBe(stopped);
    expect(clock.sleptSeconds).toEqual([5, 5, 5]);
  });
});

/** A good key, which is registered nowhere. */
function strangersKey(): Secret {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return new Secret(privateKey.export({ type: "pkcs8", format: "pem" }).toString());
}
