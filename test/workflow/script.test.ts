import { execFileSync, spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { example, textOf } from "./examples.ts";
import { asYaml } from "./readers.ts";

/** The words with which a step's script calls sealring, as the runner's shell runs it. */
function callOf(step: string, env: Readonly<Record<string, string>>): readonly string[] {
  const steps = Object.values(asYaml(textOf(example("several environments"))).jobs).flatMap(
    (job) => job.steps ?? [],
  );
  const script = steps.findLast(({ name }) => name === step)?.run ?? "";
  // `exec` takes no function: it is left out, and the function ends the shell as the program would.
  const told = `sealring() { printf '%s\\n' "$@"; exit; }\n${script.replaceAll("exec sealring", "sealring")}`;
  expect(script.match(/sealring /g)?.length).toBe(script.match(/exec sealring /g)?.length);
  const output = execFileSync("bash", ["--noprofile", "--norc", "-e", "-c", told], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { SEALRING_ENVIRONMENT: "Health data", SEALRING_NAME: "", SEALRING_FORCE: "", ...env },
  });
  return output.toString().trimEnd().split("\n");
}

const REFRESH = "Refresh what is due";
const HELD = ["--environment", "Health data", "--deadline", "30m"];

describe("the generated workflow calls", () => {
  test.each([
    ["what is due on schedule", { SEALRING_COMMAND: "refresh" }, ["refresh", ...HELD]],
    [
      "one credential by force",
      { SEALRING_COMMAND: "refresh", SEALRING_NAME: "oura", SEALRING_FORCE: "true" },
      ["refresh", ...HELD, "--force", "--", "oura"],
    ],
    [
      "a probe",
      { SEALRING_COMMAND: "refresh --probe", SEALRING_NAME: "oura", SEALRING_FORCE: "false" },
      ["refresh", ...HELD, "--probe", "--", "oura"],
    ],
    ["recover", { SEALRING_COMMAND: "recover", SEALRING_NAME: "oura" }, ["recover", ...HELD]],
    ["revoke", { SEALRING_COMMAND: "revoke", SEALRING_NAME: "oura" }, ["revoke", "--", "oura"]],
  ])("sealring for %s", (_what, env, words) => {
    expect(callOf(REFRESH, env)).toEqual(words);
  });

  test("sealring with a name that is hostile as with any other", () => {
    for (const name of ["$(touch x)", "--force", '"; exit 1; "', "a b", "*"]) {
      expect(callOf(REFRESH, { SEALRING_COMMAND: "revoke", SEALRING_NAME: name })).toEqual([
        "revoke",
        "--",
        name,
      ]);
    }
  });

  test("nothing where a person would authorize what is no device grant, and fails", () => {
    const scripts = Object.values(asYaml(textOf(example("several environments"))).jobs).flatMap((job) =>
      (job.steps ?? []).filter(({ name, if: condition }) => name === REFRESH && condition === undefined),
    );
    expect(scripts).toHaveLength(2);
    for (const { run = "" } of scripts) {
      const env = { SEALRING_COMMAND: "authorize", SEALRING_NAME: "oura" };
      const { status, stdout } = spawnSync("bash", ["--noprofile", "--norc", "-e", "-c", run], { env });
      expect(status).toBe(2);
      expect(stdout.toString()).toMatch(/^::error::.*device grants only/);
    }
  });

  test("both parts of a device grant, and what settles the rest", () => {
    const device = { SEALRING_NAME: "lamp" };
    const words = ["authorize", "--flow", "device", "--part"];
    expect(callOf("Ask for a user code, which the summary shows", device)).toEqual([
      ...words,
      "request",
      "--",
      "lamp",
    ]);
    expect(callOf("Wait for the person", device)).toEqual([...words, "finish", "--", "lamp"]);
    expect(callOf("Settle what was not finished", {})).toEqual([
      ...["recover", "--environment", "Health data", "--deadline", "5m"],
    ]);
  });
});
