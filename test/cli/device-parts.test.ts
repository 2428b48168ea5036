import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { TestContext } from "vitest";
import { ALLOW_ALL, consentOnDevicePage } from "../../src/sandbox/scripted-person.ts";
import { quickly } from "../matrix/quickly.ts";
import { documentOf } from "../support/cli.ts";
import type { JsonDocument } from "../support/cli.ts";
import { REPOSITORY } from "../support/cli-setting.ts";
import { ENVELOPES, STATE_BRANCH, World } from "../support/cli-world.ts";

const REQUEST = ["authorize", "oura", "--part", "request", "--json"];
const FINISH = ["authorize", "oura", "--part", "finish", "--json"];

/** A job that somebody started by hand, with what its steps need. */
async function dispatched(test: TestContext) {
  const world = await World.forTest(test);
  world.declare("oura", { grant: "device_code" });
  const job = world.job();
  const disk = job.env["RUNNER_TEMP"] ?? "";
  const env = {
    ...job.env,
    GITHUB_ACTIONS: "true",
    GITHUB_STEP_SUMMARY: join(disk, "summary.md"),
    OURA_CLIENT_SECRET: world.person()["OURA_CLIENT_SECRET"] ?? "",
  };
  return { world, env, disk };
}

function requestedIn({ results }: JsonDocument): {
  readonly user_code: string;
  readonly verification_uri: string;
} {
  const [result] = results;
  return { user_code: String(result?.["user_code"]), verification_uri: String(result?.["verification_uri"]) };
}

it.concurrent(
  "one step shows the code, its summary too; a later one waits for the person and stores",
  async (test) => {
    const { world, env, disk } = await dispatched(test);
    const requested = documentOf(await world.run(REQUEST, env));
    expect(requested).toMatchObject({ ok: true, results: [{ credential: "oura", outcome: "requested" }] });
    const { user_code: code, verification_uri: page } = requestedIn(requested);
    const summary = readFileSync(join(disk, "summary.md"), "utf8");
    expect(summary).toContain(`\`${code}\``);
    expect(summary).toContain(page);
    expect(readdirSync(join(disk, "sealring-device"))).toEqual(["oura.json"]);
    await consentOnDevicePage(world.authorizationServer.handler, `${page}?user_code=${code}`, ALLOW_ALL);
    const finished = documentOf(await world.run(FINISH, env));
    expect(finished).toMatchObject({ ok: true, results: [{ outcome: "authorized", generation: 1 }] });
    expect(await world.consumersAreServed()).toBe(true);
    expect(readdirSync(join(disk, "sealring-device"))).toEqual([]);
    expect(readFileSync(join(disk, "summary.md"), "utf8")).toContain("| `oura` | authorized | 1 |");
    expect(
      world.authorizationServer.log.filter(({ operation }) => operation === "device_authorization"),
    ).toHaveLength(1);
  },
);

it.concurrent("the device code is on no disk and in no output while the person is awaited", async (test) => {
  const { world, env, disk } = await dispatched(test);
  const ended = await world.run(REQUEST, env);
  const [deviceCode] = world.sightings.all().filter((secret) => secret.startsWith("device_"));
  expect(deviceCode).toBeDefined();
  const left = readFileSync(join(disk, "sealring-device/oura.json"), "utf8");
  const printed = ended.stdout + ended.stderr.replace(/^::add-mask::.*$/gm, "");
  expect(left + printed).not.toContain(deviceCode);
  // Whatever else the disk holds is looked through when the world closes.
});

it.concurrent(
  "what a person is asked for was proved to be of use: a store that is down asks nobody",
  async (test) => {
    const { world, env } = await dispatched(test);
    world.github.faults.fail(
      "actions/create-or-update-environment-secret",
      { kind: "drop_request" },
      Infinity,
    );
    expect(await world.run(REQUEST, env)).toMatchObject({ exit: 3 });
    expect(world.authorizationServer.log).toEqual([]);
  },
);

it.concurrent(
  "finish without a request, or with another token: exit 2, and nothing is asked of the provider",
  async (test) => {
    const { world, env, disk } = await dispatched(test);
    const missing = documentOf(await world.run(FINISH, env));
    expect(missing.faults).toMatchObject([
      { code: "usage", hint: "run in an earlier step: sealring authorize oura --part request" },
    ]);
    await world.run(REQUEST, env);
    const before = world.authorizationServer.log.length;
    const other = documentOf(
      await world.run(FINISH, { ...env, SEALRING_JOURNAL_TOKEN: "ghs_another_token" }),
    );
    expect(other.faults).toMatchObject([{ code: "usage", hint: "give both steps the same GitHub token" }]);
    writeFileSync(join(disk, "sealring-device/oura.json"), "{}");
    expect(await world.run(FINISH, env)).toMatchObject({ exit: 2 });
    expect(world.authorizationServer.log).toHaveLength(before);
  },
);

it.concurrent("finish after the code's time: exit 4, and no poll", async (test) => {
  const { world, env } = await dispatched(test);
  await world.run(REQUEST, env);
  world.clock.passSeconds(3_600);
  const before = world.authorizationServer.log.length;
  const late = await world.run(FINISH, quickly(world, env));
  expect(late.exit).toBe(4);
  expect(documentOf(late).faults).toMatchObject([
    { code: "reauthorization_required", message: "the user code of oura has expired" },
  ]);
  expect(world.github.commits(REPOSITORY, STATE_BRANCH)).toEqual([]);
  expect(world.authorizationServer.log).toHaveLength(before);
});

it.concurrent("outside a job, and for another flow, there are no parts: exit 2", async (test) => {
  const { world, env } = await dispatched(test);
  const outside = await world.run(REQUEST);
  expect(outside.exit).toBe(2);
  expect(documentOf(outside).faults).toMatchObject([{ code: "usage" }]);
  world.declare("oura");
  const browser = await world.run(REQUEST, env);
  expect(browser.exit).toBe(2);
  expect(documentOf(browser).faults).toMatchObject([{ hint: "run: sealring authorize oura" }]);
  expect(world.authorizationServer.log).toEqual([]);
});

it.concurrent("in a job that others can read no code is shown, unless that is accepted", async (test) => {
  const { world, env } = await dispatched(test);
  for (const [visibility, readers] of [
    ["internal", "everyone in the enterprise"],
    ["public", "everybody"],
  ] as const) {
    world.github.repository(REPOSITORY).visibility = visibility;
    for (const args of [REQUEST, ["authorize", "oura", "--json"]]) {
      const refused = await world.run(args, env);
      expect(refused.exit).toBe(2);
      expect(refused.stderr.replaceAll("\n", " ")).toContain(`${readers} can read the user code`);
    }
  }
  expect(world.authorizationServer.log).toEqual([]);
  expect(documentOf(await world.run([...REQUEST, "--yes"], env))).toMatchObject({ ok: true });
  expect([...world.github.revealSecrets(ENVELOPES).keys()]).toEqual(["SEALRING_CANARY"]);
});
