import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createHttpClient } from "../../src/adapters/http-client.ts";
import { loopbackListener } from "../../src/adapters/loopback-listener.ts";
import { prepareClientCredentials } from "../../src/grants/client-credentials.ts";
import { prepareDevice } from "../../src/grants/device.ts";
import { prepareLoopback } from "../../src/grants/loopback.ts";
import type { LoopbackPorts } from "../../src/grants/loopback.ts";
import { preparePaste } from "../../src/grants/paste.ts";
import type { GrantRequest } from "../../src/grants/prepared.ts";
import type { OAuthClient } from "../../src/oauth/client.ts";
import { discover } from "../../src/oauth/discovery.ts";
import { revoke } from "../../src/oauth/revocation.ts";
import { refresh } from "../../src/oauth/token.ts";
import type { TokenSet } from "../../src/oauth/token-set.ts";
import { verify } from "../../src/oauth/verification.ts";
import type { Prompt } from "../../src/ports.ts";
import type { Provider } from "../../src/providers/provider.ts";
import { launchBrowser } from "../support/browser.ts";
import { realClock, realRandom, RecordingProgress, SteppingClock } from "../support/grant-ports.ts";
import { NOBODY } from "../../src/commands/nobody.ts";
import { signInAndConsent, startOidcServer } from "../support/oidc-server.ts";
import type { OidcServer } from "../support/oidc-server.ts";
import { granted, missing, reading } from "../support/readings.ts";

const http = createHttpClient({ env: {} });
let server: OidcServer;
let browser: Browser;
let provider: Provider;

beforeAll(async () => {
  [server, browser] = await Promise.all([startOidcServer(), launchBrowser()]);
  provider = await discover(http, server.provider);
});

afterAll(async () => {
  await browser.close();
  await server.close();
});

/** Each person has a browser profile of their own, or consent would be remembered. */
async function inFreshProfile<Result>(
  use: (page: Awaited<ReturnType<Browser["newPage"]>>) => Promise<Result>,
): Promise<Result> {
  const profile = await browser.newContext();
  const page = await profile.newPage();
  page.setDefaultTimeout(20_000);
  const result = await use(page);
  await profile.close();
  return result;
}

function wish(client: OAuthClient, more: Partial<GrantRequest> = {}): GrantRequest {
  return {
    provider,
    client,
    scopes: ["openid", "daily"],
    redirectUri: undefined,
    timeoutSeconds: 60,
    ...more,
  };
}

function loopbackPorts(
  open: (url: string) => Promise<void>,
): LoopbackPorts & { progress: RecordingProgress } {
  return {
    http,
    clock: realClock,
    random: realRandom,
    listener: loopbackListener,
    progress: new RecordingProgress(),
    browser: { open: (url) => open(url).then(() => true) },
  };
}

/** Authorizes through the loopback listener with the real browser; gives what the person saw last, too. */
async function authorize(client: OAuthClient): Promise<{ tokens: TokenSet; seen: string }> {
  let seen = "";
  const ports = loopbackPorts((url) =>
    inFreshProfile(async (page) => {
      await page.goto(url);
      await signInAndConsent(page);
      seen = await page.getByRole("main").innerText();
    }),
  );
  const prepared = await prepareLoopback(wish(client), ports);
  return { tokens: await granted(await prepared.burn(), wish(client)), seen };
}

