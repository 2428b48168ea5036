import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { statusOf } from "../../src/commands/status.ts";
import { readDeclarations, soundPart } from "../../src/console/declarations.ts";
import { statusPageHtml } from "../../src/page/status-page.tsx";
import { tileOf } from "../../src/page/tile.ts";
import { launchBrowser } from "../support/browser.ts";
import { DESKTOP, expectSound, listen, openTab, PHONE } from "../support/console-page.ts";
import type { Tab } from "../support/console-page.ts";
import { ConsoleWorld } from "../support/console-world.ts";
import { World } from "../support/world.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** A console with `oura`, which is fresh, and `strava` and others, which nobody has authorized: enough to search among. */
async function aWorld(): Promise<ConsoleWorld> {
  const world = await World.create();
  const console = await ConsoleWorld.on(world);
  for (const name of ["oura", "strava", "tonal", "umbra", "vela", "wren"]) console.declare({ name });
  await world.authorize("oura");
  return console;
}

async function tabOn(world: ConsoleWorld, options?: BrowserContextOptions): Promise<Tab> {
  const tab = await openTab(browser, world, options);
  onTestFinished(() => tab.page.context().close());
  // A page looks once more as soon as it listens.
  const looked = tab.page.waitForResponse((answer) => answer.request().resourceType() === "fetch");
  await tab.page.goto("/");
  await looked;
  return tab;
}

describe("the tiles in a browser", () => {
  it("are found as one types, without a request, by an address that shows the same again", async () => {
    const tab = await tabOn(await aWorld());
    const { page } = tab;
    const requests: string[] = [];
    page.on("request", (request) => {
      if (!request.url().endsWith("/events")) requests.push(request.url());
    });
    await page.getByRole("searchbox", { name: "Find" }).fill("STRAVA acme");
    await page.getByText("1 of 6").waitFor();
    expect(await page.locator(".tile:visible h2").allTextContents()).toEqual(["strava"]);
    expect(requests).toEqual([]);
    expect(new URL(page.url()).search).toBe("?q=STRAVA+acme");
    await page.reload();
    expect(await page.locator(".tile:visible h2").allTextContents()).toEqual(["strava"]);
    await expectSound(tab);
    await page.getByRole("link", { name: "Show all" }).click();
    await page.waitForURL("/");
    expect(await page.locator(".tile:visible").count()).toBe(6);
  });

  it("come up to date under the reader's hands: focus, what is unfolded and what is typed stay", async () => {
    const world = await aWorld();
    const tab = await tabOn(world, PHONE);
    const { page } = tab;
    await page.getByRole("searchbox").fill("a");
    await page.locator("#tile-strava .outputs summary").click();
    const name = page.locator("#tile-strava h2 a");
    await name.focus();
    await world.world.authorize("strava");
    world.console.live.tell("journal");
    await page.locator("#tile-strava .badge-good").waitFor();
    expect(await page.locator("#tile-strava .outputs").getAttribute("open")).not.toBeNull();
    expect(await page.locator("#tile-strava h2 a:focus").count()).toBe(1);
    expect(await page.getByRole("searchbox").inputValue()).toBe("a");
    expect(await page.locator("#announced").textContent()).toBe("strava: fresh");
    await expectSound(tab);
  });

  it("say that the console is stopped, and so does a form", async () => {
    const world = await aWorld();
    const { page } = await tabOn(world);
    const form = await page.context().newPage();
    const listening = form.waitForResponse("/events");
    await form.goto("/add/oura");
    await listening;
    world.job.stop.abort();
    for (const each of [page, form])
      await each.getByRole("status").filter({ hasText: "run sealring console again" }).waitFor();
  });
});

describe("the status page", () => {
  for (const [name, size] of [
    ["a desktop, light", { ...DESKTOP, colorScheme: "light" }],
    ["a phone, dark", { ...PHONE, colorScheme: "dark" }],
  ] as const)
    it(`opens from a file, sound, on ${name}`, async () => {
      const { console: its } = await aWorld();
      const declared = soundPart(readDeclarations(its.ports));
      const at = its.ports.clock.now();
      const statuses = await statusOf(its.ports, declared, declared.credentials);
      const tiles = declared.credentials.map((credential, index) => tileOf(credential, statuses[index], at));
      const directory = mkdtempSync(join(tmpdir(), "sealring-status-"));
      onTestFinished(() => rmSync(directory, { recursive: true }));
      const path = join(directory, "status.html");
      writeFileSync(path, await statusPageHtml({ repository: declared.repository, tiles, at }));
      const page = await browser.newPage(size);
      onTestFinished(() => page.close());
      const complaints = listen(page);
      await page.goto(pathToFileURL(path).href);
      expect(await page.locator(".tile h2").allTextContents()).toEqual([
        "strava",
        "tonal",
        "umbra",
        "vela",
        "wren",
        "oura",
      ]);
      const display = 'getComputedStyle(document.querySelector(".tile")).display';
      expect(await page.evaluate(display)).toBe("flex");
      await expectSound({ page, complaints });
    });
});
