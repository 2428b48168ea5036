import { describe, expect, it } from "vitest";
import { readInputs } from "../../src/cli/action-inputs.ts";
import type { ActionCall } from "../../src/cli/action-inputs.ts";

function read(inputs: Partial<Record<"command" | "credential" | "directory", string>>): ActionCall {
  return readInputs((name) => inputs[name] ?? "");
}

describe("the action's inputs", () => {
  it("without a command, put sealring on the PATH", () => {
    expect(read({})).toEqual({ kind: "install" });
    expect(read({ command: " \n", credential: "oura" })).toEqual({ kind: "install" });
  });

  it("name a command with its options, and several credentials", () => {
    expect(read({ command: "refresh --force", credential: "oura, strava\nfitbit" })).toEqual({
      kind: "run",
      args: ["refresh", "--force", "--", "oura", "strava", "fitbit"],
    });
  });

  it("make a status check of a status, so that the pipeline stops", () => {
    expect(read({ command: "status" })).toEqual({ kind: "run", args: ["status", "--check", "--"] });
  });

  it("keep a directory with spaces in one piece", () => {
    expect(read({ command: "status", directory: "the credentials" })).toMatchObject({
      args: ["status", "--check", "-C", "the credentials", "--"],
    });
  });

  it("take no option from a credential's name", () => {
    expect(read({ command: "refresh", credential: "--probe" })).toMatchObject({
      args: ["refresh", "--", "--probe"],
    });
  });
});
