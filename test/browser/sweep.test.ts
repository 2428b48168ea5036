import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApp } from "../../src/console/app.ts";
import { launchBrowser } from "../support/browser.ts";
import { DESKTOP, expectLooksSound, expectSound, openTab, PHONE } from "../support/console-page.ts";
import type { Tab } from "../support/console-page.ts";
import { ConsoleWorld } from "../support/console-world.ts";
import { DEVICE, openWholeConsole } from "../support/whole-console.ts";
import type { WholeConsole } from "../support/whole-console.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const NAME = ":name{[a-z0-9-]{1,64}}";

/** What is no page, or leads to another one at once. */
const NO_PAGES = ["/start", "/events", "/assets/style.css", "/assets/console.js", "/assets/icon.svg"];

/** Every page's addresses, by its route. */
function addressesOf({
  world,
  applyId,
  refreshId,
}: WholeConsole): Readonly<Record<string, readonly string[]>> {
  const { issuer } = world.world.sandbox.addresses.authorization_server;
  return {
    "/": ["/", "/?state=busy"],
    "/add": ["/add?q=google"],
    "/add/:provider": ["/add/oura", `/add/issuer?issuer=${encodeURIComponent(issuer)}`],
    "/credentials/:name": ["/credentials/oura", "/credentials/brook"],
    "/credentials/:name/edit": ["/credentials/oura/edit", "/credentials/oura/edit?as=text"],
    "/credentials/:name/saved": ["/credentials/oura/saved"],
    [`/credentials/${NAME}/authorize`]: ["/credentials/ember/authorize", `/credentials/${DEVICE}/authorize`],
    "/credentials/:name/refresh": ["/credentials/oura/refresh"],
    "/credentials/:name/probe": ["/credentials/brook/probe"],
    "/credentials/:name/recover": ["/credentials/brook/recover"],
    "/credentials/:name/revoke": ["/credentials/oura/revoke"],
    "/credentials/:name/remove": ["/credentials/oura/remove", "/credentials/ember/remove"],
    [`/back/${NAME}`]: ["/back/oura"],
    "/operations/:id": [`/operations/${refreshId}`],
    "/plan": ["/plan"],
    "/plan/apply/:id": [`/plan/apply/${applyId}`],
    "/doctor": ["/doctor"],
    "/doctor/:name": ["/doctor/oura"],
  };
}

/** At an address, on a wide screen, in the dark, and on a narrow one. */
async function expectSoundAt(tab: Tab, address: string): Promise<void> {
  const { page } = tab;
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(DESKTOP.viewport);
  await page.goto(address);
  await expectSound(tab);
  await page.emulateMedia({ colorScheme: "dark" });
  await expectLooksSound(page, ["color-contrast"]);
  await page.setViewportSize(PHONE.viewport);
  await expectLooksSound(page, ["target-size", "scrollable-region-focusable"]);
}

const ANSWERED_WITH_ERROR = /^Failed to load resource: the server responded with a status of 4\d\d /;

/** The same tab, but that the browser may say of a page that it was answered with an error. */
function ofErrors({ page, complaints }: Tab): Tab {
  return {
    page,
    get complaints() {
      return complaints.filter((complaint) => !ANSWERED_WITH_ERROR.test(complaint));
    },
  };
}

