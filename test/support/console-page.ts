import { readFileSync } from "node:fs";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { expect } from "vitest";
import { cookieName } from "../../src/console/guard.ts";
import type { ConsoleWorld } from "./console-world.ts";

const AXE = readFileSync(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

export const DESKTOP = { viewport: { width: 1280, height: 800 } } as const;
export const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } as const;

/** A tab of a real browser that has come by the one-time link. */
export interface Tab {
  readonly page: Page;
  /** What the browser complained of: errors of scripts, and of the policy. */
  readonly complaints: readonly string[];
}

/** Opens a tab on a console in this process. */
export async function openTab(
  browser: Browser,
  world: ConsoleWorld,
  options: BrowserContextOptions = DESKTOP,
): Promise<Tab> {
  const context = await browser.newContext({ baseURL: world.console.origin, ...options });
  const page = await context.newPage();
  const complaints = listen(page);
  await world.get("/");
  await context.addCookies([
    { name: cookieName(world.console), value: await world.cookie(), url: world.console.origin },
  ]);
  return { page, complaints };
}

/** What the page complains of from now on. */
export function listen(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => void complaints.push(error.message));
  return complaints;
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** WCAG 2.2 AA, and axe's best practices. */
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Fails where axe finds something against WCAG 2.2 AA or its best practices, the browser complained, or the page is too wide. */
export async function expectSound({ page, complaints }: Tab): Promise<void> {
  expect(await violationsOn(page, { type: "tag", values: TAGS }), page.url()).toEqual([]);
  expect(complaints, page.url()).toEqual([]);
  await expectFitting(page);
}

/** The same for what looks different where the page itself is the same: colours, or the room that there is. */
export async function expectLooksSound(page: Page, rules: readonly string[]): Promise<void> {
  expect(await violationsOn(page, { type: "rule", values: rules }), page.url()).toEqual([]);
  await expectFitting(page);
}

async function expectFitting(page: Page): Promise<void> {
  const [inner, scroll] = await page.evaluate<[number, number]>(
    "[innerWidth, document.documentElement.scrollWidth]",
  );
  expect(scroll, `${page.url()} is wider than the screen`).toBeLessThanOrEqual(inner);
}

interface Rules {
  readonly type: "tag" | "rule";
  readonly values: readonly string[];
}

async function violationsOn(page: Page, runOnly: Rules): Promise<readonly string[]> {
  // Not by a script element: the page's policy would refuse it.
  if (await page.evaluate<boolean>('!("axe" in globalThis)')) await page.evaluate(AXE);
  const found = await page.evaluate(async (only) => {
    const axe = (globalThis as unknown as { axe: { run: (options: object) => Promise<unknown> } }).axe;
    return axe.run({ runOnly: only, resultTypes: ["violations"] });
  }, runOnly);
  const { violations } = found as { readonly violations: readonly Violation[] };
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary = "" }) => `${id}: ${html} ${failureSummary}`),
  );
}
