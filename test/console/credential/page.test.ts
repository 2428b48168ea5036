import { describe, expect, it } from "vitest";
import { compact } from "../../../src/commands/compact.ts";
import { revoke } from "../../../src/commands/revoke.ts";
import { asGitHubCom, ConsoleWorld } from "../../support/console-world.ts";
import { anyOfJournal, DOWN } from "../../support/misfortunes.ts";
import { World } from "../../support/world.ts";

const DAY = 86_400;

async function consoleOn(world: World): Promise<ConsoleWorld> {
  const opened = await ConsoleWorld.on(world, {}, { github: asGitHubCom });
  opened.declare({ name: "oura" });
  return opened;
}

/** The page's words, without its markup. */
function wordsOf(html: string): string {
  return html
    .replaceAll(/<(title|desc|style|head)\b.*?<\/\1>/gs, "")
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ");
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

describe("a credential's page", () => {
  it("tells how it is, what it is declared to be, and what may be done", async () => {
    const world = await World.authorized();
    world.clock.passSeconds(5 * DAY);
    const { status, text } = await (await consoleOn(world)).get("/credentials/oura");
    expect(status).toBe(200);
    const words = wordsOf(text);
    expect(words).toContain("All is well: the workflow renews it by itself.");
    expect(words).toContain("Generation 1 , which counts every attempt, failed ones too");
    expect(words).toContain("Authorized 2026-11-22 12:00 UTC , 5d ago Refreshed never");
    expect(words).toContain("personal, daily, heartrate , all granted");
    expect(words).toContain(
      "OURA_ACCESS_TOKEN , the access token, in actions secrets of acme/health-pipeline",
    );
    expect(words).toContain("Client id sandbox-client");
    expect(words).toContain("Rotation Single use: each refresh replaces the refresh token.");
    for (const act of ["refresh", "authorize", "revoke", "edit"])
      expect(text).toContain(`href="/credentials/oura/${act}"`);
    expect(text).not.toContain('href="/credentials/oura/probe"');
  });

  it("has what it went through as a picture, in words, as a table and day by day", async () => {
    const world = await World.authorized();
    for (const days of [5, 31]) {
      world.clock.passSeconds(days * DAY);
      await world.refresh({ when: "forced" });
    }
    const opened = await consoleOn(world);
    const { text } = await opened.get("/credentials/oura");
    const words = wordsOf(text);
    // Each once for wide and once for narrow screens.
    expect(count(text, '<circle class="chart-mark"')).toBe(2);
    expect(count(text, '<rect class="chart-gap"')).toBe(2);
    expect(text).not.toContain("style=");
    expect(words).toContain("it was refreshed once. For 1d in all the access token had expired.");
    expect(words).toContain("3 refreshed 2026-12-28 12:00 UTC 2027-01-27 12:00 UTC in force");
    expect(words).toContain("2 refreshed 2026-11-27 12:00 UTC 2026-12-27 12:00 UTC expired for 1d");
    expect(words).toMatch(/Mon, 28 Dec 2026 12:00 refreshed generation 3, run \d+ Fri, 27 Nov 2026 12:00/);
    expect(text).toMatch(/<a href="https:\/\/github.com\/acme\/[\w-]+\/actions\/runs\/\d+">run/);
    expect(text).not.toContain("refresh begun");
    const all = (await opened.get("/credentials/oura?lines=all")).text;
    expect(count(all, "refresh begun")).toBe(2);
    expect(all).toContain('href="/credentials/oura#history"');
  });

  it("says what to do where nobody has authorized it, and has no picture", async () => {
    const opened = await ConsoleWorld.open();
    opened.declare({ name: "oura" });
    const { text } = await opened.get("/credentials/oura");
    expect(wordsOf(text)).toContain("Nobody has authorized it at 127.0.0.1");
    expect(text).toContain('<a class="button main" href="/credentials/oura/authorize">Authorize</a>');
    expect(wordsOf(text)).toContain("The journal has nothing of it yet.");
    expect(text).not.toContain('<svg class="lifetimes');
    expect(text).not.toContain("/credentials/oura/revoke");
  });

  it("of an issuer whose metadata counts claims neither that it cannot revoke nor that no lifetime is known", async () => {
    const opened = await consoleOn(await World.authorized());
    const yaml = opened.read("credentials/oura.yaml");
    opened.write(
      "credentials/oura.yaml",
      yaml.replaceAll(/^ {2}(?:token|authorization|revocation|device_authorization)_endpoint: .*\n/gm, ""),
    );
    const words = wordsOf((await opened.get("/credentials/oura")).text);
    expect(words).toContain("Revocation Where the metadata of 127.0.0.1");
    expect(words).toContain("Access token the last one was given 30d; what an answer says counts");
    expect(words).not.toContain("No way to revoke");
  });

  it("offers to authorize again where less was granted than is declared", async () => {
    const world = await World.authorized();
    const opened = await consoleOn(world);
    opened.write(
      "credentials/oura.yaml",
      opened.read("credentials/oura.yaml").replace("scopes: [personal", "scopes: [session, personal"),
    );
    const { text } = await opened.get("/credentials/oura");
    expect(wordsOf(text)).toContain(
      "has not granted session so far: it was declared after the last authorization, or its box was not ticked",
    );
    expect(text).toContain('<a class="button main" href="/credentials/oura/authorize">Authorize again</a>');
    expect((await opened.get("/")).text).toContain('badge-warning">scopes differ');
  });

  it("says of a lost answer what happened, and offers the two ways out", async () => {
    const world = await World.authorized();
    world.sandbox.authorizationServer.faults.fail("token", { kind: "drop_request" });
    await world.refresh({ when: "forced" });
    const { text } = await (await consoleOn(world)).get("/credentials/oura");
    expect(wordsOf(text)).toContain("and the answer never arrived");
    expect(text).toContain("<code>oura</code>");
    expect(text).toContain('<a class="button main" href="/credentials/oura/authorize">Authorize again</a>');
    expect(text).toContain('href="/credentials/oura/probe"');
    expect(text).toContain('href="/credentials/oura/recover"');
    expect(text).not.toContain('href="/credentials/oura/refresh"');
  });

  it("of a revoked one has the past, and no time without a token after its end", async () => {
    const world = await World.authorized();
    await world.within({}, ({ ports }) => revoke(ports, "oura"));
    world.clock.passSeconds(DAY);
    const { text } = await (await consoleOn(world)).get("/credentials/oura");
    expect(wordsOf(text)).toContain("Its grant was ended on purpose.");
    expect(wordsOf(text)).toMatch(/revoked run \d+ 12:00 authorized generation 1/);
    expect(wordsOf(text)).toContain("Access token none: it was revoked");
    expect(wordsOf(text)).toMatch(/OURA_ACCESS_TOKEN , the access token, in \S+ \S+ \S+ \S+: removed/);
    expect(text).not.toContain('class="chart-gap"');
    expect(text).not.toContain("/credentials/oura/revoke");
  });

  it("shows what its file says when the journal cannot be reached, and why there is no more", async () => {
    const world = await World.authorized();
    const opened = await consoleOn(world);
    world.sandbox.github.faults.fail(anyOfJournal, DOWN, Infinity);
    const { status, text } = await opened.get("/credentials/oura");
    expect(status).toBe(200);
    expect(count(text, 'class="notice')).toBe(1);
    expect(wordsOf(text)).toContain("GitHub failed on the branch sealring-state");
    expect(wordsOf(text)).toContain("Client id sandbox-client");
    expect(text).not.toContain('id="history"');
  });

  it("shows what this console is doing for it, and where to watch", async () => {
    const opened = await consoleOn(await World.authorized());
    const gate: { open?: () => void } = {};
    const held = new Promise<void>((resolve) => (gate.open = resolve));
    const { id } = opened.console.operations.start(
      { kind: "refresh", credential: "oura" },
      async ({ say }) => {
        say("The run waits for a runner.");
        await held;
        throw new Error("enough");
      },
    );
    const { text } = await opened.get("/credentials/oura");
    expect(wordsOf(text)).toContain("The run waits for a runner.");
    expect(text).toContain(`href="/operations/${id}"`);
    expect(text).not.toContain('href="/credentials/oura/refresh"');
    gate.open?.();
  });
});

describe("the page of a credential that is not in order", () => {
  it("is not there for a name that neither a file nor the journal has", async () => {
    const opened = await ConsoleWorld.open();
    for (const name of ["strava", "..%2foura", "OURA", "a".repeat(65), "oura%00", "oura.yaml"])
      expect((await opened.get(`/credentials/${name}`)).status, name).toBe(404);
  });

  it("has the history of one that no file declares any more", async () => {
    const opened = await ConsoleWorld.on(await World.authorized());
    const { status, text } = await opened.get("/credentials/oura");
    expect(status).toBe(200);
    expect(wordsOf(text)).toContain("No file declares oura any more.");
    expect(wordsOf(text)).toContain("authorized generation 1");
    expect(text).toContain('<polygon class="chart-authorized"');
    expect(text).not.toContain("/credentials/oura/refresh");
  });

  it("says what is wrong with its file, and keeps its history", async () => {
    const opened = await consoleOn(await World.authorized());
    opened.write("credentials/oura.yaml", "version: 1\nname: oura\n<script>alert(1)</script>: 1\n");
    const { text } = await opened.get("/credentials/oura");
    expect(wordsOf(text)).toContain("Its file has faults");
    expect(text).toContain('href="/credentials/oura/edit"');
    expect(wordsOf(text)).toContain("authorized generation 1");
    expect(text).not.toContain("<script>alert");
  });

  it("is shown whatever is wrong with another's file", async () => {
    const opened = await consoleOn(await World.authorized());
    opened.write("credentials/strava.yaml", "version: 2\n");
    expect(wordsOf((await opened.get("/credentials/oura")).text)).toContain("All is well");
  });

  it("makes nothing of script in any string of its file", async () => {
    const evil = `'"><script>alert(1)</script><img src=x onerror=alert(1)>`;
    const quoted = JSON.stringify(evil);
    const opened = await ConsoleWorld.open();
    opened.declare({
      name: "oura",
      clientId: quoted,
      more: [`description: ${quoted}`, "environment: <script>alert(2)</script>"],
    });
    const written = opened.read("credentials/oura.yaml").replace(/^owner: .*$/m, `owner: ${quoted}`);
    opened.write("credentials/oura.yaml", written);
    const { text } = await opened.get("/credentials/oura");
    expect(text).toContain("&lt;script&gt;alert(1)");
    expect(text).toContain("&lt;script&gt;alert(2)");
    expect(wordsOf(text)).toContain("As it is declared");
    expect(text).not.toMatch(/<script>|<img/);
  });

  it("says what a compaction has taken, and reads on from there", async () => {
    const world = await World.authorized();
    world.clock.passSeconds(DAY);
    await world.refresh({ when: "forced" });
    await world.within({ owner: "process" }, ({ ports }) => compact(ports, { consent: "given" }));
    const words = wordsOf((await (await consoleOn(world)).get("/credentials/oura")).text);
    expect(words).toContain("history compacted: ");
    expect(words).toMatch(/The journal was compacted 2026-11-23 12:\d\d UTC : what was before is not known/);
    expect(words).toContain("it was refreshed once");
    expect(words).toMatch(/2 refreshed 2026-11-23 12:00 UTC 2026-12-23 12:00 UTC in force/);
  });
});
