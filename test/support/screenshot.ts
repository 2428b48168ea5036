import { mkdirSync } from "node:fs";
import type { Page } from "playwright-core";

/** With SCREENSHOTS=write the picture that README and docs show is taken anew; else nothing happens. */
export async function takeScreenshot(page: Page, name: string): Promise<void> {
  if (process.env["SCREENSHOTS"] !== "write") return;
  mkdirSync("docs/images", { recursive: true });
  await page.screenshot({ path: `docs/images/${name}.png`, animations: "disabled" });
}
