import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { start } from "../support/cli.ts";
import type { Running } from "../support/cli.ts";
import { expectNoCanary, expectNoCanaryIn } from "../support/canary.ts";
import { DESKTOP, expectSound, listen } from "../support/console-page.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

interface Addresses {
  readonly authorization_server: {
    readonly issuer: string;
    readonly client_id: string;
    readonly client_secret: string;
  };
  readonly github: { readonly api_url: string; readonly repository: string; readonly token: string };
}

/** An empty repository, and the sandbox beside it, as `sealring sandbox` leaves it running. */
class Scene {
  readonly home = mkdtempSync(join(tmpdir(), "sealring-story-"));
  readonly directory = join(this.home, "repository");
  readonly #running: Running[] = [];

  static async open(): Promise<{ readonly scene: Scene; readonly addresses: Addresses }> {
    const scene = new Scene();
    onTestFinished(() => scene.close());
    scene.git("init", "--quiet", "--initial-branch=main", scene.directory);
    const sandbox = scene.start(["sandbox"], {});
    const text = await sandbox.prints(/^(\{[\s\S]*^\})/m);
    return { scene, addresses: JSON.parse(text) as Addresses };
  }

  start(args: readonly string[], env: Readonly<Record<string, string>>): Running {
    const own = { PATH: process.env["PATH"] ?? "", HOME: this.home, ...IDENTITY, ...env };
    const running = start(args, { cwd: this.directory, env: own });
    this.#running.push(running);
    return running;
  }

  git(...args: readonly string[]): string {
    const env = { PATH: process.env["PATH"], HOME: this.home, ...IDENTITY };
    return execFileSync("git", args, { cwd: this.home, env, encoding: "utf8" });
  }

  async close(): Promise<void> {
    const ended = await Promise.all(this.#running.map((running) => running.stop("SIGINT")));
    expect(ended.map(({ exit }) => exit)).toEqual(ended.map(() => 0));
    rmSync(this.home, { recursive: true });
  }
}

const IDENTITY = {
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_AUTHOR_NAME: "Ada",
  GIT_AUTHOR_EMAIL: "ada@acme.example",
  GIT_COMMITTER_NAME: "Ada",
  GIT_COMMITTER_EMAIL: "ada@acme.example",
};

describe("a new user's story, from an empty repository to a refreshed tile", () => {
  it("needs the console alone", async () => {
    const { scene, addresses } = await Scene.open();
    const { authorization_server: server, github } = addresses;
    const console = scene.start(["console", "--no-browser"], {
      GITHUB_API_URL: github.api_url,
      GITHUB_REPOSITORY: github.repository,
      SEALRING_GITHUB_TOKEN: github.token,
    });
    const link = await console.prints(/(http:\S+\/start\?token=\S+)/);
    const page = await (await browser.newContext(DESKTOP)).newPage();
    const tab = { page, complaints: listen(page) };
    const pages = recordPages(page, new URL(link).origin);

    await page.goto(link);
    await page.getByRole("link", { name: "Add your first credential" }).click();
    await page.getByRole("textbox", { name: "Issuer" }).fill(server.issuer);
    await page.getByRole("button", { name: "Go on" }).click();
    await fillIn(page, server);
    await expectSound(tab);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("button", { name: "Commit" }).click();
    await page.getByText("All of it is committed").waitFor();
    await expectSound(tab);

    await page.getByRole("link", { name: "Plan and apply" }).click();
    await page.getByRole("button", { name: /^Make these [0-9]+ changes/ }).click();
    await page.getByText(/^Applied: 3 added/).waitFor();
    await expectSound(tab);
    await page.getByRole("button", { name: "Commit" }).click();
    await page.getByText("All of it is committed").waitFor();
    expect(scene.git("-C", scene.directory, "status", "--porcelain")).toBe("");

    await page.getByRole("link", { name: "Authorize oura" }).click();
    await page.getByRole("button", { name: /^Authorize at/ }).click();
    await page.getByRole("button", { name: "Allow" }).click();
    await page.getByText("oura is authorized.").waitFor();
    await expectSound(tab);

    await page.getByRole("link", { name: "sealring", exact: true }).click();
    await page.getByText("generation 1").waitFor();
    await page.getByRole("link", { name: "oura", exact: true }).click();
    await page.getByRole("link", { name: /^Refresh now/ }).click();
    await page.getByRole("button", { name: "Refresh now" }).click();
    await page.getByText("1 → 2").waitFor();
    await expectSound(tab);
    await page.getByRole("link", { name: "sealring", exact: true }).click();
    await page.getByText("generation 2").waitFor();

    expect(scene.git("-C", scene.directory, "log", "--format=%s").split("\n")).toHaveLength(3);
    const secrets = [server.client_secret, github.token];
    const seen = (await pages()).join("\n");
    // Of each step there is a page to look at.
    for (const words of [
      "Client id, again",
      "All of it is committed",
      "Applied: 3 added",
      "oura is authorized.",
    ])
      expect(seen).toContain(words);
    expectNoCanary(seen, secrets);
    expectNoCanaryIn(scene.home, secrets);
    await page.context().close();
  });
});

async function fillIn(page: Page, server: Addresses["authorization_server"]): Promise<void> {
  const text = (name: string) => page.getByRole("textbox", { name });
  await text("Name").first().fill("oura");
  await text("What the data is for").fill("Sleep and activity of the study cohort");
  await page.getByRole("combobox", { name: "Rotation" }).selectOption("single_use");
  await page.getByLabel("Client id", { exact: true }).fill(server.client_id);
  await text("Client id, again").fill(server.client_id);
  await text("Client secret").fill(server.client_secret);
  await page.getByRole("checkbox", { name: "extapi:daily" }).check();
  await text("Redirect URI").fill("http://127.0.0.1:8484/callback");
}

/** Every address that the console was asked for, and what it answered; but for the stream of events. */
function recordPages(page: Page, origin: string): () => Promise<readonly string[]> {
  const texts: Promise<string>[] = [];
  page.on("response", (answer) => {
    const { pathname } = new URL(answer.url());
    if (!answer.url().startsWith(origin) || pathname === "/events") return;
    texts.push(
      answer.text().then(
        (text) => answer.url() + text,
        () => answer.url(),
      ),
    );
  });
  return () => Promise.all(texts);
}
