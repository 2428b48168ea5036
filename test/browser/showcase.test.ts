import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { openTab, PHONE } from "../support/console-page.ts";
import { takeScreenshot } from "../support/screenshot.ts";
import { openShowcase } from "../support/showcase.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const WIDE = { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1 } as const;
const NARROW = { ...PHONE, deviceScaleFactor: 1 } as const;

interface Picture {
  readonly name: string;
  readonly address: string;
  readonly size?: typeof WIDE | typeof NARROW;
  readonly colorScheme?: "light" | "dark";
  /** What is at its lower edge; undefined: it begins with the page. */
  readonly end?: string;
  /** What is typed into it before, by the labels. */
  readonly typed?: Readonly<Record<string, string>>;
  readonly ticked?: readonly string[];
  /** What it shows. */
  readonly words: readonly string[];
}

const TILES = ["needs a person", "answer lost", "never authorized", "Sleep, activity and recovery"];

const PICTURES: readonly Picture[] = [
  { name: "tiles", address: "/", words: TILES },
  { name: "tiles-dark", address: "/", colorScheme: "dark", words: TILES },
  { name: "tiles-phone", address: "/", size: NARROW, words: TILES },
  {
    ...{ name: "add", address: "/add/oura", end: "details:has([name=environment])" },
    typed: {
      "What the data is for": "Sleep of the second cohort",
      Name: "oura-night",
      "Client id": "9b2e6f00-1111-2222-3333-444455556666",
      "Client id, again": "9b2e6f00-1111-2222-3333-444455556666",
    },
    ticked: ["daily", "heartrate"],
    words: ["Client id, again", "OURA_NIGHT_ACCESS_TOKEN, in this repository's Actions secrets."],
  },
  {
    ...{ name: "authorize", address: "/credentials/spotify/authorize", end: "form.card" },
    words: ["What will happen"],
  },
  {
    ...{ name: "credential", address: "/credentials/oura", end: "section:has(#lifetimes)" },
    words: ["The last 30 days", "authorized once and refreshed 3 times"],
  },
  { name: "plan", address: "/plan", words: ["to add", "Make these"] },
];

/** Width and height of a PNG (its first chunk, IHDR), and how large the file is. */
function pictureOf(name: string): readonly [width: number, height: number, bytes: number] {
  const png = readFileSync(`docs/images/${name}.png`);
  expect(png.subarray(0, 8).toString("hex")).toBe("89504e470d0a1a0a");
  return [png.readUInt32BE(16), png.readUInt32BE(20), png.length];
}

async function prepare(page: Page, { address, typed = {}, ticked = [], words, end }: Picture): Promise<void> {
  await page.goto(address);
  for (const [label, value] of Object.entries(typed)) await page.getByLabel(label).first().fill(value);
  for (const scope of ticked) await page.getByRole("checkbox", { name: scope }).check();
  for (const word of words) await page.getByText(word).filter({ visible: true }).first().waitFor();
  if (end !== undefined)
    await page.evaluate(`document.querySelector("${end}").scrollIntoView({ block: "end" })`);
}

describe("the pictures of the console", () => {
  it("are of pages that are still so", async () => {
    const world = await openShowcase();
    for (const picture of PICTURES) {
      const { name, size = WIDE, colorScheme = "light" } = picture;
      const { page } = await openTab(browser, world, { ...size, colorScheme });
      await prepare(page, picture);
      await takeScreenshot(page, name);
      const [width, height, bytes] = pictureOf(name);
      expect([width, height], name).toEqual([size.viewport.width, size.viewport.height]);
      expect(bytes, name).toBeLessThan(150_000);
      await page.context().close();
    }
  });
});
