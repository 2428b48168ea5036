import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createStep } from "../../src/adapters/step.ts";
import { Secret } from "../../src/secret.ts";
import { CANARIES, expectNoCanaryIn } from "../support/canary.ts";

let directory: string;
let said: string[];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "sealring-step-"));
  said = [];
});
afterEach(() => rmSync(directory, { recursive: true }));

const file = (name: string) => join(directory, name);
const step = (env: Readonly<Record<string, string>>) =>
  createStep({ RUNNER_TEMP: directory, ...env }, (line) => void said.push(line));

describe("a step's summary", () => {
  it("is appended to the file that the runner names", async () => {
    const { summarize } = step({ GITHUB_STEP_SUMMARY: file("summary") });
    await summarize("one\n");
    await summarize("two\n");
    expect(readFileSync(file("summary"), "utf8")).toBe("one\n\ntwo\n\n");
  });

  it("never grows over what GitHub takes", async () => {
    writeFileSync(file("summary"), "x".repeat(1024 * 1024 - 4));
    const { summarize } = step({ GITHUB_STEP_SUMMARY: file("summary") });
    await summarize("four");
    await summarize("two");
    expect(readFileSync(file("summary"), "utf8").endsWith("xtwo\n")).toBe(true);
  });

  it("is nothing where the runner names no file", async () => {
    await step({}).summarize("one");
    expect(said).toEqual([]);
  });

  it("that cannot be written costs a line, and no command", async () => {
    await step({ GITHUB_STEP_SUMMARY: file("no/such/folder") }).summarize("one");
    expect(said).toEqual(["the step's summary could not be written"]);
  });
});

describe("a step's outputs", () => {
  it("are set between delimiters that differ each time, so that no value can end one", async () => {
    const { output } = step({ GITHUB_OUTPUT: file("output") });
    await output({ state: "fresh", generation: "2" });
    await output({ state: "a\nb" });
    const text = readFileSync(file("output"), "utf8");
    const delimiters = [...text.matchAll(/<<(sealring_[0-9a-f]{32})$/gm)].map(([, one]) => one);
    expect(delimiters).toHaveLength(3);
    const [one = "", , other = ""] = delimiters;
    expect(one).not.toBe(other);
    expect(text).toBe(
      `state<<${one}\nfresh\n${one}\ngeneration<<${one}\n2\n${one}\nstate<<${other}\na\nb\n${other}\n`,
    );
  });
});

describe("what a step leaves to a later one", () => {
  const SECRET = new Secret(CANARIES.refreshToken);

  it("is taken by it, until it is discarded", async () => {
    const token = { SEALRING_GITHUB_TOKEN: CANARIES.githubToken };
    await step(token).handover().leave("oura", SECRET);
    const later = step(token).handover();
    expect((await later.take("oura"))?.reveal()).toBe(CANARIES.refreshToken);
    expect(await later.take("strava")).toBeUndefined();
    await later.discard("oura");
    expect(await later.take("oura")).toBeUndefined();
  });

  it("is sealed, and nobody else's to read", async () => {
    await step({ GITHUB_TOKEN: CANARIES.githubToken }).handover().leave("oura", SECRET);
    expectNoCanaryIn(directory);
    expect(statSync(file("sealring-device/oura.json")).mode & 0o777).toBe(0o600);
    expect(statSync(file("sealring-device")).mode & 0o777).toBe(0o700);
  });

  it.each([
    ["another token", () => undefined],
    ["a broken file", () => writeFileSync(file("sealring-device/oura.json"), "{")],
  ])("is refused with %s", async (_what, spoil) => {
    await step({ GITHUB_TOKEN: "ghs_one" }).handover().leave("oura", SECRET);
    spoil();
    await expect(step({ GITHUB_TOKEN: "ghs_other" }).handover().take("oura")).rejects.toMatchObject({
      code: "usage",
      hint: "give both steps the same GitHub token",
    });
  });

  it("needs a token, and the job's own comes first", async () => {
    expect(() => step({ GITHUB_TOKEN: "" }).handover()).toThrow("sealed under a GitHub token");
    await step({ SEALRING_JOURNAL_TOKEN: "ghs_job", SEALRING_GITHUB_TOKEN: "github_pat_a" })
      .handover()
      .leave("oura", SECRET);
    const later = step({ SEALRING_JOURNAL_TOKEN: "ghs_job", SEALRING_GITHUB_TOKEN: "github_pat_b" });
    expect(await later.handover().take("oura")).toBeDefined();
  });
});
