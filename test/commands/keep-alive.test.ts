import { expect, it } from "vitest";
import { keepAlive } from "../../src/commands/keep-alive.ts";
import { SealringError } from "../../src/errors.ts";
import { RecordingProgress } from "../support/grant-ports.ts";

async function kept(
  scheduledBy: string | undefined,
  { stop = new AbortController().signal, fault = "" } = {},
) {
  const enabled: string[] = [];
  const progress = new RecordingProgress();
  await keepAlive(
    { scheduledBy, stop, progress },
    {
      async enable(file) {
        enabled.push(file);
        if (fault !== "") throw new SealringError("store_refused", fault);
      },
    },
  );
  return { enabled, lines: progress.lines };
}

it("a scheduled job enables the workflow whose schedule started it, once", async () => {
  expect(await kept("sealring.yml")).toEqual({ enabled: ["sealring.yml"], lines: [] });
});

it("a job that something else started leaves the schedule alone", async () => {
  expect(await kept(undefined)).toEqual({ enabled: [], lines: [] });
});

it("a job that is to stop starts nothing", async () => {
  expect(await kept("sealring.yml", { stop: AbortSignal.abort() })).toEqual({ enabled: [], lines: [] });
});

it("a refusal costs one line", async () => {
  const { lines } = await kept("sealring.yml", { fault: "the token lacks Actions: write" });
  expect(lines).toEqual([
    "the schedule of sealring.yml could not be prolonged: the token lacks Actions: write",
  ]);
});
