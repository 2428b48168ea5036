import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loopbackListener } from "../../src/adapters/loopback-listener.ts";
import { launchBrowser } from "../support/browser.ts";
import { freePort } from "../support/free-port.ts";
import { openTab, PHONE } from "../support/console-page.ts";
import { ConsoleWorld } from "../support/console-world.ts";
import { git } from "../support/git.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** An empty repository with a runner, and a client at the sandbox whose redirect comes to a port of this test's. */
async function aStart() {
  const own = await ConsoleWorld.open({}, {}, { listener: loopbackListener });
  git(own.directory, "init", "--quiet", "--initial-branch=main");
  const redirect = `http://127.0.0.1:${String(await freePort())}/callback`;
  const { authorizationServer, addresses } = own.world.sandbox;
  const { issuer, client_secret: secret } = addresses.authorization_server;
  authorizationServer.registerClient({ id: "console-client", secret, redirectUris: [redirect] });
  own.startRunner();
  const { page } = await openTab(browser, own, { ...PHONE, javaScriptEnabled: false });
  return { own, page, server: { issuer, secret, redirect }, token: addresses.github.token };
}

/** Looks again, by the page's own link, until it tells this. */
async function lookUntil(page: Page, text: string | RegExp, again: string): Promise<void> {
  while (!(await page.getByText(text).first().isVisible()))
    await page.getByRole("link", { name: again }).click();
}

type Server = Awaited<ReturnType<typeof aStart>>["server"];

async function fillIn(page: Page, { secret, redirect }: Server): Promise<void> {
  const text = (name: string) => page.getByRole("textbox", { name });
  await text("Name").first().fill("oura");
  await page.getByRole("combobox", { name: "Rotation" }).selectOption("single_use");
  await page.getByLabel("Client id", { exact: true }).fill("console-client");
  await page.getByRole("button", { name: "Check" }).click();
  await page.getByRole("link", { name: "the client id is typed once only" }).waitFor();
  await text("Client id, again").fill("console-client");
  await text("Client secret").fill(secret);
  await page.getByRole("checkbox", { name: "extapi:personal" }).check();
  await text("Redirect URI").fill(redirect);
}

describe("without JavaScript, on a phone", () => {
  it("links and forms do all of it: add, commit, apply, authorize, refresh and find", async () => {
    const { own, page, server, token } = await aStart();
    const press = (name: string | RegExp) => page.getByRole("button", { name, exact: true }).click();
    const go = (name: string) => page.getByRole("link", { name, exact: true }).click();
    await page.goto("/");
    await go("Add your first credential");
    await page.getByRole("textbox", { name: "Issuer" }).fill(server.issuer);
    await press("Go on");
    await fillIn(page, server);
    await press("Save");
    await press("Commit");
    await page.getByText("All of it is committed").waitFor();

    await go("Plan and apply");
    await page.getByLabel("The workflow's GitHub token").fill(token);
    await press("Take them into the plan");
    await press(/^Make these [0-9]+ changes/);
    await lookUntil(page, "All of the plan was done.", "See how far it is");
    await press("Commit");

    await go("Authorize oura");
    await press(/^Authorize at/);
    await lookUntil(page, "Continue at", "Look again");
    await page.getByRole("link", { name: /^Continue at/ }).click();
    await press("Allow");
    await page.waitForURL("/credentials/oura/authorize");
    await lookUntil(page, "oura is authorized.", "Look again");

    own.world.clock.othersAreLate = true;
    await go("Credentials");
    await go("oura");
    await page.getByRole("link", { name: /^Refresh now/ }).click();
    await press("Refresh now");
    await lookUntil(page, "1 → 2", "Look again");
    // One credential needs no search, so that the form is there with what it was asked for alone.
    await page.goto("/?q=x");
    await page.getByRole("searchbox", { name: "Find" }).fill("nothing like it");
    await press("Show");
    await page.getByText("No credential is like that.").waitFor();
    await go("Show all");
    await page.getByText("generation 2").waitFor();
    expect(git(own.directory, "status", "--porcelain")).toBe("");
    expect(await own.world.outputWorks()).toBe(true);
    await page.context().close();
  });
});
