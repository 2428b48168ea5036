import { describe, expect, it, test } from "vitest";
import type { Need } from "../../src/doctor/needs.ts";
import { judgePermissions } from "../../src/doctor/permissions.ts";
import type { Answered, Holder } from "../../src/doctor/permissions.ts";

const SECRETS: Need = {
  ...{ permission: "secrets", level: "write", on: { repository: "acme/x" } },
  ...{ use: "secrets", purpose: "to publish to acme/x", gravity: "failure" },
};
const CONTENTS: Need = {
  ...SECRETS,
  permission: "contents",
  purpose: "to write the journal",
  use: "journal",
};
const OF_ACME: Need = { ...SECRETS, permission: "organization_secrets", on: { organization: "acme" } };

function judge(kind: Holder["kind"], answers: readonly Answered[], webUrl = "https://github.com") {
  const tokenFrom = { secrets: "gh", journal: "gh" };
  return judgePermissions(answers, { kind, access: { webUrl, tokenFrom } });
}

test("what is there is told of in one line, places with the same permissions together", () => {
  const elsewhere = { ...SECRETS, on: { repository: "acme/y" } };
  const third = { ...SECRETS, on: { repository: "acme/z" } };
  const answers = [SECRETS, elsewhere, CONTENTS, third, OF_ACME].map(
    (need) => ({ need, may: "yes" }) as const,
  );
  expect(judge("fine_grained", answers)).toEqual([
    {
      kind: "ok",
      about: "permissions",
      found: "Secrets, Contents on acme/x; Secrets on 3 places",
    },
  ]);
});

test("what cannot be found out is neither there nor missing", () => {
  expect(judge("app", [{ need: CONTENTS, may: "unknown" }])).toEqual([
    {
      kind: "skipped",
      about: "permissions",
      found: "cannot be found out by asking: Contents on acme/x",
    },
  ]);
});

test("what is missing is named in the words of GitHub's settings, with what it is needed for", () => {
  const seldom: Need = { ...CONTENTS, gravity: "warning" };
  const findings = judge("fine_grained", [
    { need: SECRETS, may: "no" },
    { need: seldom, may: "no" },
  ]);
  expect(findings).toMatchObject([
    {
      kind: "failure",
      found: 'the token lacks "Secrets: Read and write" (repository) on acme/x, to publish to acme/x',
    },
    { kind: "warning" },
  ]);
});

describe("where to click depends on the token:", () => {
  it.each<[Holder["kind"], Need, RegExp]>([
    [
      "fine_grained",
      SECRETS,
      /https:\/\/github\.com\/settings\/personal-access-tokens \("Resource owner" must be acme,/,
    ],
    ["unknown", SECRETS, /settings\/personal-access-tokens/],
    ["app", OF_ACME, /"Secrets: Read and write" \(organization\) under "Permissions & events".*accept that/],
    ["actions", CONTENTS, /sealring apply.*`contents: write`/],
    ["actions", SECRETS, /GITHUB_TOKEN can never do that/],
    ["classic", SECRETS, /scope repo: https:\/\/github\.com\/settings\/tokens; .*the Admin role in acme\/x/],
    ["oauth", SECRETS, /^run: gh auth refresh --hostname github\.com --scopes repo;/],
    ["oauth", { ...SECRETS, permission: "workflows" }, /--scopes workflow; .*the Write role in acme\/x/],
    ["oauth", OF_ACME, /--scopes admin:org; .*an owner of acme/],
  ])("%s, for %o", (kind, need, fix) => {
    expect(judge(kind, [{ need, may: "no" }])).toMatchObject([{ fix: expect.stringMatching(fix) as string }]);
  });

  it("and on the host of a GitHub Enterprise Server", () => {
    const answers = [{ need: SECRETS, may: "no" }] as const;
    const fixes = (["fine_grained", "app", "classic", "oauth"] as const).map((kind) =>
      JSON.stringify(judge(kind, answers, "https://ghe.example.com")),
    );
    for (const fix of fixes) {
      expect(fix).toContain("ghe.example.com");
      expect(fix).not.toContain("github.com");
    }
  });
});
