import { expect, it, test } from "vitest";
import { perform } from "../../src/doctor/finding.ts";
import { judgeToken, tokenChecks } from "../../src/doctor/token.ts";
import { SealringError } from "../../src/errors.ts";
import type { TokenFacts, Tokens } from "../../src/github-settings.ts";
import { aSubject, daysAhead, NOW } from "./subject.ts";
import type { Setting } from "./subject.ts";

function judge(facts: Partial<TokenFacts>, setting: Setting = {}, use: "secrets" | "journal" = "secrets") {
  const usual = { kind: "fine_grained", expiresAt: daysAhead(90), serverTime: NOW } as const;
  return judgeToken({ ...usual, ...facts }, { subject: aSubject(setting), use });
}

test("a fine-grained token is told with where it is from, and when it ends", () => {
  expect(judge({}, { tokenFrom: "SEALRING_GITHUB_TOKEN" })).toEqual({
    kind: "ok",
    about: "token",
    found: "a fine-grained token, from SEALRING_GITHUB_TOKEN; expires on 2027-02-20 12:00 UTC, in 90d",
  });
  expect(judge({ expiresAt: undefined })).toMatchObject({
    kind: "ok",
    found: "a fine-grained token, from gh; GitHub tells of no expiry",
  });
});

it.each([
  [14, "ok"],
  [13, "warning"],
  [0, "warning"],
])("a token that ends in %i days is %s", (days, kind) => {
  expect(judge({ expiresAt: daysAhead(days) }).kind).toBe(kind);
});

it.each<[string, Setting, string]>([
  [
    "in a job",
    { where: "job", tokenFrom: "SEALRING_GITHUB_TOKEN" },
    "regenerate it: https://github.com/settings/personal-access-tokens; then run: " +
      "gh secret set SEALRING_GITHUB_TOKEN --env sealring --repo acme/credentials",
  ],
  [
    "from a variable",
    { tokenFrom: "GH_TOKEN" },
    "regenerate it: https://github.com/settings/personal-access-tokens; then set GH_TOKEN to it, and for the workflow " +
      "run: gh secret set SEALRING_GITHUB_TOKEN --env sealring --repo acme/credentials",
  ],
  [
    "from gh, on a GitHub Enterprise Server",
    { webUrl: "https://ghe.example.com", project: "version: 1\nenvironment: null\n" },
    "regenerate it: https://ghe.example.com/settings/personal-access-tokens; then give it to gh auth login, and for " +
      "the workflow run: gh secret set SEALRING_GITHUB_TOKEN --repo ghe.example.com/acme/credentials",
  ],
])("how to renew one %s", (_, setting, fix) => {
  expect(judge({ expiresAt: daysAhead(2) }, setting)).toMatchObject({ kind: "warning", fix });
});

it.each<[TokenFacts["kind"], "secrets" | "journal", string, RegExp]>([
  ["classic", "secrets", "warning", /reaches everything/],
  ["classic", "journal", "warning", /reaches everything/],
  ["oauth", "secrets", "ok", /^an OAuth token, from gh/],
  ["app", "secrets", "ok", /^a GitHub App's, from gh$/],
  ["actions", "journal", "ok", /^the job's own GITHUB_TOKEN, from gh$/],
  ["actions", "secrets", "failure", /can never write secrets/],
  ["unknown", "secrets", "ok", /does not know/],
])("a token of the kind %s, for %s: %s", (kind, use, judged, found) => {
  // An hour is what a token of an App or a job has left at most.
  const expiresAt = kind === "app" || kind === "actions" ? daysAhead(1 / 24) : daysAhead(90);
  expect(judge({ kind, expiresAt }, {}, use)).toMatchObject({
    kind: judged,
    found: expect.stringMatching(found) as string,
  });
});

const FACTS: TokenFacts = { kind: "fine_grained", expiresAt: undefined, serverTime: NOW };

async function examine(tokens: Tokens, from: { secrets: string; journal: string }) {
  const access = { webUrl: "https://github.com", tokenFrom: from };
  const checks = tokenChecks(aSubject({ github: { access, tokens } }));
  return (await Promise.all(checks.map(perform))).flat();
}

test("one token that serves for both is looked at once, and asked for everything", async () => {
  const asked: string[] = [];
  const tokens: Tokens = {
    facts: async (use) => {
      asked.push(use);
      return FACTS;
    },
    may: async (_, { permission }) => (permission === "issues" ? "no" : "yes"),
  };
  const found = await examine(tokens, { secrets: "gh", journal: "gh" });
  expect(asked).toEqual(["secrets"]);
  expect(found.map(({ about, kind }) => `${about}: ${kind}`)).toEqual([
    ...["token: ok", "clock: ok", "permissions: failure", "permissions: ok"],
  ]);
});

test("two tokens are each asked for what they are for", async () => {
  const tokens: Tokens = {
    facts: async () => FACTS,
    may: async (use, { permission }) => (`${use} ${permission}` === "journal issues" ? "no" : "yes"),
  };
  const found = await examine(tokens, { secrets: "GH_TOKEN", journal: "SEALRING_JOURNAL_TOKEN" });
  expect(found.map(({ about, kind }) => `${about}: ${kind}`)).toEqual([
    ...["token: ok", "clock: ok", "permissions: ok"],
    ...["journal token: ok", "permissions: failure", "permissions: ok"],
  ]);
});

test("permissions that GitHub does not tell of now hide nothing else", async () => {
  const down = () => Promise.reject(new SealringError("rate_limited", "GitHub's rate limit is used up"));
  const found = await examine({ facts: async () => FACTS, may: down }, { secrets: "gh", journal: "gh" });
  const kinds = new Set(found.map(({ about, kind }) => `${about}: ${kind}`));
  expect([...kinds]).toEqual(["token: ok", "clock: ok", "permissions: unreachable"]);
});

test("one that GitHub takes from nobody is told of, with what was found of the others", async () => {
  const may: Tokens["may"] = async (_, { permission }) => {
    if (permission === "issues") throw new SealringError("store_refused", "issues are disabled");
    return permission === "contents" ? "no" : "yes";
  };
  const found = await examine({ facts: async () => FACTS, may }, { secrets: "gh", journal: "gh" });
  expect(found.map(({ about, kind }) => `${about}: ${kind}`)).toEqual([
    ...["token: ok", "clock: ok", "permissions: failure", "permissions: failure", "permissions: ok"],
  ]);
});