describe("every page of the console", () => {
  it("is sound, in light and dark, on a desktop and on a phone", async () => {
    const whole = await openWholeConsole();
    const { world } = whole;
    const addresses = addressesOf(whole);
    const routes = createApp(world.console).routes.filter(({ method }) => method === "GET");
    const paths = routes.map(({ path }) => path).filter((path) => !NO_PAGES.includes(path));
    expect(Object.keys(addresses).toSorted()).toEqual(paths.toSorted());
    const tab = await openTab(browser, world);
    // The way back leads on at once; here it is looked at.
    await tab.page.route(/\/credentials\/oura\/authorize$/, (route) => route.fulfill({ status: 204 }));
    for (const address of Object.values(addresses).flat()) await expectSoundAt(tab, address);
    world.write("credentials/broken.yaml", "version: 1\nname: brokn\nprovdier: oura\n");
    for (const address of [
      "/",
      "/plan",
      "/credentials/broken",
      "/credentials/broken/edit",
      "/credentials/broken/remove",
    ])
      await expectSoundAt(tab, address);
    await tab.page.context().close();
  });

  it("is sound where there is nothing, nothing yet, or nobody is let in", async () => {
    const world = await ConsoleWorld.open();
    const tab = await openTab(browser, world);
    for (const address of ["/", "/plan", "/doctor"]) await expectSoundAt(tab, address);
    const missing = ["/no-such-page", "/add/no-such", "/credentials/x", "/credentials/x/refresh"];
    for (const address of missing) await expectSoundAt(ofErrors(tab), address);
    // From a page of another origin, to which nothing may be told yet.
    await tab.page.goto(world.world.sandbox.addresses.authorization_server.issuer);
    await tab.page.evaluate(`location.assign("${world.console.origin}/add/issuer?issuer=https://x.invalid")`);
    await tab.page.getByRole("heading", { name: "You came from another site" }).waitFor();
    await expectSound(ofErrors(tab));
    await tab.page.context().clearCookies();
    await expectSoundAt(ofErrors(tab), "/start");
    await tab.page.context().close();
  });
});

/** What can be focused, as a person would name it, in the order of the page. */
const STOPS = `[...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
  .filter((each) => each.tabIndex >= 0 && each.checkVisibility({ visibilityProperty: true }))
  .filter((each) => each.type !== "radio" || each.checked)`;

/** Which of them has the focus, and whether that can be seen; -1: none. */
const FOCUS = `(() => {
  const at = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(at);
  const { top, bottom, left, right } = at.getBoundingClientRect();
  const inSight = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
  return [${STOPS}.indexOf(at), outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && inSight];
})()`;

describe("with the keyboard alone", () => {
  it("everything is reached in the order of the page, and one sees where one is", async () => {
    const world = await ConsoleWorld.open();
    world.declare({ name: "oura" });
    const { page } = await openTab(browser, world);
    for (const address of ["/", "/add/oura", "/credentials/oura/authorize"]) {
      await page.goto(address);
      const stops = await page.evaluate<number>(`${STOPS}.length`);
      expect(stops).toBeGreaterThan(5);
      for (let stop = 0; stop < stops; stop += 1) {
        await page.keyboard.press("Tab");
        expect(await page.evaluate(FOCUS), address).toEqual([stop, true]);
      }
    }
    await page.context().close();
  });

  it("one comes past the menu, and an overlay keeps the focus until Escape gives it back", async () => {
    const tab = await openTab(browser, await ConsoleWorld.open());
    const { page } = tab;
    const press = (key: string) => page.keyboard.press(key);
    const isWithin = (part: string) =>
      page.evaluate<boolean>(`document.activeElement.closest(${JSON.stringify(part)}) !== null`);
    await page.goto("/add?q=oura");
    for (const key of ["Tab", "Enter", "Tab"]) await press(key);
    expect(await isWithin("main")).toBe(true);
    const choice = page.getByRole("link", { name: "Oura Ring oura" });
    await choice.focus();
    await press("Enter");
    await page.getByRole("dialog", { name: "Add Oura Ring" }).waitFor();
    await expectSound(tab);
    // From its last element the focus goes to the browser's own, and comes back.
    for (let times = 0; times < 60; times += 1) {
      await press("Tab");
      expect((await isWithin("dialog")) || !(await isWithin("body *"))).toBe(true);
    }
    await press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(await page.evaluate('document.activeElement.getAttribute("href")')).toBe("/add/oura");
    await page.context().close();
  });
});
