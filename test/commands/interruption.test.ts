import { describe, expect, it } from "vitest";
import { DOWN, putOf } from "../support/misfortunes.ts";
import { envelopeName, World } from "../support/world.ts";

describe("an interruption", () => {
  it("before the intent starts nothing", async () => {
    const world = await World.authorized();
    const before = world.history();
    const stop = AbortSignal.abort();
    const report = await world.refresh({ when: "forced", ports: { stop } });
    expect(report).toMatchObject({ exit: 130, results: [{ outcome: "interrupted" }] });
    expect([world.refreshes(), world.history()]).toEqual([0, before]);
  });

  it("between the intent and the request gives the intent back", async () => {
    const world = await World.authorized();
    const before = world.entry();
    const stop = new AbortController();
    world.sandbox.github.faults.after("git/update-ref", () => stop.abort());
    const report = await world.refresh({ when: "forced", ports: { stop: stop.signal } });
    expect(report).toMatchObject({ exit: 130, results: [{ outcome: "interrupted" }] });
    expect(world.refreshes()).toBe(0);
    expect(world.entry()).toEqual({ ...before, issued: 2 });
    world.sandbox.github.faults.clear();
    expect((await world.refresh({ when: "forced" })).results).toMatchObject([
      { outcome: "refreshed", generation: 3 },
    ]);
  });

  it("after the request was sent finishes what was spent", async () => {
    const world = await World.authorized();
    const stop = new AbortController();
    world.sandbox.authorizationServer.faults.before("token", () => stop.abort());
    world.sandbox.github.faults.fail(putOf(envelopeName("oura")), DOWN);
    const report = await world.refresh({ when: "forced", ports: { stop: stop.signal } });
    expect(report).toMatchObject({ exit: 0, results: [{ outcome: "refreshed" }] });
    expect(world.entry()).toMatchObject({ generation: 2, phase: "committed" });
  });
});
