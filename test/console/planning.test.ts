import { describe, expect, it } from "vitest";
import { SealringError } from "../../src/errors.ts";
import type { GitHub } from "../../src/github.ts";
import { asGitHubCom, ConsoleWorld } from "../support/console-world.ts";
import { applied, planIn } from "../support/console-plan.ts";
import { git } from "../support/git.ts";
import type { JobOptions } from "../support/world.ts";

const VAULT = { kind: "environment", repository: "acme/health-pipeline", environment: "vault" } as const;
const SAVED = "/credentials/oura/saved";
const WORKFLOW = ".github/workflows/sealring.yml";

/** Of a repository with one credential, for which nothing is made yet. */
async function fresh(options: JobOptions = {}): Promise<ConsoleWorld> {
  const opened = await ConsoleWorld.open({ "sealring.yaml": "version: 1\nenvironment: vault\n" }, options);
  opened.declare({ name: "oura" });
  return opened;
}

/** What was asked of GitHub that may change something there. */
function writes({ world }: ConsoleWorld): readonly string[] {
  return world.sandbox.github.log
    .filter(({ method }) => method !== "GET")
    .map(({ method, target }) => `${method} ${target}`);
}

/** The names of the environment's secrets; none: it is not there. */
function sealed({ world }: ConsoleWorld): readonly string[] {
  return [...world.sandbox.github.revealSecrets(VAULT).keys()];
}

describe("the plan's page", () => {
  it("shows what is to be made, and writes nothing", async () => {
    const opened = await fresh();
    const { status, text } = await opened.get("/plan");
    expect(status).toBe(200);
    for (const shown of [
      "environment vault, open to main only",
      "OURA_CLIENT_SECRET in environment vault of acme/health-pipeline, given here",
      WORKFLOW,
      "the action in .github/actions/sealring (1 file to write)",
      "oura is not authorized yet",
      'href="/credentials/oura/authorize"',
      "Make these 4 changes",
    ])
      expect(text).toContain(shown);
    expect(writes(opened)).toEqual([]);
    expect(() => opened.read(WORKFLOW)).toThrow("ENOENT");
  });

  it("shows line by line what differs in a file", async () => {
    const opened = await fresh();
    await applied(opened, await opened.get("/plan"));
    opened.write(WORKFLOW, opened.read(WORKFLOW).replace(/^on:$/m, "on: # <script>"));
    const { text } = await opened.get("/plan");
    expect(text).toContain("<del>-on: # &lt;script&gt;\n</del>");
    expect(text).toContain("<ins>+on:\n</ins>");
  });

  it("says where a faulty declaration is edited", async () => {
    const opened = await fresh();
    opened.write("credentials/oura.yaml", "version: 1\nname: oura\n");
    const { text } = await opened.get("/plan");
    expect(text).toContain("this file has no `provider`");
    expect(text).toContain('href="/credentials/oura/edit"');
    expect(text).not.toContain('action="/plan/apply"');
  });

  it("leads to the first credential where none is declared", async () => {
    const { text } = await (await ConsoleWorld.open()).get("/plan");
    expect(text).toContain('href="/add"');
    const begun = await ConsoleWorld.open({ "sealring.yaml": "version: 1\n" });
    const page = (await begun.get("/plan")).text;
    expect(page).toContain('<a class="button main" href="/add">');
    expect(page).not.toContain("everything is as declared");
  });

  it("says what to do where GitHub cannot be asked", async () => {
    const connect = () =>
      Promise.reject(new SealringError("usage", "there is no token", { hint: "run: gh auth login" }));
    const { status, text } = await (await fresh({ ports: { connect } })).get("/plan");
    expect(status).toBe(502);
    expect(text).toContain("there is no token");
    expect(text).toContain("gh auth login");
  });
});

