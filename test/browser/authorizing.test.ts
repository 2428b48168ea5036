import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { World } from "../support/world.ts";
import { launchBrowser } from "../support/browser.ts";
import { ConsoleWorld } from "../support/console-world.ts";
import { DESKTOP, expectSound, openTab, PHONE } from "../support/console-page.ts";
import { heldClock, NO_SECRETS, PAGE, Scene } from "../console/authorizing/scene.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

it("follows the one-time link from another site's page, and is let in", async () => {
  const { console } = await ConsoleWorld.open();
  const page = await (await browser.newContext()).newPage();
  const body = `<a href="${console.origin}/start?token=${console.session.linkToken}">The console</a>`;
  await page.route("https://wiki.example/", (route) => route.fulfill({ contentType: "text/html", body }));
  await page.goto("https://wiki.example/");
  await page.getByRole("link", { name: "The console" }).click();
  await page.getByRole("heading", { name: "Welcome" }).waitFor();
  expect(page.url()).toBe(`${console.origin}/`);
  await page.context().close();
});

describe("a person with a browser", () => {
  it("authorizes with a tick and a press here and one at the provider, and is led back", async () => {
    const scene = await Scene.open({}, NO_SECRETS);
    const tab = await openTab(browser, scene.world, DESKTOP);
    const { page } = tab;
    await page.goto(PAGE);
    await expectSound(tab);
    await page.getByLabel("Client secret").fill(scene.clientSecret);
    await page.getByRole("checkbox", { name: /^OURA_CLIENT_SECRET is meant for/ }).check();
    await page.getByRole("button", { name: /^Authorize at/ }).click();
    await page.getByRole("button", { name: "Allow" }).click();
    await page.getByText("oura is authorized.").waitFor();
    expect(new URL(page.url()).pathname).toBe(PAGE);
    await expectSound(tab);
    await page.context().close();
  });

  it("types a secret anew where the file says meanwhile that others get it", async () => {
    const scene = await Scene.open({}, NO_SECRETS);
    const { page } = await openTab(browser, scene.world, DESKTOP);
    await page.goto(PAGE);
    const tick = page.getByRole("checkbox", { name: /^OURA_CLIENT_SECRET is meant for/ });
    await page.getByLabel("Client secret").fill(scene.clientSecret);
    await tick.check();
    const path = "credentials/oura.yaml";
    const text = scene.world.read(path);
    scene.world.write(path, text.replace(/token_endpoint: .*/, "token_endpoint: https://evil.example/7"));
    scene.world.console.live.tell("files");
    await page.getByRole("checkbox", { name: /evil\.example\/7/ }).waitFor();
    expect(await page.getByLabel("Client secret").inputValue()).toBe("");
    expect(await tick.isChecked()).toBe(false);
    await page.context().close();
  });

  it("comes back to the page by the browser's own button, and is not sent away again", async () => {
    const scene = await Scene.open();
    const { page } = await openTab(browser, scene.world, DESKTOP);
    await page.goto(PAGE);
    await page.getByRole("checkbox", { name: /^OURA_CLIENT_SECRET is meant for/ }).check();
    await page.getByRole("button", { name: /^Authorize at/ }).click();
    await page.getByRole("button", { name: "Allow" }).waitFor();
    await page.goBack();
    await page.getByRole("link", { name: /^Continue at/ }).waitFor();
    expect(new URL(page.url()).search).toBe("");
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByText("It was called off.").first().waitFor();
    await page.context().close();
  });

  it("sees the code for another device, sound on a phone", async () => {
    const world = await World.create();
    const { clock } = heldClock(world.clock);
    const scene = await Scene.on(world, { grant: "device_code" }, { clock });
    const tab = await openTab(browser, scene.world, PHONE);
    await tab.page.goto(PAGE);
    await expectSound(tab);
    await tab.page.getByRole("checkbox", { name: /^OURA_CLIENT_SECRET is meant for/ }).check();
    await tab.page.getByRole("button", { name: /^Authorize at/ }).click();
    await tab.page.getByRole("img", { name: /^QR code/ }).waitFor();
    await expectSound(tab);
    await tab.page.getByRole("button", { name: "Cancel" }).click();
    await tab.page.context().close();
  });
});
