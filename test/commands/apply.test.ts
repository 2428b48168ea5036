import { describe, expect, it, test } from "vitest";
import { SealringError } from "../../src/errors.ts";
import type { GitHub } from "../../src/github.ts";
import type { Prompt } from "../../src/ports.ts";
import { changesOf, Checkout } from "../support/checkout.ts";
import { NOBODY } from "../../src/commands/nobody.ts";
import { answering, putOf } from "../support/misfortunes.ts";
import { World } from "../support/world.ts";

const TOKEN_LINE = "SEALRING_GITHUB_TOKEN in environment vault of acme/health-pipeline, given here";
const VAULT = { kind: "environment", repository: "acme/health-pipeline", environment: "vault" } as const;

test("a first apply makes everything but the grant, and a second has nothing to do", async () => {
  const checkout = await Checkout.fresh();
  const first = (await checkout.plan()).planned?.plan;
  expect(changesOf(first)).toEqual([
    "+ environment vault, open to main only",
    "+ the action in .github/actions/sealring (2 files to write)",
    "+ .github/workflows/sealring.yml",
    "+ OURA_CLIENT_SECRET in environment vault of acme/health-pipeline, given here",
    `+ ${TOKEN_LINE}`,
  ]);
  expect(first?.tasks.map(({ command }) => command)).toEqual(["sealring authorize oura"]);
  expect(await checkout.apply()).toMatchObject({ exit: 0, outcome: "applied" });
  const { github, addresses } = checkout.world.sandbox;
  expect(github.revealSecret(VAULT, "SEALRING_GITHUB_TOKEN")).toBe(addresses.github.token);
  const connected = checkout.world.connect();
  expect(await connected.settings.environment("vault")).toMatchObject({
    policy: { kind: "patterns", patterns: [{ name: "main", type: "branch" }] },
  });
  expect(await checkout.apply()).toMatchObject({ exit: 0, outcome: "nothing_to_do", results: [] });
});

test("when the grant is there and the files are pushed, nothing at all is said", async () => {
  const checkout = await Checkout.settled();
  const { planned, exit } = await checkout.plan({ mode: "check" });
  expect(exit).toBe(0);
  expect(planned?.plan).toEqual({ changes: [], tasks: [], remarks: [], blanks: [] });
});

test("files that were written and not pushed are a remark, not a difference", async () => {
  const checkout = new Checkout(await World.authorized());
  await checkout.apply();
  const { planned, exit } = await checkout.plan({ mode: "check" });
  expect(exit).toBe(0);
  expect(planned?.plan.remarks).toMatchObject([
    { what: expect.stringContaining(".github/workflows/sealring.yml") as string },
  ]);
});

test("plan fails for a difference only when it is asked to check", async () => {
  const checkout = await Checkout.fresh();
  expect((await checkout.plan()).exit).toBe(0);
  expect((await checkout.plan({ mode: "check" })).exit).toBe(4);
});

test("a changed schedule changes the workflow, line by line, and another's file stays", async () => {
  const checkout = await Checkout.settled();
  const { world } = checkout;
  world.project = 'version: 1\nschedule: "41 */3 * * *"\n';
  const other = new TextEncoder().encode("# by hand\n");
  checkout.written.set(".github/workflows/sealring-2.yml", other);
  const { planned } = await checkout.plan();
  const [change] = planned?.plan.changes ?? [];
  expect(change).toMatchObject({ kind: "write_file", sign: "change" });
  const diff = change?.kind === "write_file" ? change.diff : [];
  expect(diff.filter((line) => line.startsWith("+"))).toEqual([
    expect.stringMatching(/cron: .*41 \*\/3 \* \* \*/) as string,
  ]);
  await checkout.apply();
  expect(checkout.written.get(".github/workflows/sealring-2.yml")).toBe(other);
});

test("a generated file that nothing needs any more goes", async () => {
  const checkout = await Checkout.settled();
  const workflow = checkout.written.get(".github/workflows/sealring.yml") ?? new Uint8Array();
  checkout.written.set(".github/workflows/sealring-7.yml", workflow);
  checkout.written.set(".github/actions/sealring/action/old.mjs", new Uint8Array([1]));
  expect(changesOf((await checkout.plan()).planned?.plan)).toEqual([
    "~ the action in .github/actions/sealring (1 file to remove)",
    "- .github/workflows/sealring-7.yml",
  ]);
  await checkout.apply();
  expect([...checkout.written.keys()].sort()).toEqual([
    ".github/actions/sealring/action.yml",
    ".github/actions/sealring/action/main.mjs",
    ".github/workflows/sealring.yml",
  ]);
});

