import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import type { Ended } from "./support/cli.ts";
import { CANARIES } from "./support/canary.ts";
import { World } from "./support/cli-world.ts";
import { authorizedWorld } from "./support/here.ts";
import type { Job } from "./support/cli-world.ts";

const INDEX = fileURLToPath(new URL("../action/index.mjs", import.meta.url));

/** A step of a job, as GitHub's runner starts the action in it. */
class ActionStep {
  readonly env: Readonly<Record<string, string>>;
  readonly #world: World;

  constructor(world: World, job: Job, inputs: Readonly<Record<string, string>>) {
    this.#world = world;
    const disk = job.env["RUNNER_TEMP"] ?? "";
    const files = ["GITHUB_PATH", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"].map((name) => [
      name,
      join(disk, name),
    ]);
    const given = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
    const own = Object.fromEntries([...files, ...given]) as Readonly<Record<string, string>>;
    this.env = { ...job.env, GITHUB_ACTIONS: "true", ...own };
  }

  run(changes: Readonly<Record<string, string>> = {}): Promise<Ended> {
    return this.#world.start([], { ...this.env, ...changes }, { script: INDEX }).ended;
  }

  /** What the step wrote into a file of its runner. */
  read(name: "GITHUB_PATH" | "GITHUB_OUTPUT" | "GITHUB_STEP_SUMMARY"): string {
    return readFileSync(this.env[name] ?? "", "utf8");
  }

  /** The outputs, as the runner reads them. */
  outputs(): Readonly<Record<string, string>> {
    const found = this.read("GITHUB_OUTPUT").matchAll(/^([a-z-]+)<<(\S+)\n([\s\S]*?)\n\2$/gm);
    return Object.fromEntries([...found].map(([, name = "", , value = ""]) => [name, value]));
  }
}

it.concurrent(
  "without inputs: later steps have a `sealring` command, that needs no Node on the PATH",
  async (test) => {
    const world = await authorizedWorld(test);
    const job = world.job();
    const step = new ActionStep(world, job, {});
    expect(await step.run()).toEqual({ exit: 0, stdout: "", stderr: "" });
    const path = ["/usr/bin", "/bin", ...step.read("GITHUB_PATH").trim().split("\n")].join(delimiter);
    const { stdout } = await promisify(execFile)(
      "/bin/sh",
      ["-c", 'exec sealring refresh "$@"', "sh", "--force", "oura"],
      {
        cwd: join(world.directory, "repository"),
        env: { NODE_OPTIONS: process.env["NODE_OPTIONS"] ?? "", ...step.env, PATH: path },
      },
    );
    expect(stdout).toMatch(/^oura +refreshed +2 /m);
  },
);

it.concurrent("status of a credential that is well: its outputs, and the step goes on", async (test) => {
  const world = await authorizedWorld(test);
  const step = new ActionStep(world, world.job(), { command: "status", credential: "oura" });
  expect(await step.run()).toMatchObject({ exit: 0 });
  const { "expires-at": expiresAt = "", ...others } = step.outputs();
  expect(others).toEqual({ state: "fresh", generation: "1" });
  expect(new Date(expiresAt).toISOString()).toBe(expiresAt);
  expect(step.read("GITHUB_STEP_SUMMARY")).toContain("| `oura` | fresh | 1 |");
});

it.concurrent(
  "status of a credential that needs a person: the step fails early, and says what to do",
  async (test) => {
    const world = await authorizedWorld(test);
    world.authorizationServer.revokeEverything();
    await world.inJob(["refresh", "--force"]);
    const step = new ActionStep(world, world.job(), { command: "status", credential: "oura" });
    const ended = await step.run();
    expect(ended.exit).toBe(4);
    expect(ended.stdout).toMatch(
      /^::error title=sealring::oura: needs person; run: sealring authorize oura$/m,
    );
    expect(step.outputs()).toMatchObject({ state: "needs_person" });
    expect(step.read("GITHUB_STEP_SUMMARY")).toContain("`run: sealring authorize oura`");
  },
);

it.concurrent("status takes the job's own token where no other is given, and another first", async (test) => {
  const world = await authorizedWorld(test);
  const step = new ActionStep(world, world.job(), { command: "status", token: world.githubToken });
  expect(await step.run({ SEALRING_GITHUB_TOKEN: "" })).toMatchObject({ exit: 0 });
  const other = new ActionStep(world, world.job(), { command: "status", token: "ghs_worthless" });
  expect(await other.run()).toMatchObject({ exit: 0 });
  expect(await other.run({ SEALRING_GITHUB_TOKEN: "", GITHUB_TOKEN: "" })).toMatchObject({ exit: 3 });
});

it.concurrent("refresh, with options: every secret is masked before anything is printed", async (test) => {
  const world = await authorizedWorld(test);
  const job = world.job();
  const step = new ActionStep(world, job, { command: "refresh --force", credential: "oura" });
  const unread = "canary.of-a-secret-that-no-command-reads";
  const ended = await step.run({ STRAVA_CLIENT_SECRET: unread });
  expect(ended).toMatchObject({ exit: 0 });
  const lines = ended.stderr.split("\n");
  const said = lines.findIndex((line) => !line.startsWith("::add-mask::"));
  const masks = lines.slice(0, said).map((line) => line.slice("::add-mask::".length).replaceAll("%25", "%"));
  const envelope = job.env["SEALRING_CREDENTIAL_OURA"] ?? "";
  expect(masks).toEqual(expect.arrayContaining([world.githubToken, CANARIES.clientSecret, envelope, unread]));
  expect(step.read("GITHUB_STEP_SUMMARY")).toContain("| `oura` | refreshed | 2 |");
});

it.concurrent(
  "an input that is no credential's name reaches no shell and is no option: exit 2",
  async (test) => {
    const world = await authorizedWorld(test);
    const since = world.authorizationServer.log.length;
    for (const credential of ["--force", "$(touch owned)", ";sealring"]) {
      const step = new ActionStep(world, world.job(), { command: "refresh", credential });
      const ended = await step.run();
      expect(ended.exit).toBe(2);
      expect(ended.stderr).toContain("no file in credentials/ declares");
    }
    expect(world.authorizationServer.log).toHaveLength(since);
  },
);

it.concurrent("the sandbox is left out of it", async (test) => {
  const world = await World.forTest(test);
  const step = new ActionStep(world, world.job(), { command: "demo" });
  const ended = await step.run();
  expect(ended.exit).toBe(2);
  expect(ended.stderr).toContain("run: npx sealring demo");
});
