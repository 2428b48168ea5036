import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { Step } from "../cli/host.ts";
import { SealringError } from "../errors.ts";
import { Secret } from "../secret.ts";
import { directoryHandover } from "./handover.ts";
import type { RunnerEnv } from "./runner-env.ts";
import { appendOutputs, appendSummary } from "./step-files.ts";

/** Which all steps of a job have, the one of the job itself first. */
const JOB_TOKENS = ["SEALRING_JOURNAL_TOKEN", "SEALRING_GITHUB_TOKEN", "GH_TOKEN", "GITHUB_TOKEN"];

/** The `Step` of this process. `say` is told what went wrong on the way. */
export function createStep(env: RunnerEnv, say: (line: string) => void): Step {
  const { GITHUB_STEP_SUMMARY: summaryFile = "", GITHUB_OUTPUT: outputFile = "" } = env;
  const random = (length: number) => randomBytes(length);
  const attempt = (what: string, path: string, work: () => Promise<void>) =>
    path === "" ? Promise.resolve() : work().catch(() => say(`${what} could not be written`));
  return {
    summarize: (markdown) =>
      attempt("the step's summary", summaryFile, () => appendSummary(summaryFile, markdown)),
    output: (values) =>
      attempt("the step's outputs", outputFile, () => appendOutputs(outputFile, values, random)),
    handover() {
      const token = JOB_TOKENS.map((name) => env[name]).find((value) => value !== undefined && value !== "");
      if (token === undefined) throw noToken();
      const directory = join(env["RUNNER_TEMP"] ?? "", "sealring-device");
      return directoryHandover({ directory, secret: new Secret(token), random });
    },
  };
}

function noToken(): SealringError {
  return new SealringError(
    "usage",
    "a user code for a later step is sealed under a GitHub token, and there is none",
    {
      hint: "give both steps SEALRING_GITHUB_TOKEN",
    },
  );
}
