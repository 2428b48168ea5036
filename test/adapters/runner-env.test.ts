import { describe, expect, it } from "vitest";
import { scheduledBy, secretsIn } from "../../src/adapters/runner-env.ts";

describe("of a step's environment", () => {
  it("envelopes are secret, and what people name as secrets", () => {
    const env = {
      SEALRING_CREDENTIAL_OURA: "envelope",
      SEALRING_GITHUB_TOKEN: "token",
      SEALRING_APP_KEY: "key",
      OURA_CLIENT_SECRET: "client secret",
      OURA_ACCESS_TOKEN: "access token",
      EMPTY_TOKEN: "",
    };
    expect(secretsIn(env).map((secret) => secret.reveal())).toEqual([
      ...["envelope", "token", "key", "client secret", "access token"],
    ]);
  });

  it("words that a log needs are not", () => {
    const env = {
      SEALRING_JOB_ID: "7",
      SEALRING_ENVIRONMENT: "sealring",
      TOKEN_URL: "https://id.example/token",
      GITHUB_REPOSITORY: "acme/credentials",
    };
    expect(secretsIn(env)).toEqual([]);
  });
});

describe("the workflow whose schedule started a job", () => {
  const GITHUB_WORKFLOW_REF = "acme/credentials/.github/workflows/sealring-2.yml@refs/heads/main";

  it("is a file's name", () => {
    expect(scheduledBy({ GITHUB_EVENT_NAME: "schedule", GITHUB_WORKFLOW_REF })).toBe("sealring-2.yml");
  });

  it.each([
    ["a person started it", { GITHUB_EVENT_NAME: "workflow_dispatch", GITHUB_WORKFLOW_REF }],
    ["the runner is too old to say", { GITHUB_EVENT_NAME: "schedule" }],
    ["this is no job", {}],
  ])("is none where %s", (_why, env) => {
    expect(scheduledBy(env)).toBeUndefined();
  });
});
