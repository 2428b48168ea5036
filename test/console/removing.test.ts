import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { revoke } from "../../src/commands/revoke.ts";
import { Secret } from "../../src/secret.ts";
import { ConsoleWorld } from "../support/console-world.ts";
import { changed, OURA } from "../support/console-forms.ts";
import { git } from "../support/git.ts";
import { anyOfJournal, DOWN } from "../support/misfortunes.ts";
import { World } from "../support/world.ts";

const PAGE = "/credentials/oura/remove";
const FILE = "credentials/oura.yaml";
const FIRST = "After its file is gone, nothing here knows how to end the grant";

async function consoleOn(world: World): Promise<ConsoleWorld> {
  const opened = await ConsoleWorld.on(world);
  opened.declare({ name: "oura" });
  return opened;
}

function isThere({ directory }: ConsoleWorld, path = FILE): boolean {
  return existsSync(join(directory, path));
}

/** The form of the page as it is now, with what is typed into it. */
async function sent(
  opened: ConsoleWorld,
  { page = PAGE, typed }: { readonly page?: string; readonly typed?: string } = {},
) {
  const [, was = ""] = /name="file_was" value="([^"]+)"/.exec((await opened.get(page)).text) ?? [];
  return [["file_was", was], ...(typed === undefined ? [] : [["confirm", typed] as const])] as const;
}

describe("a credential that nobody has authorized", () => {
  it("is removed by one button, and what was typed for it is forgotten", async () => {
    const opened = await consoleOn(await World.create());
    opened.console.typed.set("OURA_CLIENT_SECRET", new Secret("typed-by-somebody"));
    const { text } = await opened.get(PAGE);
    expect(text).toContain("No commit has it, so nothing brings it back.");
    expect(text).not.toContain(FIRST);
    expect(text).not.toContain('name="confirm"');
    expect(text).not.toContain("What stays on GitHub");
    const { status, headers } = await opened.post(PAGE, await sent(opened));
    expect([status, headers.get("location")]).toEqual([303, "/plan"]);
    expect(isThere(opened)).toBe(false);
    expect([...opened.console.typed]).toEqual([]);
    expect((await opened.get(PAGE)).status).toBe(404);
  });

  it("leaves its client secret, and the page says where", async () => {
    const opened = await ConsoleWorld.on(await World.create());
    await opened.post("/add/oura", changed(OURA, ["client_secret", "sealed-by-the-form"]));
    const { text } = await opened.get(PAGE);
    expect(text).toMatch(
      /<code>OURA_CLIENT_SECRET<\/code> in the environment sealring of acme\/health-pipeline\. No plan names it/,
    );
    expect(text).toMatch(/<code>gh secret delete OURA_CLIENT_SECRET --env sealring --repo /);
  });

  it("is gone from a commit that the plan offers, though nothing is declared any more", async () => {
    const opened = await consoleOn(await World.create());
    git(opened.directory, "init", "--quiet", "--initial-branch=main");
    git(opened.directory, "add", "--all");
    git(opened.directory, "commit", "--quiet", "--message", "first");
    expect((await opened.get(PAGE)).text).toContain("Git keeps what was committed of it.");
    await opened.post(PAGE, await sent(opened));
    const plan = await opened.get("/plan");
    expect(plan.text).toContain("Nothing is declared in this folder yet");
    expect(plan.text).toMatch(/name="path"[^>]* value="credentials\/oura\.yaml"/);
    expect(plan.text).toMatch(/name="message"[^>]*>Remove oura</);
    expect(plan.text).toContain('value="sealring/remove-oura"');
  });

  it("keeps a typed client secret that another one has, too", async () => {
    const opened = await consoleOn(await World.create());
    opened.declare({ name: "strava" });
    opened.console.typed.set("OURA_CLIENT_SECRET", new Secret("typed-by-somebody"));
    await opened.post(PAGE, await sent(opened));
    expect([...opened.console.typed.keys()]).toEqual(["OURA_CLIENT_SECRET"]);
  });
});

