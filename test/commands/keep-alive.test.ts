import { expect, it } from "vitest";
import { keepAlive, keepsAlive } from "../../src/commands/keep-alive.ts";
import { SealringError } from "../../src/errors.ts";
import type { WorkflowFacts } from "../../src/github.ts";
import { RecordingProgress } from "../support/grant-ports.ts";
import { example } from "../workflow/examples.ts";

interface Told {
  readonly stop?: AbortSignal;
  readonly fault?: string;
  readonly state?: WorkflowFacts["state"];
}

async function kept(
  scheduledBy: string | undefined,
  { stop = new AbortController().signal, fault = "", state = "active" }: Told = {},
) {
  const enabled: string[] = [];
  const progress = new RecordingProgress();
  await keepAlive(
    { scheduledBy, stop, progress },
    {
      workflow: async () => ({ state }),
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

it("a schedule that lay idle is enabled, and one that a person turned off stays off", async () => {
  expect((await kept("sealring.yml", { state: "disabled_inactivity" })).enabled).toEqual(["sealring.yml"]);
  for (const state of ["disabled_manually", "other"] as const)
    expect(await kept("sealring.yml", { state })).toEqual({ enabled: [], lines: [] });
});

it("of a file's jobs the first one does it, and one that a file of one's own started", () => {
  const declared = example("several environments");
  const keeping = (scheduledBy: string | undefined) =>
    [...new Set(declared.credentials.map(({ environment }) => environment))]
      .filter((own) =>
        keepsAlive(
          { scheduledBy },
          declared,
          declared.credentials.filter(({ environment }) => environment === own),
        ),
      )
      .map(String)
      .toSorted();
  expect(keeping("sealring.yml")).toEqual(["null"]);
  expect(keeping("nightly.yml").length).toBeGreaterThan(1);
  expect(keeping(undefined)).toEqual([]);
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