describe("with a real authorization server and a real browser", () => {
  it.each(["basic", "post", "public"] as const)(
    "the code grant with PKCE runs through the loopback listener for the %s client",
    async (name) => {
      const before = server.authentications.length;
      const { tokens, seen } = await authorize(server.clients[name]);
      expect(seen).toContain("You can close this tab");
      expect(tokens.refreshToken).toBeDefined();
      expect(tokens.idToken).toBeDefined();
      expect(tokens.scope).toEqual(["openid", "daily"]);
      const party = { provider, client: server.clients[name] };
      expect(await verify(http, party, tokens.accessToken)).toEqual({ kind: "works" });
      // With both on offer, the body is preferred.
      expect(server.authentications.slice(before)).toEqual([name === "public" ? "none" : "post"]);
    },
  );

  it("a server that takes Basic only gets Basic", async () => {
    const { basic } = server.clients;
    const { tokens } = await authorize(basic);
    const basicOnly = {
      ...provider,
      metadata: { ...provider.metadata, token_endpoint_auth_methods_supported: ["client_secret_basic"] },
    };
    const exchange = await refresh(
      http,
      { provider: basicOnly, client: basic },
      tokens.refreshToken ?? missing(),
    );
    expect(await reading(exchange, wish(basic))).toMatchObject({ kind: "tokens" });
    expect(server.authentications.at(-1)).toBe("basic");
  });

  it("a person who cancels gets a page that says so, and the command an access_denied", async () => {
    let seen = "";
    const ports = loopbackPorts((url) =>
      inFreshProfile(async (page) => {
        await page.goto(url);
        await page.getByRole("link", { name: "Cancel" }).click();
        seen = await page.getByRole("main").innerText();
      }),
    );
    await expect(prepareLoopback(wish(server.clients.post), ports)).rejects.toMatchObject({
      code: "reauthorization_required",
      message: "oidc-provider refused the authorization (access_denied)",
    });
    expect(seen).toContain("Access was refused");
  });

  it("a redirect of another issuer is refused before its code is burned", async () => {
    const mixedUp = { ...provider, metadata: { ...provider.metadata, issuer: "https://other.example" } };
    const ports = loopbackPorts((url) =>
      inFreshProfile(async (page) => {
        await page.goto(url);
        await signInAndConsent(page);
      }),
    );
    const prepared = prepareLoopback(wish(server.clients.post, { provider: mixedUp }), ports);
    await expect(prepared).rejects.toMatchObject({ code: "provider_drift" });
  });

  it("the address that the browser ended up at can be pasted, though nothing listens there", async () => {
    const { post } = server.clients;
    const progress = new RecordingProgress();
    const landed = (): Promise<string> =>
      inFreshProfile(async (page) => {
        const redirected = page.waitForRequest((asked) =>
          asked.url().startsWith("http://127.0.0.1:8484/callback?"),
        );
        await page.goto(progress.lines[1] ?? "");
        // The last click ends on a page that cannot be loaded.
        const [request] = await Promise.all([redirected, signInAndConsent(page)]);
        return request.url();
      });
    const prompt: Prompt = {
      ...NOBODY,
      interactive: true,
      text: landed,
      hidden: missing,
      confirm: missing,
    };
    const ports = { http, clock: realClock, random: realRandom, prompt, progress };
    const prepared = await preparePaste(wish(post), ports);
    expect((await granted(await prepared.burn(), wish(post))).refreshToken).toBeDefined();
  });

  it("the device grant goes on when the person has entered the code in a browser", async () => {
    const client = server.clients.public;
    const progress = new RecordingProgress();
    const clock = new SteppingClock(async (sleep) => {
      if (sleep !== 2) return;
      const [, verificationUri, userCode] =
        /^Open (\S+) on any device\nand enter the code (\S+)$/m.exec(progress.lines.join("\n")) ?? [];
      await inFreshProfile(async (page) => {
        await page.goto(verificationUri ?? "");
        await page.getByPlaceholder("Enter code").fill(userCode ?? "");
        await page.getByRole("button", { name: "Continue" }).click();
        await page.getByText("The following code should be displayed on your device").waitFor();
        await page.getByRole("button", { name: "Continue" }).click();
        await signInAndConsent(page);
        await page.getByText("Sign-in Success").waitFor();
      });
    });
    const prepared = await prepareDevice(wish(client, { timeoutSeconds: 600 }), { http, clock, progress });
    expect(progress.lines).toEqual([]);
    expect((await granted(await prepared.burn(), wish(client))).refreshToken).toBeDefined();
    expect(clock.sleptSeconds).toEqual([5, 5]);
  });

  it("a job without a person gets its token with its own credentials", async () => {
    const { post } = server.clients;
    const prepared = prepareClientCredentials(wish(post, { scopes: [] }), { http });
    const tokens = await granted(await prepared.burn(), wish(post));
    expect(tokens.refreshToken).toBeUndefined();
  });

  it("a refresh token works once: used again, the grant is dead, and a person is needed", async () => {
    const { post } = server.clients;
    const party = { provider, client: post };
    const { tokens: first } = await authorize(post);
    const old = first.refreshToken ?? missing();
    const second = await granted(await refresh(http, party, old), party, old);
    expect(second.refreshToken?.reveal()).not.toBe(old.reveal());

    const dead = { kind: "error", errorClass: "reauthorization_required", code: "invalid_grant" };
    expect(await reading(await refresh(http, party, old), party, old)).toMatchObject(dead);
    const successor = second.refreshToken ?? missing();
    expect(await reading(await refresh(http, party, successor), party, successor)).toMatchObject(dead);
  });

  it("a revoked grant is gone: neither its access token nor its refresh token works", async () => {
    const { post } = server.clients;
    const party = { provider, client: post };
    const { tokens } = await authorize(post);
    expect(await revoke(http, party, tokens)).toEqual({ kind: "revoked" });
    expect(await verify(http, party, tokens.accessToken)).toEqual({ kind: "refused" });
    const exchange = await refresh(http, party, tokens.refreshToken ?? missing());
    expect(await reading(exchange, party)).toMatchObject({ code: "invalid_grant" });
  });

  it("an issuer that is not written as the server writes it is refused", async () => {
    const slash = { ...server.provider, metadata: { issuer: `${server.issuer}/` } };
    await expect(discover(http, slash)).rejects.toMatchObject({ code: "provider_drift" });
  });
});
