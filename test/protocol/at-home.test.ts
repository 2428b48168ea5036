import { describe, expect, it } from "vitest";
import { revoke } from "../../src/commands/revoke.ts";
import { SealringError } from "../../src/errors.ts";
import type { GitHub } from "../../src/github.ts";
import { World } from "../support/world.ts";
import type { JobOptions } from "../support/world.ts";

describe("where no job is, and so no envelope,", () => {
  const atHome = (world: World, options: JobOptions = {}) =>
    world.refresh({ owner: "process", effect: "dry_run", ...options });

  it("a credential that was authorized is refreshed by a job, and nobody is asked to authorize it again", async () => {
    const report = await atHome(await World.authorized());
    expect(report).toMatchObject({ exit: 4, results: [{ outcome: "reauthorization_required" }] });
    expect(report.results[0]?.message).toContain(
      "it was authorized, and only a job of the workflow is given it",
    );
    expect(report.results[0]?.hint).toBe("run: gh workflow run sealring.yml -f credential=oura");
  });

  it("one that never was is to be authorized", async () => {
    const world = await World.create();
    world.declare({ name: "oura" });
    const [result] = (await atHome(world)).results;
    expect(result).toMatchObject({
      outcome: "reauthorization_required",
      message: expect.stringContaining("it has never been authorized") as string,
      hint: "run: sealring authorize oura",
    });
  });

  it("one that has to be authorized again is not sent to a job", async () => {
    const world = await World.authorized();
    await revoke(world.job().ports, "oura");
    expect((await atHome(world)).results[0]).toMatchObject({
      outcome: "reauthorization_required",
      message: "oura: it was revoked",
      hint: "run: sealring authorize oura",
    });
  });

  it("a journal that cannot be read leaves both ways open, and the class as it is", async () => {
    const world = await World.authorized();
    const github = (real: GitHub): GitHub => ({
      ...real,
      journal: {
        ...real.journal,
        head: () => Promise.reject(new SealringError("transient", "GitHub does not answer")),
      },
    });
    expect((await atHome(world, { github })).results[0]).toMatchObject({
      outcome: "reauthorization_required",
      hint: "run: gh workflow run sealring.yml -f credential=oura; if it was never authorized: sealring authorize oura",
    });
  });
});
