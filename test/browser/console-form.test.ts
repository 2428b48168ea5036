import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { DESKTOP, expectSound, openTab, PHONE } from "../support/console-page.ts";
import { ConsoleWorld } from "../support/console-world.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe("the form for a credential in a browser", () => {
  it("tells a fault as one types, touches no input, and sends no secret to be looked at", async () => {
    const world = await ConsoleWorld.open();
    const tab = await openTab(browser, world, DESKTOP);
    const { page } = tab;
    const sent: string[] = [];
    page.on("request", (request) => void sent.push(request.postData() ?? ""));
    await page.goto("/add/oura");
    await page.getByLabel(/^Client secret/).fill("a-client-secret");
    expect(await page.getByLabel("Redirect URI").isVisible()).toBe(false);
    // Not by hand, because it is folded: a fault in it opens it.
    await page.evaluate(`(() => {
      const input = document.getElementsByName("redirect_uri")[0];
      input.value = "ftp://";
      input.dispatchEvent(new Event("input", { bubbles: true }));
    })()`);
    await page.getByText("a loopback listener serves http").waitFor();
    const redirect = page.getByLabel("Redirect URI");
    await redirect.fill("ftp://x");
    await page.getByText("led back to ftp://x").waitFor();
    expect(await redirect.getAttribute("aria-invalid")).toBe("true");
    expect(await page.locator(":focus").getAttribute("name")).toBe("redirect_uri");
    expect(await page.locator("#preview").textContent()).toContain("ftp://x");
    // Its longest line is an address.
    const isCut = "(pre => pre.scrollWidth > pre.clientWidth)(document.querySelector('#preview pre'))";
    expect(await page.evaluate(isCut)).toBe(false);
    // Nobody has come to the client id yet.
    expect(await page.locator('[id="client/id:fault"]').textContent()).toBe("");
    await redirect.fill("http://localhost:8484/callback");
    await page.locator('[id="redirect_uri:fault"] p').waitFor({ state: "detached" });
    expect(await redirect.getAttribute("aria-invalid")).toBeNull();
    await page.getByRole("button", { name: "Check" }).click();
    await page.getByRole("alert").getByRole("link").first().waitFor();
    expect(await page.getByLabel(/^Client secret/).inputValue()).toBe("a-client-secret");
    expect(sent.some((body) => body.includes("redirect_uri"))).toBe(true);
    expect(sent.filter((body) => body.includes("a-client-secret"))).toEqual([]);
    await expectSound(tab);
    await page.context().close();
  });

  it("opens over the page, adds rows, saves from there, and leads back by Escape", async () => {
    const world = await ConsoleWorld.open();
    const tab = await openTab(browser, world, DESKTOP);
    const { page } = tab;
    await page.goto("/add");
    await page.getByLabel("Which account is it?").fill("oura");
    await page.getByText(/^2 providers$/).waitFor();
    const link = page.getByRole("link", { name: "Oura Ring oura", exact: true });
    await link.focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Add Oura Ring" });
    await dialog.waitFor();
    expect(new URL(page.url()).pathname).toBe("/add");
    await expectSound(tab);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(await page.locator(":focus").getAttribute("href")).toBe("/add/oura");

    await link.click();
    await dialog.getByLabel("Client id", { exact: true }).fill("4c1b7a");
    await dialog.getByLabel("Client id, again").fill("4c1b7a");
    await dialog.getByText("OURA_ACCESS_TOKEN, in this repository's Actions secrets.").click();
    const outputs = dialog.getByRole("group", { name: "Secrets that pipelines read" });
    await outputs.getByLabel("Name").fill("RING");
    await outputs.getByRole("button", { name: /^Add another/ }).click();
    await outputs.getByLabel("Name").nth(1).fill("RING_ENDS");
    await outputs.getByLabel("Value").nth(1).selectOption("expires_at");
    await dialog.getByText("RING_ENDS: expires_at").waitFor();
    await dialog.getByText("RING, RING_ENDS, in this repository's Actions secrets.").waitFor();
    await dialog.getByLabel("Client id, again").fill("slip");
    await dialog.getByLabel(/^Client secret/).fill("a-client-secret");
    await dialog.getByRole("button", { name: "Save", exact: true }).click();
    await dialog.getByRole("link", { name: "the two client ids are not the same" }).waitFor();
    expect(await page.locator(":focus").getAttribute("id")).toBe("form-summary");
    expect(await dialog.getByLabel(/^Client secret/).inputValue()).toBe("a-client-secret");
    await dialog.getByLabel("Client id, again").fill("4c1b7a");
    await dialog.getByRole("button", { name: "Save", exact: true }).click();
    await page.waitForURL("**/credentials/oura/saved");
    expect(world.read("credentials/oura.yaml")).toContain("  RING: access_token\n  RING_ENDS: expires_at\n");
    await page.context().close();
  });

  it("keeps what was typed where the console does not answer, or not with the form", async () => {
    const tab = await openTab(browser, await ConsoleWorld.open(), DESKTOP);
    const { page } = tab;
    const errors: string[] = [];
    page.on("pageerror", ({ message }) => void errors.push(message));
    const asked: string[] = [];
    let kept = false;
    const [add, dialog] = [page.locator("main a[href='/add']").first(), page.getByRole("dialog")];
    page.on("dialog", (question) => {
      asked.push(question.type());
      void (kept ? question.dismiss() : question.accept());
    });
    await page.goto("/");
    await add.click();
    await dialog.getByLabel("Which account is it?").waitFor();
    await page.keyboard.type("oura");
    await dialog.getByText(/^2 providers$/).waitFor();
    await dialog.getByRole("link", { name: "Oura Ring oura", exact: true }).click();
    await dialog.getByRole("heading", { name: "Add Oura Ring" }).waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(asked).toEqual([]);

    await add.click();
    await dialog.getByRole("link", { name: /^Strava/ }).click();
    await dialog.getByRole("link", { name: "Another provider" }).click();
    await dialog.getByRole("link", { name: "Oura Ring oura", exact: true }).click();
    await dialog.getByRole("button", { name: "Copy the redirect URI" }).waitFor();
    await dialog.getByLabel("Client id", { exact: true }).fill("4c1b7a");
    await page.route(/\/(check|add\/oura)$/, (route) => route.abort());
    await dialog.getByRole("button", { name: "Save", exact: true }).click();
    await dialog.getByText("The console does not answer: what you typed is still here.").waitFor();
    expect(await page.locator(":focus").getAttribute("id")).toBe("form-summary");
    await page.unroute(/\/(check|add\/oura)$/);
    await page.context().clearCookies();
    await dialog.getByRole("button", { name: "Check" }).click();
    await dialog.getByText("This browser is not let in: The console opens in one browser").waitFor();
    expect(await dialog.getByLabel("Client id", { exact: true }).inputValue()).toBe("4c1b7a");
    expect(errors).toEqual([]);
    kept = true;
    await page.evaluate("location.assign('/plan')");
    await expect.poll(() => asked).toEqual(["beforeunload"]);
    kept = false;
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(asked).toHaveLength(2);
    await page.context().close();
  });

  it("begins with what stands against saving it, also on a phone", async () => {
    const tab = await openTab(browser, await ConsoleWorld.open(), PHONE);
    await tab.page.goto("/add/oura");
    await tab.page.getByRole("button", { name: "Save and authorize" }).click();
    const summary = tab.page.getByRole("alert");
    await summary.getByRole("link").first().waitFor();
    expect(await tab.page.locator(":focus").getAttribute("id")).toBe("form-summary");
    expect(
      await tab.page.locator("h1 + form > .summary, h1 + form > .before").first().getAttribute("id"),
    ).toBe("form-summary");
    await tab.page.context().close();
  });
});
