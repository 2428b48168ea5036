import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import lock from "../../package-lock.json" with { type: "json" };
import manifest from "../../package.json" with { type: "json" };

interface LockedPackage {
  readonly hasInstallScript?: boolean;
  readonly engines?: { readonly node?: string };
}

const locked = Object.entries(lock.packages as Record<string, LockedPackage>);

describe("what is installed", () => {
  it("is for building alone: what users run has everything in it", () => {
    expect(manifest).not.toHaveProperty("dependencies");
  });

  it("is asked for by exact version", () => {
    const asked = { ...manifest.devDependencies, ...manifest.overrides };
    const loose = Object.entries(asked).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version));
    expect(loose).toEqual([]);
  });

  it("runs nothing at install time", () => {
    expect(locked.length).toBeGreaterThan(100);
    expect(locked.filter(([, one]) => one.hasInstallScript === true).map(([path]) => path)).toEqual([]);
  });

  it("needs no newer Node than sealring, or the install fails", () => {
    expect(readFileSync(".npmrc", "utf8")).toContain("engine-strict=true");
    expect(manifest.engines.node).toBe(">=20.19.0");
  });
});

describe("the two commands of a newcomer", () => {
  it.each(["npm ci && npm run demo", "npm ci && npm test"])(
    "README.md gives `%s`, alone on its line",
    (command) => {
      expect(readFileSync("README.md", "utf8").split("\n")).toContain(command);
    },
  );

  it("and CI runs the tests by the second", () => {
    const steps = readFileSync(".ci/run", "utf8").split("\n");
    expect(steps.filter((line) => line.startsWith("run npm")).slice(-2)).toEqual([
      "run npm ci",
      "run npm test",
    ]);
  });
});

it("every action in our workflows is pinned to a full commit, with its version beside it", () => {
  const uses = readFileSync(".github/workflows/ci.yml", "utf8")
    .split("\n")
    .filter((line) => line.includes("uses:"));
  expect(uses.length).toBeGreaterThan(0);
  for (const line of uses) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});
