import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { apply } from "../../src/commands/apply.ts";
import { revoke } from "../../src/commands/revoke.ts";
import { Secret } from "../../src/secret.ts";
import { ConsoleWorld } from "../support/console-world.ts";
import { World } from "../support/world.ts";

const FILE = "sealring.yml";

/** A person who has declared, authorized and applied `oura`, and a runner. */
async function applied() {
  const world = await World.authorized();
  const own = await ConsoleWorld.on(world);
  own.declare({ name: "oura" });
  const runner = own.startRunner();
  const token = new Secret(world.sandbox.addresses.github.token);
  const secrets = { read: (name: string) => (name === "SEALRING_GITHUB_TOKEN" ? token : undefined) };
  const request = { orphans: "keep", consent: "given", saved: undefined, show: () => undefined } as const;
  await apply({ ...own.console.ports, secrets, progress: own.job.progress }, request);
  world.clock.passSeconds(60);
  const runs = () => [...world.sandbox.github.repository(world.repository).runs.values()];
  const ends = () =>
    runs().map(({ attempts }) => attempts.at(-1)?.jobs.map(({ ended }) => ended?.conclusion));
  const dispatch = async (inputs: Readonly<Record<string, string>>) => {
    const dispatched = await world.connect().runs.dispatch(FILE, inputs);
    await runner.settled();
    return dispatched;
  };
  return { world, own, runner, dispatch, ends };
}

describe("the sandbox's runner", () => {
  it("refreshes what is due, or what a run forces, by the secrets as they are when the job starts", async () => {
    const { world, dispatch, ends } = await applied();
    expect(await dispatch({})).toMatchObject({ kind: "run" });
    expect(world.entry().generation).toBe(1);
    await dispatch({ credential: "oura", force: "true" });
    expect(world.entry().generation).toBe(2);
    await dispatch({ credential: "oura", force: "true" });
    expect(world.entry().generation).toBe(3);
    expect(world.entry().runUrl).toMatch(/actions\/runs\/\d+$/);
    expect(await world.outputWorks()).toBe(true);
    expect(ends()).toEqual([["success"], ["success"], ["success"]]);
  });

  it("revokes, as the command outside a job asks", async () => {
    const { world, own, runner, ends } = await applied();
    const report = await revoke(own.console.ports, "oura");
    expect(report.results).toMatchObject([{ outcome: "dispatched" }]);
    await runner.settled();
    expect(world.entry().phase).toBe("revoked");
    expect(world.envelope()).toBeUndefined();
    expect(ends()).toEqual([["success"]]);
  });

  it("recovers, and lets a run that goes wrong fail in words", async () => {
    const { own, dispatch, ends } = await applied();
    await dispatch({ command: "recover" });
    await dispatch({ credential: "strava" });
    own.write("credentials/oura.yaml", "version: 1\n");
    await dispatch({});
    expect(ends()).toEqual([["success"], ["failure"], ["failure"]]);
    const said = own.job.progress.lines.join("\n");
    expect(said).toContain('no file in credentials/ declares "strava"');
    expect(said).toContain("credentials/oura.yaml:1");
  });

  it("fails where the environment lacks the workflow's token, as GitHub's would", async () => {
    const { world, dispatch, ends, own } = await applied();
    await world.connect().stores.delete(world.store, "SEALRING_GITHUB_TOKEN");
    await dispatch({});
    expect(ends()).toEqual([["failure"]]);
    expect(own.job.progress.lines.join("\n")).toContain("the job has no SEALRING_GITHUB_TOKEN");
  });

  it("knows the workflow of the directory, as long as it is there", async () => {
    const { own, dispatch } = await applied();
    rmSync(join(own.directory, ".github/workflows", FILE));
    await expect(dispatch({})).rejects.toThrow("sealring.yml");
  });
});
