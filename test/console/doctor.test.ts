import { describe, expect, it } from "vitest";
import { well } from "../commands/healthy.ts";
import { ConsoleWorld } from "../support/console-world.ts";
import { World } from "../support/world.ts";
import type { JobOptions } from "../support/world.ts";

async function open(options: JobOptions = {}): Promise<ConsoleWorld> {
  const world = await World.create();
  const opened = await ConsoleWorld.on(world, {}, { github: well(world), ...options });
  opened.declare({ name: "oura" });
  return opened;
}

/** The page, once it is no longer looking. */
async function examined(opened: ConsoleWorld, path: string): Promise<string> {
  for (;;) {
    const { text } = await opened.get(path);
    if (!text.includes("See whether it is done")) return text;
  }
}

describe("doctor, as a page", () => {
  it("says at once that it is looking, and then that nothing is in the way", async () => {
    const opened = await open();
    const { text } = await opened.get("/doctor");
    expect(text).toMatch(/<div id="checkup" data-live/);
    expect(text).toContain('<a href="/doctor">See whether it is done</a>');
    const done = await examined(opened, "/doctor");
    expect(done).toContain("Nothing is in the way.");
    expect(done).toContain("<strong>Node.js</strong>: 24.11.1");
  });

  it("tells what is in the way first, with what mends it", async () => {
    const opened = await open({ github: (real) => real });
    const text = await examined(opened, "/doctor");
    expect(text).toMatch(/badge-bad">in the way.*is not on the default branch.*badge-good">all right/s);
    expect(text).toContain('run: <a href="/plan"><code>sealring apply</code></a>, commit what it writes');
  });

  it("takes what gives no answer for in the way, and what is only to be known for nothing of the kind", async () => {
    const silent = { send: async () => ({ kind: "not_sent", reason: "dns" }) as const };
    const down = await open({ ports: { http: silent } });
    expect(await examined(down, "/doctor/oura")).toMatch(/things? keeps? credentials from being refreshed:/);
    const known = await examined(await open(), "/doctor/oura");
    expect(known).toContain("<strong>Look at this:</strong>");
  });

  it("keeps what it found until somebody asks again", async () => {
    const opened = await open();
    await examined(opened, "/doctor");
    opened.write("credentials/oura.yaml", "version: 1\nname: oura\n");
    const { text } = await opened.get("/doctor");
    expect(text).toMatch(/This is old: .*Files that declare.*Look again.*Nothing is in the way\./s);
    expect((await opened.post("/doctor")).headers.get("location")).toBe("/doctor");
    expect(await examined(opened, "/doctor")).toContain("this file has no `provider`");
  });

  it("says of what it found before something was done, or a while ago, that it is old", async () => {
    const opened = await open();
    expect(await examined(opened, "/doctor")).not.toContain("This is old");
    opened.world.clock.passSeconds(120);
    expect(await examined(opened, "/doctor")).toMatch(/how things were <time[^>]*>2m ago/);
    await opened.post("/doctor");
    expect(await examined(opened, "/doctor")).not.toContain("This is old");
    opened.world.clock.passSeconds(1);
    opened.console.operations.start({ kind: "apply", credential: undefined }, () =>
      Promise.reject(new Error()),
    );
    await opened.console.operations.settled();
    expect(await examined(opened, "/doctor")).toContain("Something was done in this console since then.");
  });

  it("leads to where a secret that is not there can be typed", async () => {
    const opened = await open({ github: (real) => real });
    expect(await examined(opened, "/doctor")).toMatch(
      /SEALRING_GITHUB_TOKEN, with which .*gh secret set .*<\/code>\. Or <a href="\/plan">type it into the plan/s,
    );
  });

  it("looks more closely at a credential that is declared, and at no other", async () => {
    const opened = await open();
    expect(await examined(opened, "/doctor/oura")).toContain("oura was never authorized");
    for (const name of ["strava", "..%2foura", "OURA"]) {
      expect((await opened.get(`/doctor/${name}`)).status).toBe(404);
      expect((await opened.post(`/doctor/${name}`)).status).toBe(404);
    }
  });
});
