import { describe, expect, it, test } from "vitest";
import { ConsoleWorld } from "../../support/console-world.ts";
import { World } from "../../support/world.ts";
import { confirm, consoleAtWork, playJob, playRunner, runsOf } from "./at-work.ts";

const PAGE = "/credentials/oura/revoke";

test("a page lists every secret that goes, and who keeps the client secret", async () => {
  const world = await World.authorized();
  world.declare({ name: "strava" });
  const console = await consoleAtWork(world);
  const { text } = await console.get(PAGE);
  expect(text).toMatch(/<code>OURA_ACCESS_TOKEN<\/code><\/td><td>actions secrets of acme\/health-pipeline/);
  expect(text).toMatch(/<code>SEALRING_CREDENTIAL_OURA<\/code><\/td><td>environment /);
  expect(text).not.toContain("<code>OURA_CLIENT_SECRET</code>");
  expect(text).toContain("OURA_CLIENT_SECRET stays: it is the client secret of strava, too.");
  expect(text).toContain("Pipelines that read OURA_ACCESS_TOKEN find nothing there any more");
});

test("a client secret that nobody else has goes, too", async () => {
  const console = await consoleAtWork(await World.authorized());
  expect((await console.get(PAGE)).text).toContain("<code>OURA_CLIENT_SECRET</code>");
});

test("where the workflow is not on GitHub yet, the page says how to end it by hand", async () => {
  const world = await World.authorized();
  world.sandbox.github.repository(world.repository).workflows.length = 0;
  const console = await ConsoleWorld.on(world);
  console.declare({ name: "oura" });
  const { text } = await console.get(PAGE);
  expect(text).toContain("on the default branch yet");
  expect(text).toMatch(/End that in your account at [^<]+, among the applications that have access/);
  expect(text).toContain("/acme/health-pipeline/settings/secrets/actions");
  expect(text).toContain("<code>SEALRING_CREDENTIAL_OURA</code>");
  expect((await console.get("/credentials/oura/refresh")).text).not.toContain("By hand");
});

test("without a revocation endpoint it says where the grant is ended", async () => {
  const world = await World.authorized();
  const yaml = world.declarations.get("oura") ?? "";
  world.declarations.set("oura", yaml.replace(/ {2}revocation_endpoint: .*\n/, ""));
  const { text } = await (await consoleAtWork(world)).get(PAGE);
  expect(text).toContain("the grant itself stays. End it in your account at");
});

describe("a revocation", () => {
  it("is not begun by whoever types another name, which comes back as text", async () => {
    const world = await World.authorized();
    const console = await consoleAtWork(world);
    for (const typed of ["", "our", "OURA", "strava", '"><script>alert(1)</script>']) {
      const { status, text } = await console.post(PAGE, [["confirm", typed]]);
      expect(status).toBe(422);
      expect(text).toContain('aria-describedby="mistyped"');
      expect(text).toContain("That is not its name. Nothing was done.");
      expect(text).not.toContain("<script>alert");
    }
    expect(console.console.operations.all).toEqual([]);
    expect(runsOf(world)).toEqual([]);
  });

  it("is done by the workflow for whoever types the name", async () => {
    const world = await World.authorized();
    const console = await consoleAtWork(world);
    playRunner(world, (run) => playJob(world, run));
    const page = await confirm(console, PAGE, [["confirm", " oura "]]);
    expect(runsOf(world)[0]?.inputs).toMatchObject({ command: "revoke", credential: "oura" });
    expect(page).toContain("oura is revoked. Where the provider takes revocations");
    expect(page).toContain("<dt>Access token</dt><dd>none: it was revoked</dd>");
    expect(page).not.toMatch(/as before|not known/);
    expect(world.output()).toBeUndefined();
    const again = await console.get(PAGE);
    expect(again.text).toContain("It is revoked already");
    expect((await console.get("/credentials/oura/refresh")).text).toContain("it was revoked");
  });

  it("pressed while a refresh begins in another tab is not done, and nobody is told that it is", async () => {
    const world = await World.authorized();
    const console = await consoleAtWork(world);
    playRunner(world, (run) => playJob(world, run));
    await console.get(PAGE);
    const [refresh, revoke] = await Promise.all([
      console.post("/credentials/oura/refresh"),
      console.post(PAGE, [["confirm", "oura"]]),
    ]);
    const [begun, other] = refresh.status === 303 ? [refresh, revoke] : [revoke, refresh];
    expect([begun.status, other.status]).toEqual([303, 409]);
    expect(other.text).toMatch(
      /It is being (?:refreshed|revoked)\. One thing at a time: nothing else is begun/,
    );
    expect(other.text).toContain(`href="${begun.headers.get("location") ?? "no"}"`);
    await console.console.operations.settled();
    expect(runsOf(world)).toHaveLength(1);
  });

  it("that did not come about says so", async () => {
    const world = await World.authorized();
    const console = await consoleAtWork(world);
    playRunner(world, async (run) => {
      const job = world.sandbox.github.runs.addJob(run, "refresh");
      world.sandbox.github.runs.startJob(job);
      world.sandbox.github.runs.endJob(job, "cancelled");
    });
    const page = await confirm(console, PAGE, [["confirm", "oura"]]);
    expect(page).toContain("oura was not revoked.");
    expect(page).toContain("the run has ended: cancelled");
  });
});