describe("apply, from its page", () => {
  it("makes what was shown, and leaves what only a person does", async () => {
    const opened = await fresh();
    const { text } = await applied(opened, await opened.get("/plan"));
    expect(text).toContain("Applied: 4 added, 0 changed, 0 removed.");
    expect(text).toContain('<p id="apply-now">All of the plan was done.</p>');
    expect(opened.read(WORKFLOW)).toContain("OURA_CLIENT_SECRET");
    expect(sealed(opened)).toEqual(["OURA_CLIENT_SECRET"]);
    expect(text).toContain("Nothing to do for apply: 2 for a person.");
    expect(text).not.toContain('action="/plan/apply"');
  });

  it("offers to commit what it wrote, and comes back to say that it is to be pushed", async () => {
    const opened = await fresh({ github: asGitHubCom });
    git(opened.directory, "init", "--quiet", "--initial-branch=main");
    const { text } = await applied(opened, await opened.get("/plan"));
    const back = /name="back" value="([^"]+)"/.exec(text)?.[1] ?? "";
    expect(back).toMatch(/^\/plan\/apply\//);
    const ticked = [...text.matchAll(/name="path" value="([^"]+)"/g)].map(([, path = ""]) => path);
    expect(ticked).toEqual(expect.arrayContaining([WORKFLOW, ".github/actions/sealring"]));
    const fields = [
      ["back", back],
      ["message", "Refresh"],
      ["where", "current"],
    ] as const;
    const answer = await opened.post("/commit", [
      ...fields,
      ...ticked.map((path) => ["path", path] as const),
    ]);
    expect(answer.headers.get("location")).toBe(back);
    expect((await opened.get(back)).text).toContain("git push");
  });

  it("says on the plan's page that the last file is committed, and how to push it", async () => {
    const opened = await fresh({ github: asGitHubCom });
    git(opened.directory, "init", "--quiet", "--initial-branch=main");
    await applied(opened, await opened.get("/plan"));
    git(opened.directory, "add", ".github");
    git(opened.directory, "commit", "--quiet", "-m", "Begin");
    const answer = await opened.post("/commit", [
      ["back", /name="back" value="([^"]+)"/.exec((await opened.get("/plan")).text)?.[1] ?? ""],
      ["message", "The rest"],
      ["where", "current"],
      ["path", "sealring.yaml"],
      ["path", "credentials/oura.yaml"],
    ]);
    const { text } = await opened.get(answer.headers.get("location") ?? "");
    expect(text).toContain("All of it is committed, on <code>main</code>");
    expect(text).toContain("git push");
    expect((await opened.get("/plan")).text).not.toContain("All of it is committed");
  });

  it("offers to commit that a workflow is gone, which it has removed", async () => {
    const opened = await fresh();
    const old = ".github/workflows/sealring-9.yml";
    await applied(opened, await opened.get("/plan"));
    opened.write(old, opened.read(WORKFLOW));
    git(opened.directory, "init", "--quiet", "--initial-branch=main");
    git(opened.directory, "add", ".");
    git(opened.directory, "commit", "--quiet", "-m", "Begin");
    const { text } = await applied(opened, await opened.get("/plan"));
    expect(git(opened.directory, "status", "--porcelain")).toBe(`D ${old}`);
    for (const page of [text, (await opened.get("/plan")).text, (await opened.get(SAVED)).text]) {
      expect(page).toContain(`name="path" value="${old}"`);
      expect(page).toContain("(removed)");
      expect(page).not.toContain("All of it is committed");
    }
  });

  it("does nothing where something has moved since, and shows the new plan", async () => {
    const opened = await fresh();
    const page = await opened.get("/plan");
    opened.declare({ name: "strava" });
    const { text } = await applied(opened, page);
    expect(text).toContain("Something has moved since you looked, so nothing was done.");
    expect(text).toContain("the declarations");
    expect(text).toContain("strava is not authorized yet");
    expect(writes(opened)).toEqual([]);
    expect(() => opened.read(WORKFLOW)).toThrow("ENOENT");
    expect((await applied(opened, { text })).text).toContain("Applied: 4 added");
  });

  it("takes no plan that no page has shown", async () => {
    const opened = await fresh();
    for (const fields of [[], [["plan", "x"]]] as const)
      expect((await opened.post("/plan/apply", fields)).status).toBe(409);
    expect(opened.console.operations.all).toEqual([]);
  });

  it("says of each step that failed why, and of those that needed it", async () => {
    const refused = () =>
      Promise.reject(new SealringError("store_refused", "you may not", { hint: "ask an admin" }));
    const github = (real: GitHub): GitHub => ({ ...real, settings: { ...real.settings, confine: refused } });
    const opened = await fresh({ github });
    const { text } = await applied(opened, await opened.get("/plan"));
    expect(text).toContain("Applied: 2 added, 0 changed, 0 removed, 2 not done.");
    expect(text).toContain("Of the plan’s 4 changes, 2 were done.");
    expect(text).toContain("The rest needs somebody");
    expect(text).toMatch(/badge-bad">failed.*environment vault.*you may not.*ask an admin/s);
    expect(text).toMatch(/badge-idle">skipped.*OURA_CLIENT_SECRET/s);
    expect(text).toContain("What was done");
  });

  it("tells of nothing done where nothing was", async () => {
    const refused = () => Promise.reject(new SealringError("store_refused", "you may not"));
    const github = (real: GitHub): GitHub => ({ ...real, settings: { ...real.settings, confine: refused } });
    const opened = await fresh({ github });
    await applied(opened, await opened.get("/plan"));
    const { text } = await applied(opened, await opened.get("/plan"));
    expect(text).toContain("Applied: 0 added");
    expect(text).not.toContain("What was done");
  });

  it("goes on in the background, where every visit finds it", async () => {
    const gate = new AbortController();
    const opening = new Promise((resolve) => gate.signal.addEventListener("abort", resolve));
    const held = (real: GitHub): GitHub => {
      const confine: GitHub["settings"]["confine"] = async (...asked) => {
        await opening;
        return real.settings.confine(...asked);
      };
      return { ...real, settings: { ...real.settings, confine } };
    };
    const opened = await fresh({ github: held });
    const plan = planIn(await opened.get("/plan"));
    const another = planIn(await opened.get("/plan"));
    const place = (await opened.post("/plan/apply", [["plan", plan]])).headers.get("location") ?? "";
    const refused = await opened.post("/plan/apply", [["plan", another]]);
    expect([refused.status, refused.text.includes(`href="${place}"`)]).toEqual([409, true]);
    expect((await opened.get("/plan")).headers.get("location")).toBe(place);
    expect((await opened.post("/plan/apply", [["plan", plan]])).headers.get("location")).toBe(place);
    expect((await opened.get(place)).text).toMatch(/<p id="apply-now" data-live/);
    gate.abort();
    await opened.console.operations.settled();
    const { text } = await opened.get(place);
    expect(text).not.toContain("data-live");
    expect(text).toContain("Applied: 4 added");
    const told = await opened.get(place.replace("/plan/apply", "/operations"));
    expect(told.text).toContain(`<a href="${place}">See what came of it</a>`);
  });
});
