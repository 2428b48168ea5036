import { readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { World } from "../support/cli-world.ts";

const LINK = /(http:\/\/127\.0\.0\.1:[0-9]+\/start\?token=[\w-]{43})\n/;

/** What BROWSER was started with. */
function argvIn(record: string): readonly string[] {
  return (JSON.parse(readFileSync(record, "utf8")) as { readonly argv: readonly string[] }).argv;
}

describe("sealring console", () => {
  it("prints a link that lets one browser in, serves on loopback, and ends with Ctrl+C", async (test) => {
    const world = await World.forTest(test);
    const running = world.start(["console", "--no-browser"]);
    const link = await running.prints(LINK);
    const first = await fetch(link, { redirect: "manual" });
    const cookie = first.headers.get("set-cookie")?.split(";")[0] ?? "";
    const { origin } = new URL(link);
    const page = await fetch(origin, { headers: { cookie } });
    expect(page.status).toBe(200);
    expect(await page.text()).toContain("oura");
    expect((await fetch(link, { redirect: "manual" })).status).toBe(403);
    const events = await fetch(`${origin}/events`, { headers: { cookie } });
    expect(events.headers.get("content-type")).toContain("text/event-stream");
    const { exit, stdout, stderr } = await running.stop("SIGINT");
    // The stream of an open page ends, or is cut.
    await Promise.allSettled([events.text()]);
    expect(exit).toBe(0);
    expect(stdout).toBe("");
    expect(stderr).toContain("The console is closed.");
  });

  it("opens the browser with the link, and says so when the port is taken", async (test) => {
    const world = await World.forTest(test);
    const running = world.start(["console"]);
    await running.prints(/Your browser opens/);
    const link = await running.prints(LINK);
    await vi.waitFor(() => expect(argvIn(world.browserRecord)).toContain(link), { timeout: 60_000 });
    const { port } = new URL(link);
    const second = await world.run(["console", "--port", port]);
    expect(second.exit).toBe(2);
    expect(second.stderr).toContain(`port ${port}`);
    expect((await world.run(["console", "--port", "many"])).exit).toBe(2);
    await running.stop("SIGINT");
  });
});
