import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, it } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { DESKTOP, expectSound, openTab, PHONE } from "../support/console-page.ts";
import { ConsoleWorld } from "../support/console-world.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe("the console in a browser", () => {
  for (const [name, size] of [
    ["a desktop", DESKTOP],
    ["a phone", PHONE],
  ] as const)
    it(`is sound on ${name}`, async () => {
      const world = await ConsoleWorld.open();
      const tab = await openTab(browser, world, size);
      for (const path of ["/", "/plan"]) {
        await tab.page.goto(path);
        await expectSound(tab);
      }
      await tab.page.context().close();
    });
});
