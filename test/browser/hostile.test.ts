import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { nodeHttpServer } from "../../src/adapters/http-server.ts";
import { createApp } from "../../src/console/app.ts";
import { SealringError } from "../../src/errors.ts";
import { encodeEntry } from "../../src/journal/codec.ts";
import { launchBrowser } from "../support/browser.ts";
import { openTab } from "../support/console-page.ts";
import { ConsoleWorld } from "../support/console-world.ts";
import { anEntry, at } from "../support/entries.ts";
import { git } from "../support/git.ts";
import {
  DEVICE_ANSWER,
  ENTRY_CHANGES,
  fileOf,
  LINK,
  MARKUP,
  metadataOf,
  PLACE,
  soundFile,
} from "../support/hostile-files.ts";
import { foreignIn } from "../support/markup.ts";
import type { Answered } from "../support/markup.ts";
import { answering } from "../support/misfortunes.ts";

const BRANCH = "<img/src=x/onerror=alert(1)>";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const SOUND = ["sound", "garbled", "asked"] as const;
const FAULTY = ["markup", "link", "text", "torn"] as const;

/** A repository and a journal that somebody hostile has filled, with nothing in them that the loader refuses. */
async function hostileConsole(): Promise<ConsoleWorld> {
  const opened = await ConsoleWorld.open();
  const { sandbox, repository } = opened.world;
  git(opened.directory, "init", "--quiet", `--initial-branch=${BRANCH}`);
  for (const environment of [PLACE, "sealring"]) sandbox.github.addEnvironment(repository, environment);
  for (const name of SOUND) opened.write(`credentials/${name}.yaml`, soundFile(name));
  opened.declare({ name: "device", grant: "device_code" });
  const { journal } = opened.world.connect();
  const target = { kind: "environment", repository, environment: PLACE } as const;
  const published = [{ target, secretName: "GONE_TOKEN", at: at(0) }];
  const entry = JSON.parse(encodeEntry(anEntry({ name: "sound", published }))) as object;
  const files = new Map([
    ["credentials/sound.json", JSON.stringify({ ...entry, ...ENTRY_CHANGES })],
    ["credentials/garbled.json", MARKUP],
  ]);
  const message = `sound: refreshed to generation 2\n${MARKUP}\n\nrun: ${LINK}`;
  await journal.swap(await journal.head(), { message, files });
  return opened;
}

/** Work that tells what somebody hostile has it tell: one that has failed, and one that waits for a person. */
function startHostileWork({ console: { operations } }: ConsoleWorld): void {
  operations.start({ kind: "refresh", credential: "sound" }, (teller) => {
    teller.say(MARKUP);
    teller.watchAt(LINK);
    throw new SealringError("transient", MARKUP, { hint: `run: sealring authorize ${MARKUP}, ${LINK}` });
  });
  operations.start({ kind: "authorize", credential: "asked" }, async (teller) => {
    const uris = { verificationUri: LINK, verificationUriComplete: LINK };
    teller.invite({ kind: "user_code", ...uris, userCode: MARKUP, expiresAt: at(600) });
    return new Promise<never>((_, reject) => {
      onTestFinished(() => reject(new Error("over")));
    });
  });
}

const QUERIES = ["q", "state", "provider", "issuer", "as", "lines", "length", "follow", "orphans"];

/** An address of every route for each of these credentials, and one of each with hostile things asked of it. */
function addressesOf(opened: ConsoleWorld, names: readonly string[]): readonly string[] {
  const parts: Readonly<Record<string, readonly string[]>> = {
    name: names,
    id: opened.console.operations.all.map(({ id }) => id),
    provider: ["oura", "issuer"],
  };
  const query = new URLSearchParams(Object.fromEntries(QUERIES.map((name) => [name, MARKUP]))).toString();
  return createApp(opened.console)
    .routes.filter(({ method, path }) => method === "GET" && !/^\/(?:events|start|assets\/.*)$/.test(path))
    .flatMap(({ path }) => {
      const part = /:(\w+)(?:\{.*\})?/.exec(path);
      const values = part === null ? [""] : (parts[part[1] ?? ""] ?? []);
      const addresses = values.map((value) => path.replace(/:\w+(?:\{.*\})?/, value));
      return [...addresses, `${addresses[0] ?? ""}?${query}`];
    });
}

async function answersTo(opened: ConsoleWorld, addresses: readonly string[]): Promise<readonly Answered[]> {
  const answers: Answered[] = [];
  for (const address of addresses) {
    const { status, text } = await opened.get(address);
    expect(status, address).not.toBe(500);
    answers.push({ address, text });
  }
  return answers;
}

/** The addresses of the pages that show some of it. */
function showing(answers: readonly Answered[]): readonly string[] {
  return answers.filter(({ text }) => text.includes("alert(1)")).map(({ address }) => address);
}

/** An issuer that publishes this of itself. */
async function issuerWith(endpointOf: (origin: string) => string): Promise<string> {
  const known = { origin: "" };
  const server = await nodeHttpServer.serve({ kind: "loopback", port: 0 }, async () => {
    const text = metadataOf(known.origin, endpointOf(known.origin));
    const headers = { "content-type": "application/json" };
    return { delivery: "whole", response: new Response(text, { headers }) };
  });
  onTestFinished(() => server.close());
  known.origin = server.origin;
  return `/add/issuer?issuer=${encodeURIComponent(server.origin)}`;
}