describe("a credential with a grant", () => {
  it("is better revoked first, and says which secrets stay", async () => {
    const opened = await consoleOn(await World.authorized());
    opened.declare({ name: "strava" });
    const { text } = await opened.get(PAGE);
    expect(text).toContain(FIRST);
    expect(text).toContain('href="/credentials/oura/revoke"');
    expect(text).toMatch(
      /<code>OURA_ACCESS_TOKEN<\/code> in the actions secrets of [^ ]+\. The plan that comes/,
    );
    expect(text).toMatch(/<code>SEALRING_CREDENTIAL_OURA<\/code> in the environment .+ No plan names it/);
  });

  it("that is the last one is promised no plan, and its outputs are deleted by hand", async () => {
    const opened = await consoleOn(await World.authorized());
    const { text } = await opened.get(PAGE);
    expect(text).not.toContain("The plan");
    expect(text).toMatch(/<code>gh secret delete OURA_ACCESS_TOKEN --repo /);
    const { headers } = await opened.post(PAGE, await sent(opened, { typed: "oura" }));
    expect(headers.get("location")).toBe("/plan");
  });

  it("is no last one beside a sealring.yaml: that is enough for a plan", async () => {
    const opened = await consoleOn(await World.authorized());
    opened.write("sealring.yaml", "version: 1\n");
    expect((await opened.get(PAGE)).text).toContain("The plan that comes next says how it is removed.");
  });

  it("that was the last one is no fault of the files afterwards", async () => {
    const opened = await consoleOn(await World.create());
    await opened.post(PAGE, await sent(opened));
    for (const action of ["refresh", "revoke"]) {
      const { status, text } = await opened.get(`/credentials/oura/${action}`);
      expect(status).toBe(404);
      expect(text).not.toContain("there are faults");
    }
  });

  it("is removed by whoever types its name, and the plan shows what is left", async () => {
    const opened = await consoleOn(await World.authorized());
    opened.declare({ name: "strava" });
    for (const typed of [undefined, "", "our", '"><script>alert(1)</script>']) {
      const { status, text } = await opened.post(
        PAGE,
        await sent(opened, typed === undefined ? {} : { typed }),
      );
      expect(status).toBe(422);
      expect(text).toContain("That is not its name. Nothing was done.");
      expect(text).not.toContain("<script>alert");
    }
    expect(isThere(opened)).toBe(true);
    const writes = () => opened.world.sandbox.github.log.filter(({ method }) => method !== "GET").length;
    const before = writes();
    const { headers } = await opened.post(PAGE, await sent(opened, { typed: " oura " }));
    expect(headers.get("location")).toBe("/plan?orphans=prune");
    expect(isThere(opened)).toBe(false);
    expect(writes()).toBe(before);
    expect((await opened.get("/credentials/oura")).text).toContain("No file declares oura any more.");
  });

  it("that is revoked is removed by one button, to which the plan leads", async () => {
    const world = await World.authorized();
    await world.within({}, ({ ports }) => revoke(ports, "oura"));
    const opened = await consoleOn(world);
    expect((await opened.get("/plan")).text).toContain(`href="${PAGE}"`);
    expect((await opened.get("/credentials/oura")).text).toContain(`href="${PAGE}"`);
    const { text } = await opened.get(PAGE);
    expect(text).not.toContain(FIRST);
    expect(text).not.toContain("What stays on GitHub");
    expect((await opened.post(PAGE, await sent(opened))).status).toBe(303);
    expect(isThere(opened)).toBe(false);
  });

  it("is taken for authorized where GitHub cannot be asked", async () => {
    const opened = await consoleOn(await World.create());
    opened.world.sandbox.github.faults.fail(anyOfJournal, DOWN, Infinity);
    const { text } = await opened.get(PAGE);
    expect(text).toContain("nobody could see whether it is authorized");
    expect((await opened.post(PAGE, await sent(opened))).status).toBe(422);
    expect((await opened.post(PAGE, await sent(opened, { typed: "oura" }))).status).toBe(303);
  });
});