describe("what fails", () => {
  const refused = () =>
    Promise.reject(new SealringError("store_refused", "not allowed", { hint: "ask ada" }));

  function withSettings(changes: Partial<GitHub["settings"]>) {
    return { github: (real: GitHub): GitHub => ({ ...real, settings: { ...real.settings, ...changes } }) };
  }

  it("stops only what needs it: no secret goes into an environment that could not be closed", async () => {
    const checkout = await Checkout.fresh();
    const report = await checkout.apply({}, withSettings({ confine: refused }));
    expect(report.exit).toBe(4);
    const told = report.results.map(({ title, outcome }) => `${outcome} ${title}`);
    expect(told).toContain(`skipped ${TOKEN_LINE}`);
    expect(told).toContain("done .github/workflows/sealring.yml");
    expect(told[0]).toBe("failed environment vault, open to main only");
    expect(await checkout.apply()).toMatchObject({ exit: 0, outcome: "applied" });
    expect(await checkout.apply()).toMatchObject({ outcome: "nothing_to_do" });
  });

  it("because GitHub asks for a pause is done after it", async () => {
    const checkout = await Checkout.fresh();
    const pause = answering(429, '{"message":"slow down"}', { "retry-after": "2" });
    const { faults, log } = checkout.world.sandbox.github;
    faults.fail(putOf("SEALRING_GITHUB_TOKEN"), pause);
    expect(await checkout.apply()).toMatchObject({ exit: 0, outcome: "applied" });
    const puts = log.filter(({ target }) => target.endsWith("/SEALRING_GITHUB_TOKEN"));
    const [refused, taken] = puts.map(({ at }) => at.getTime());
    expect((taken ?? 0) - (refused ?? 0)).toBeGreaterThanOrEqual(2_000);
  });

  it("to be read is not guessed at, and hides nothing else", async () => {
    const checkout = await Checkout.fresh();
    const options = withSettings({ environment: refused });
    const { planned, exit } = await checkout.plan({ mode: "check" }, options);
    expect(exit).toBe(4);
    expect(planned?.plan.blanks).toMatchObject([
      { what: "environment vault", reason: "not allowed", hint: "ask ada" },
      { what: "environment vault of acme/health-pipeline" },
    ]);
    expect(changesOf(planned?.plan)).toContain("+ .github/workflows/sealring.yml");
    expect((await checkout.apply({}, options)).exit).toBe(4);
  });

  it("by an interruption is left for the next apply", async () => {
    const checkout = await Checkout.fresh();
    const stop = new AbortController();
    const confine = async () => stop.abort();
    const report = await checkout.apply({}, { ...withSettings({ confine }), ports: { stop: stop.signal } });
    expect(report.exit).toBe(130);
    expect(report.results.map(({ outcome }) => outcome)).toEqual([
      "done",
      ...Array<string>(4).fill("skipped"),
    ]);
    expect(checkout.written.size).toBe(0);
    expect((await checkout.apply()).exit).toBe(0);
  });
});

describe("consent", () => {
  const person = (answer: "yes" | "no"): Prompt => ({
    ...NOBODY,
    interactive: true,
    confirm: async () => answer === "yes",
  });

  it("is asked for after the plan is shown", async () => {
    const checkout = await Checkout.fresh();
    const shown: unknown[] = [];
    const request = { consent: "ask", show: (plan: unknown) => shown.push(plan) } as const;
    const said = await checkout.apply(request, { ports: { prompt: person("no") } });
    expect(said).toMatchObject({ exit: 0, outcome: "declined", results: [] });
    expect(shown).toHaveLength(1);
    expect(checkout.written.size).toBe(0);
    expect(await checkout.apply(request, { ports: { prompt: person("yes") } })).toMatchObject({
      outcome: "applied",
    });
  });

  it("cannot be had where nobody is, and is not needed where nothing changes", async () => {
    const checkout = await Checkout.fresh();
    await expect(checkout.apply({ consent: "ask" })).rejects.toMatchObject({
      code: "usage",
      hint: "run: sealring apply --yes",
    });
    await checkout.apply();
    expect(await checkout.apply({ consent: "ask" })).toMatchObject({ outcome: "nothing_to_do" });
  });
});