describe("whatever somebody has written into a repository or a journal", () => {
  it("is text on every page, and the browser has nothing to say against it", async () => {
    const opened = await hostileConsole();
    startHostileWork(opened);
    const { page, complaints } = await openTab(browser, opened);
    const dialogs: string[] = [];
    page.on("dialog", (dialog) => dialogs.push(dialog.message()));
    const answers = await answersTo(opened, addressesOf(opened, [...SOUND, "device"]));
    expect(await foreignIn(page, answers)).toEqual([]);
    expect(showing(answers)).toEqual(
      expect.arrayContaining(["/", "/plan", "/credentials/sound/saved", "/credentials/asked/authorize"]),
    );
    for (const address of ["/", "/plan", "/credentials/sound", "/credentials/asked/authorize"]) {
      await page.goto(address);
      await page.locator("h1").waitFor();
    }
    expect([...complaints, ...dialogs]).toEqual([]);
  });

  it("is text, too, where the loader refuses it", async () => {
    const opened = await hostileConsole();
    opened.write("credentials/markup.yaml", fileOf(MARKUP));
    opened.write("credentials/link.yaml", fileOf(LINK));
    opened.write("credentials/text.yaml", `version: 1\nprovider: ${JSON.stringify(MARKUP)}\n`);
    opened.write("credentials/torn.yaml", `a: ${MARKUP}: [\n`);
    opened.write(`credentials/${PLACE}.yaml`, "version: 1\n");
    const { page } = await openTab(browser, opened);
    const answers = await answersTo(opened, addressesOf(opened, FAULTY));
    opened.write("sealring.yaml", JSON.stringify({ version: 1, environment: MARKUP, [MARKUP]: LINK }));
    const more = await answersTo(opened, ["/", "/plan", "/credentials/sound", "/doctor"]);
    expect(await foreignIn(page, [...answers, ...more])).toEqual([]);
    const edits = FAULTY.map((name) => `/credentials/${name}/edit`);
    expect(showing(answers)).toEqual(expect.arrayContaining(["/", "/plan", ...edits]));
  });
});

describe("whatever a server answers", () => {
  it("is text in the form for its credential, and leads nowhere", async () => {
    const opened = await ConsoleWorld.open();
    const { page } = await openTab(browser, opened);
    const addresses = [await issuerWith((origin) => `${origin}/'><b>`), await issuerWith(() => LINK)];
    const answers = await answersTo(opened, addresses);
    expect(await foreignIn(page, answers)).toEqual([]);
    expect(showing(answers)).toContain(addresses[0]);
  });

  it("is no code and no link to follow, where it is not one", async () => {
    const opened = await ConsoleWorld.open();
    opened.declare({ name: "device", grant: "device_code" });
    const { authorizationServer } = opened.world.sandbox;
    authorizationServer.faults.fail("device_authorization", answering(200, DEVICE_ANSWER));
    const address = "/credentials/device/authorize";
    await opened.post(address, await opened.ticksOn(address));
    await opened.console.operations.settled();
    const { page } = await openTab(browser, opened);
    const answers = await answersTo(opened, ["/", ...addressesOf(opened, ["device"])]);
    expect(await foreignIn(page, answers)).toEqual([]);
    expect(showing(answers).filter((address) => !address.includes("?"))).toEqual([]);
  });
});

describe("whatever a form is sent", () => {
  it("is text where it comes back", async () => {
    const opened = await hostileConsole();
    const { page } = await openTab(browser, opened);
    const names = ["name", "description", "client/id", "client_id_again", "client_secret", "scopes/others"];
    const others = ["redirect_uri", "outputs/0/name", "text", "message", "branch", "back", "path"];
    const fields = [...names, ...others, "more", "plan", "secret", "confirm", "address", "flow"].map(
      (name) => [name, MARKUP] as const,
    );
    const where = ["where", "new"] as const;
    const answers: Answered[] = [];
    for (const [address, ...more] of [
      ["/add/oura"],
      ["/check", ["form_of", "/add/oura"]],
      ["/credentials/sound/edit"],
      ["/credentials/sound/edit?as=text"],
      ["/commit", where],
      ["/commit", where, ["path", "credentials/sound.yaml"]],
      ["/plan/apply"],
      ["/credentials/sound/revoke"],
    ] as const) {
      const { status, text } = await opened.post(address, [...more, ...fields]);
      expect(text, address).not.toBe("");
      expect(status, address).not.toBe(500);
      answers.push({ address, text });
    }
    expect(await foreignIn(page, answers)).toEqual([]);
    expect(showing(answers)).toHaveLength(7);
  });
});

describe("the judge of these pages", () => {
  it.each([
    "<script>alert(1)</script>",
    '<script src="https://evil.example/x.js"></script>',
    '<script src="/assets/console.js">alert(1)</script>',
    "<img src=x onerror=alert(1)>",
    "<p onclick=alert(1)>",
    '<p style="color: red">',
    '<a href="javascript:alert(1)">',
    '<a href="//evil.example/">',
    '<svg><a xlink:href="javascript:alert(1)"></a></svg>',
    '<form action="javascript:alert(1)">',
    '<button formaction="data:text/html,x">',
    '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
    '<link rel="stylesheet" href="/elsewhere.css">',
    "<textarea></textarea><iframe></iframe>",
  ])("finds %s", async (text) => {
    const page = await browser.newPage();
    expect(await foreignIn(page, [{ address: "/", text }])).not.toEqual([]);
    await page.close();
  });
});
