import { describe, expect, it } from "vitest";
import { SealringError } from "../../src/errors.ts";
import { encodeEntry } from "../../src/journal/codec.ts";
import { ConsoleWorld } from "../support/console-world.ts";
import { anEntry } from "../support/entries.ts";
import { answering } from "../support/misfortunes.ts";
import { World } from "../support/world.ts";

/** The tile of a credential, as HTML; what is hidden is told as such. */
function tileIn(html: string, name: string): string {
  const tile = new RegExp(
    `<li class="card tile[^>]*id="tile-${name}".*?</li>(?=<li class="card|</ul><p)`,
    "s",
  );
  return tile.exec(html)?.[0] ?? "";
}

/** The names of the tiles that are in sight, in their order. */
function shown(html: string): readonly string[] {
  return [...html.matchAll(/<li class="card tile[^>]*id="tile-([\w.-]+)"([^>]*)>/g)].flatMap(
    ([, name = "", rest = ""]) => (rest.includes(" hidden") ? [] : [name]),
  );
}

/** A console on a world where `oura` was authorized, and these others not. */
async function withOura(...others: readonly string[]): Promise<ConsoleWorld> {
  const world = await World.create();
  const console = await ConsoleWorld.on(world);
  for (const name of ["oura", ...others]) console.declare({ name });
  await world.authorize("oura");
  return console;
}

describe("the first page", () => {
  it("leads a newcomer to the first credential", async () => {
    const world = await ConsoleWorld.open();
    const { text, status } = await world.get("/");
    expect(status).toBe(200);
    expect(text).toContain('href="/add"');
    expect(text).toContain("<h1>Welcome</h1>");
  });

  it("shows each credential with what is known of it, and a way to its own page", async () => {
    const console = await withOura("strava");
    const { text } = await console.get("/");
    const oura = tileIn(text, "oura");
    expect(oura).toContain('<a href="/credentials/oura">oura</a>');
    expect(oura).toContain('<span class="badge badge-good">fresh</span>');
    expect(oura).toContain('href="mailto:data-platform@acme.example"');
    expect(oura).toContain("personal, daily, heartrate");
    expect(oura).toContain("generation 1 of its tokens");
    expect(text).not.toContain('role="search"');
    expect(oura).toMatch(/OURA_ACCESS_TOKEN<\/code> in actions secrets of \S+: written <time/);
    expect(oura).not.toContain('class="actions"');
    expect(tileIn(text, "strava")).toContain(
      '<a class="button main" href="/credentials/strava/authorize">Authorize',
    );
  });

  it("puts those that need somebody first, and says how many there are of each kind", async () => {
    const console = await withOura("strava", "amber");
    console.world.sandbox.authorizationServer.faults.fail(
      "token",
      answering(400, '{"error":"invalid_grant"}'),
    );
    await console.world.refresh({ names: ["oura"], when: "forced" });
    await console.world.authorize("amber");
    const { text } = await console.get("/");
    expect(shown(text)).toEqual(["oura", "strava", "amber"]);
    expect(text).toMatch(/>1 needs a person<.*>1 was never authorized<.*>1 is fresh</s);
    expect(tileIn(text, "oura")).toContain("<code>invalid_grant</code>");
  });

  it("says at once what an operation of this console has changed", async () => {
    const console = await withOura("strava");
    expect(tileIn((await console.get("/")).text, "strava")).toContain("never authorized");
    console.console.operations.start({ kind: "authorize", credential: "strava" }, async (teller) => {
      teller.say("The browser is open.");
      const { text } = await console.get("/");
      expect(tileIn(text, "strava")).toMatch(
        /badge-busy">busy.*The browser is open\..*href="\/operations\//s,
      );
      await console.world.authorize("strava");
      return { kind: "authorize", report: { command: "authorize", exit: 0, results: [], faults: [] } };
    });
    await console.console.operations.settled();
    expect(console.console.operations.newestOf("strava")?.end?.kind).toBe("done");
    expect(tileIn((await console.get("/")).text, "strava")).toContain('badge-good">fresh');
  });
});

describe("an authorization that goes on", () => {
  it("says on its tile that it waits for the person, and leads there", async () => {
    const console = await withOura();
    const ended = new Promise<never>((_, reject) => {
      console.job.stop.signal.addEventListener("abort", () => {
        reject(new Error("over"));
      });
    });
    console.console.operations.start({ kind: "authorize", credential: "oura" }, (teller) => {
      teller.invite({ kind: "address", url: "http://127.0.0.1:1/consent" });
      return ended;
    });
    expect(tileIn((await console.get("/")).text, "oura")).toMatch(
      /your turn<.*href="\/credentials\/oura\/authorize"/s,
    );
  });
});

describe("a search", () => {
  it("is there as soon as there is something to search", async () => {
    const console = await ConsoleWorld.open();
    for (const name of ["a", "b", "c", "d", "e", "f"]) console.declare({ name });
    expect((await console.get("/")).text).toContain('role="search"');
  });

  it("shows what has every word, the state and the provider, and keeps the rest out of sight", async () => {
    const console = await withOura("strava");
    for (const [query, names] of [
      ["?q=strava", ["strava"]],
      ["?q=ACME+our", ["oura"]],
      ["?q=strava_access", ["strava"]],
      ["?q=nothing", []],
      ["?state=fresh", ["oura"]],
      ["?state=no-such", ["strava", "oura"]],
      ["?provider=elsewhere", []],
    ] as const) {
      const { text } = await console.get(`/${query}`);
      expect(shown(text), query).toEqual(names);
      expect(tileIn(text, "oura"), query).not.toBe("");
      expect(text.includes('<p id="none">'), query).toBe(names.length === 0);
    }
  });

  it("stands in the form as it was typed, and nowhere as markup", async () => {
    const console = await withOura();
    const { text } = await console.get(`/?q=${encodeURIComponent('"><script>x</script>')}`);
    expect(text).toContain('value="&quot;&gt;&lt;script&gt;x&lt;/script&gt;"');
  });
});

describe("a faulty file", () => {
  it("says what is wrong with it and leads to its form, and hides no other", async () => {
    const console = await withOura();
    expect(shown((await console.get("/")).text)).toEqual(["oura"]);
    console.write("credentials/broken.yaml", "version: 1\nname: brokn\nprovider: oura\n");
    console.write("credentials/Odd Name.yaml", "version: 1\n");
    const { text } = await console.get("/");
    expect(tileIn(text, "oura")).toContain('badge-good">fresh');
    const broken = tileIn(text, "broken");
    expect(broken).toContain('badge-bad">faulty file');
    expect(broken).toContain("credentials/broken.yaml, line ");
    expect(broken).toContain('href="/credentials/broken/edit"');
    const odd = tileIn(text, "credentials_Odd_Name.yaml");
    expect(odd).toContain("<code>credentials/Odd Name.yaml</code> in an editor");
    expect(odd).not.toContain("/edit");
  });

  it("is no reason to ask GitHub wrongly where it is the project's", async () => {
    const console = await withOura();
    console.write("sealring.yaml", "version: 1\nstate_brunch: other\n");
    const { text } = await console.get("/");
    expect(text).toContain("sealring.yaml is faulty");
    expect(tileIn(text, "oura")).toContain("not known");
    expect(tileIn(text, "sealring.yaml")).toContain("state_brunch");
  });
});

describe("without GitHub", () => {
  it.each([
    ["that answers", answering(500), "GitHub"],
    ["that knows the token", answering(401), "token"],
  ])("%s, every declaration is shown, and why no more is known", async (_, fault, word) => {
    const console = await withOura("strava");
    console.world.sandbox.github.faults.fail("git/get-ref", fault, Infinity);
    const { text, status } = await console.get("/");
    expect(status).toBe(200);
    expect(shown(text)).toEqual(["oura", "strava"]);
    expect(tileIn(text, "oura")).toMatch(/badge-idle">not known.*personal, daily/s);
    expect(text.match(/class="notice notice-bad"/g)).toHaveLength(1);
    expect(text).toMatch(new RegExp(`<strong>[^<]*${word}`));
  });

  it("or a token for it, or a repository, the same", async () => {
    const connect = () =>
      Promise.reject(new SealringError("usage", "there is no token", { hint: "run: gh auth login" }));
    for (const [more, words] of [
      [{ connect }, "there is no token"],
      [{ findRepository: () => undefined }, "it is not known which GitHub repository this is"],
    ] as const) {
      const console = await ConsoleWorld.open({}, {}, more);
      console.declare({ name: "oura" });
      const { text } = await console.get("/");
      expect(text).toContain(words);
      expect(text).not.toContain("run the command again");
      expect(shown(text)).toEqual(["oura"]);
    }
  });

  it("a bug of ours is not shown as GitHub's", async () => {
    const console = await ConsoleWorld.open({}, {}, { connect: () => Promise.reject(new TypeError("x")) });
    console.declare({ name: "oura" });
    const { status, text } = await console.get("/?q=a");
    expect(status).toBe(500);
    expect(text).toContain('href="/?q=a">Try again</a>');
    expect(text).toContain('<a href="https://github.com/sealring/sealring/issues">');
  });
});

describe("hundreds of credentials", () => {
  const MANY = 150;

  it("take few requests to GitHub, none again while nothing changes, and little of the page each", async () => {
    const console = await ConsoleWorld.open();
    const names = Array.from({ length: MANY }, (_, index) => `credential-${String(index)}`);
    // A store holds 100 secrets.
    for (const [index, name] of names.entries()) {
      const part = String(Math.floor(index / 40));
      const destinations = [`{ repository: acme/pipeline-${part} }`];
      console.declare({ name, destinations, more: [`environment: sealring-${part}`] });
    }
    const { journal } = console.world.connect();
    const files = new Map(names.map((name) => [`credentials/${name}.json`, encodeEntry(anEntry({ name }))]));
    await journal.swap(await journal.head(), { message: "by hand", files });
    const asked = () => console.world.sandbox.github.log.length;
    const before = asked();
    const { text } = await console.get("/");
    expect(text.match(/data-state="fresh"/g)).toHaveLength(MANY);
    expect(asked() - before).toBeLessThan(8);
    expect(text.length / MANY).toBeLessThan(2_000);
    const between = asked();
    await console.get("/?q=credential");
    expect(asked() - between).toBeLessThanOrEqual(1);
  });
});
