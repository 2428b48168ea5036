import { describe, expect, it, test } from "vitest";
import { needsOf } from "../../src/doctor/needs.ts";
import { aSubject } from "./subject.ts";
import type { Setting } from "./subject.ts";

function needed(setting: Setting = {}): readonly string[] {
  return needsOf(aSubject(setting)).map(({ permission, level, on, use, gravity }) => {
    const place = "repository" in on ? on.repository : on.organization;
    return `${use}: ${permission}=${level} on ${place} (${gravity})`;
  });
}

const EVERYDAY = [
  "journal: contents=write on acme/credentials (failure)",
  "journal: issues=write on acme/credentials (failure)",
  "journal: actions=read on acme/credentials (failure)",
  "journal: actions=write on acme/credentials (warning)",
];

test("a job needs what it writes, and a laptop what apply does besides", () => {
  const both = [
    "secrets: environments=write on acme/credentials (failure)",
    "secrets: secrets=write on acme/credentials (failure)",
    ...EVERYDAY,
  ];
  expect(needed({ where: "job" })).toEqual(both);
  expect(needed()).toEqual([
    ...both,
    "secrets: administration=write on acme/credentials (warning)",
    "secrets: workflows=write on acme/credentials (warning)",
  ]);
});

describe("each kind of destination needs a permission of its own:", () => {
  it.each([
    ["{ repository: acme/x }", "secrets=write on acme/x"],
    ["{ repository: acme/x, environment: production }", "environments=write on acme/x"],
    ["{ repository: acme/x, app: dependabot }", "dependabot_secrets=write on acme/x"],
    ["{ repository: acme/x, app: codespaces }", "codespaces_secrets=write on acme/x"],
    ["{ organization: acme, visibility: all }", "organization_secrets=write on acme"],
    [
      "{ organization: acme, visibility: all, app: dependabot }",
      "organization_dependabot_secrets=write on acme",
    ],
    [
      "{ organization: acme, visibility: all, app: codespaces }",
      "organization_codespaces_secrets=write on acme",
    ],
  ])("%s %s", (destination, need) => {
    expect(needed({ more: `destinations: [${destination}]\n`, where: "job" })).toEqual([
      "secrets: environments=write on acme/credentials (failure)",
      `secrets: ${need} (failure)`,
      ...EVERYDAY,
    ]);
  });
});

test("envelopes among the repository's secrets need no environment", () => {
  expect(needed({ project: "version: 1\nenvironment: null\n", where: "job" })).toEqual([
    "secrets: secrets=write on acme/credentials (failure)",
    ...EVERYDAY,
  ]);
});

test("a permission is asked for once, though several things need it", () => {
  const more =
    "destinations: [{ repository: ACME/credentials, environment: other }, { repository: Acme/Credentials }]\n";
  expect(needed({ more, where: "job" })).toEqual([
    "secrets: environments=write on acme/credentials (failure)",
    "secrets: secrets=write on Acme/Credentials (failure)",
    ...EVERYDAY,
  ]);
});