describe("nothing is removed", () => {
  it("while something goes on with the credential", async () => {
    const opened = await consoleOn(await World.create());
    const form = await sent(opened);
    let end: () => void = () => undefined;
    const work = new Promise<void>((done) => {
      end = done;
    });
    const { operations } = opened.console;
    const { id } = operations.start({ kind: "refresh", credential: "oura" }, async () => {
      await work;
      throw new Error("over");
    });
    for (const { status, text } of [await opened.get(PAGE), await opened.post(PAGE, form)]) {
      expect(text).toContain("It is being refreshed. One thing at a time");
      expect(text).toContain(`href="/operations/${id}"`);
      expect(text).not.toContain("<form");
      expect([200, 409]).toContain(status);
    }
    expect(isThere(opened)).toBe(true);
    end();
    await operations.settled();
    expect((await opened.post(PAGE, form)).status).toBe(303);
  });

  it("where the file has changed since, or no page was shown", async () => {
    const opened = await consoleOn(await World.create());
    const form = await sent(opened);
    opened.write(FILE, `${opened.read(FILE)}# somebody else's\n`);
    for (const old of [form, []]) {
      const { status, text } = await opened.post(PAGE, old);
      expect(status).toBe(409);
      expect(text).toContain("The file has changed since this page was shown. Nothing was removed.");
    }
    expect(isThere(opened)).toBe(true);
    expect((await opened.post(PAGE, await sent(opened))).status).toBe(303);
  });

  it("without the form token", async () => {
    const opened = await consoleOn(await World.create());
    const body = new URLSearchParams(Object.fromEntries(await sent(opened)));
    const headers = { origin: opened.console.origin };
    expect((await opened.ask(PAGE, { method: "POST", body, headers })).status).toBe(403);
    expect(isThere(opened)).toBe(true);
  });

  it("but a credential's own file", async () => {
    const opened = await consoleOn(await World.create());
    opened.write("sealring.yaml", "version: 1\n");
    for (const name of ["..%2fsealring", "no-such", "OURA", "oura.yaml", "%2e%2e", "constructor"]) {
      const page = `/credentials/${name}/remove`;
      expect((await opened.get(page)).status, name).toBe(404);
      expect((await opened.post(page, [["confirm", name]])).status, name).toBe(404);
    }
    expect(isThere(opened, "sealring.yaml")).toBe(true);
    expect(isThere(opened)).toBe(true);
  });
});

test("a file with faults is removed, too, from its tile or its page", async () => {
  const opened = await consoleOn(await World.create());
  opened.write("credentials/broken.yaml", "version: 1\nname: brokn\nclient: {secret: pasted-here}\n");
  const page = "/credentials/broken/remove";
  for (const from of ["/", "/credentials/broken"])
    expect((await opened.get(from)).text).toContain(`href="${page}"`);
  const { text } = await opened.get(page);
  expect(text).toContain("Its file has faults. A client secret that was sealed for it stays");
  expect(JSON.stringify(opened.world.sandbox.github.log)).not.toContain("pasted-here");
  expect((await opened.post(page, await sent(opened, { page }))).status).toBe(303);
  expect(isThere(opened, "credentials/broken.yaml")).toBe(false);
});

test("a file with faults of a credential with a grant is better mended, and revoked", async () => {
  const opened = await consoleOn(await World.authorized());
  opened.write(FILE, opened.read(FILE).replace("owner:", "ownr:"));
  const { text } = await opened.get(PAGE);
  expect(text).toContain("Mend its file and revoke it first.");
  expect(text).toContain('href="/credentials/oura/edit"');
  expect(text).toContain('name="confirm"');
});
