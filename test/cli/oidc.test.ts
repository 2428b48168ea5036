import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestContext } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { CANARIES } from "../support/canary.ts";
import { documentOf } from "../support/cli.ts";
import type { Ended, Running } from "../support/cli.ts";
import { ENVELOPES, OUTPUTS, World } from "../support/cli-world.ts";
import { signInAndConsent, startOidcServer } from "../support/oidc-server.ts";
import type { OidcServer } from "../support/oidc-server.ts";

let server: OidcServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startOidcServer(), launchBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await server.close();
});

interface Declared {
  readonly client: keyof OidcServer["clients"];
  readonly grant?: string;
  /** More of the provider, in YAML. */
  readonly provider?: string;
}

/** A world with one more credential, at a server that is declared by its issuer alone. */
async function worldWith(
  test: TestContext,
  { client, grant = "authorization_code", provider = "" }: Declared,
): Promise<World> {
  const world = await World.forTest(test);
  const secret = client === "public" ? "" : "  secret: OIDC_CLIENT_SECRET\n";
  world.write(
    "credentials/real.yaml",
    `version: 1
name: real
provider:
  issuer: ${server.issuer}
${provider}grant: ${grant}
client:
  id: ${client}
${secret}scopes: [openid, daily]
outputs:
  REAL_ACCESS_TOKEN: access_token
  REAL_EXPIRES_AT: expires_at
`,
  );
  return world;
}

/** Each person has a browser profile of their own, or consent would be remembered. */
async function inFreshProfile(use: (page: Page) => Promise<unknown>): Promise<void> {
  const profile = await browser.newContext();
  const page = await profile.newPage();
  page.setDefaultTimeout(20_000);
  await use(page);
  await profile.close();
}

function startAuthorizing(world: World): Running {
  const args = ["authorize", "real", "--no-browser", "--json"];
  return world.start(args, { ...world.person(), OIDC_CLIENT_SECRET: CANARIES.clientSecret });
}

async function authorizeInBrowser(world: World): Promise<Ended> {
  const running = startAuthorizing(world);
  const address = await running.prints(/^(http:\S+code_challenge_method=S256\S*)$/m);
  await inFreshProfile(async (page) => {
    await page.goto(address);
    await signInAndConsent(page);
    await page.getByText("You can close this tab").waitFor();
  });
  return running.ended;
}

/** The live tokens, as a job reads them. */
function liveTokens(world: World): { readonly access_token: string; readonly refresh_token: string } {
  const envelope = world.github.revealSecret(ENVELOPES, "SEALRING_CREDENTIAL_REAL") ?? "";
  const { answer } = JSON.parse(envelope) as { readonly answer: { readonly body: string } };
  const tokens = JSON.parse(answer.body) as ReturnType<typeof liveTokens>;
  world.sightings.add(tokens.access_token, tokens.refresh_token);
  return tokens;
}

const refresh = (world: World) => world.inJob(["refresh", "real", "--force", "--json"]);

async function statusAtProvider(token: string): Promise<number> {
  return (await fetch(`${server.issuer}/me`, { headers: { authorization: `Bearer ${token}` } })).status;
}

async function sendRefreshToken(token: string): Promise<number> {
  const form = {
    grant_type: "refresh_token",
    refresh_token: token,
    client_id: "post",
    client_secret: CANARIES.clientSecret,
  };
  return (await fetch(`${server.issuer}/token`, { method: "POST", body: new URLSearchParams(form) })).status;
}

describe("with an authorization server that nobody here wrote, and a real browser", () => {
  it.for(["basic", "post"] as const)(
    "a credential of an issuer alone lives, and its client authenticates by client_secret_%s",
    async (client, test) => {
      const provider = `  token_endpoint_auth_methods_supported: [client_secret_${client}]\n`;
      const world = await worldWith(test, { client, provider });
      const before = server.authentications.length;
      const authorized = await authorizeInBrowser(world);
      expect(authorized.exit).toBe(0);
      expect(documentOf(authorized).results).toMatchObject([{ outcome: "authorized", scopes_missing: [] }]);
      const first = liveTokens(world);
      expect(world.output("REAL_ACCESS_TOKEN")).toBe(first.access_token);
      expect(Date.parse(world.output("REAL_EXPIRES_AT"))).toBeGreaterThan(world.clock.now().getTime());

      expect(documentOf(await refresh(world)).results).toMatchObject([
        { outcome: "refreshed", generation: 2 },
      ]);
      const second = liveTokens(world);
      expect(second.refresh_token).not.toBe(first.refresh_token);
      expect(await statusAtProvider(world.output("REAL_ACCESS_TOKEN"))).toBe(200);
      expect(server.authentications.slice(before)).toEqual([client, client]);

      const revoked = await world.inJob(["revoke", "real", "--json"]);
      expect(documentOf(revoked).results).toMatchObject([{ outcome: "revoked", provider: "revoked" }]);
      expect(await statusAtProvider(second.access_token)).toBe(401);
      expect(world.github.revealSecrets(OUTPUTS).size).toBe(0);
    },
  );

  it("somebody who uses an old refresh token kills the family, and a person is called", async (test) => {
    const world = await worldWith(test, { client: "post" });
    await authorizeInBrowser(world);
    const { refresh_token: old } = liveTokens(world);
    expect((await refresh(world)).exit).toBe(0);
    liveTokens(world);
    expect(await sendRefreshToken(old)).toBe(400);
    const dead = await refresh(world);
    expect(dead.exit).toBe(4);
    expect(documentOf(dead).results).toMatchObject([
      { outcome: "reauthorization_required", hint: "run: sealring authorize real" },
    ]);
    expect(documentOf(await authorizeInBrowser(world))).toMatchObject({ ok: true });
    expect((await refresh(world)).exit).toBe(0);
    liveTokens(world);
  });

  it("a public client is authorized by a code that is entered in the browser", async (test) => {
    const world = await worldWith(test, { client: "public", grant: "device_code" });
    const running = startAuthorizing(world);
    const code = await running.prints(/enter the code (\S+)/);
    const address = await running.prints(/Open (\S+) on any device/);
    await inFreshProfile(async (page) => {
      await page.goto(address);
      await page.getByPlaceholder("Enter code").fill(code);
      await page.getByRole("button", { name: "Continue" }).click();
      await page.getByText("The following code should be displayed on your device").waitFor();
      await page.getByRole("button", { name: "Continue" }).click();
      await signInAndConsent(page);
      await page.getByText("Sign-in Success").waitFor();
    });
    expect(documentOf(await running.ended).results).toMatchObject([{ outcome: "authorized" }]);
    liveTokens(world);
    expect((await refresh(world)).exit).toBe(0);
    expect(server.authentications.at(-1)).toBe("none");
    expect(await statusAtProvider(liveTokens(world).access_token)).toBe(200);
  });
});
