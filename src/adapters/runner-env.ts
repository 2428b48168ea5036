import { Secret } from "../secret.ts";

/** The environment of a process that GitHub's runner started (docs.github.com, "Variables reference"). */
export type RunnerEnv = Readonly<Record<string, string | undefined>>;

/** Envelopes, and what is named as people name secrets. Others are masked when a command reads them. */
const SECRET_NAME = /^SEALRING_CREDENTIAL_|_(TOKEN|SECRET|KEY|PASSWORD)$/;

/** What a step has to mask before it prints anything. */
export function secretsIn(env: RunnerEnv): readonly Secret[] {
  return Object.entries(env).flatMap(([name, value = ""]) =>
    SECRET_NAME.test(name) && value !== "" ? [new Secret(value)] : [],
  );
}

/** The workflow file whose schedule started this job; undefined: something else did. */
export function scheduledBy(env: RunnerEnv): string | undefined {
  if (env["GITHUB_EVENT_NAME"] !== "schedule") return undefined;
  return /\/\.github\/workflows\/([^/@]+)@/.exec(env["GITHUB_WORKFLOW_REF"] ?? "")?.[1];
}
