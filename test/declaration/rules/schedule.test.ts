import { describe, expect, test } from "vitest";
import { load } from "../examples.ts";

describe("the project", () => {
  test.each([
    ["schedule: hourly", "schedule", 11],
    ['schedule: "* * * * *"', "schedule", 11],
    ['schedule: "0 24 * * *"', "schedule", 11],
    ['schedule: "0 0 0 * *"', "schedule", 11],
    ['schedule: "0,59 * * * *"', "schedule", 11],
    ['schedule: "0 0 * * 7"', "schedule", 11],
    ['schedule: "9-5 0 * * *"', "schedule", 11],
    ["repository: acme", "bad-value", 13],
    ["state_branch: a..b", "bad-value", 15],
    ["environment: 3", "wrong-type", 14],
    ["github: { api_url: http://ghe.example }", "insecure-url", 20],
    ["github: { app: { client_id: a, private_key: nope } }", "literal-secret", 45],
    ["recovery: { recipient: age2 }", "bad-value", 24],
    ["shedule: x", "unknown-key", 1],
  ])("%s is a fault", (line, rule, column) => {
    const { faults } = load({ "sealring.yaml": `version: 1\n${line}\n` });
    expect(faults).toMatchObject([{ file: "sealring.yaml", rule, line: 2, column }]);
  });

  test.each([
    ...["JOB_ID", "JOURNAL_TOKEN", "GITHUB_TOKEN", "COMMAND", "NAME", "FORCE", "ENVIRONMENT", "CANARY"],
    "CREDENTIAL_OURA",
  ])("an App's key is in no variable that the workflow uses itself: SEALRING_%s", (name) => {
    const app = `github: { app: { client_id: a, private_key: SEALRING_${name} } }`;
    const { faults } = load({ "sealring.yaml": `version: 1\n${app}\n` });
    expect(faults).toMatchObject([{ file: "sealring.yaml", rule: "reserved-name", line: 2 }]);
  });

  test.each(["SEALRING_APP_KEY", "SEALRING_NAMES_KEY", "APP_KEY"])(
    "%s is a name for an App's key",
    (name) => {
      const app = `github: { app: { client_id: a, private_key: ${name} } }`;
      expect(load({ "sealring.yaml": `version: 1\n${app}\n` }).faults).toEqual([]);
    },
  );

  test.each(["17 */6 * * *", "*/5 * * * *", "0 0 1,15 * MON", "5/15 * * DEC *", "0 0 * * 0-6/2"])(
    "%s is a schedule",
    (schedule) => {
      expect(load({ "sealring.yaml": `version: 1\nschedule: "${schedule}"\n` }).faults).toEqual([]);
    },
  );
});
