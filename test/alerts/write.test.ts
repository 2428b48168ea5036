import { describe, expect, it, test } from "vitest";
import { alertFor, settledComment } from "../../src/alerts/write.ts";
import type { ErrorClass } from "../../src/errors.ts";
import type { CredentialResult } from "../../src/protocol/result.ts";
import { anEntry, at } from "../support/entries.ts";
import { aCredential, anOccasion, aResult } from "./occasions.ts";

const bodyOf = (...occasion: Parameters<typeof anOccasion>) => alertFor(anOccasion(...occasion))?.body ?? "";

/** As the journal has it after the provider's answer. */
function answered(errorClass: ErrorClass, code: string) {
  return {
    result: aResult({ outcome: errorClass, message: undefined }),
    entry: anEntry({ error: { class: errorClass, code } }),
  };
}

test("a grant that has ended: what happened, until when, what to type, who is called, where to read on", () => {
  expect(alertFor(anOccasion())).toEqual({
    credential: "oura",
    title: "oura: authorize it again",
    body: `\`oura\`: \`Sleep of the study cohort\`

The provider no longer takes the refresh token of \`oura\`: access was withdrawn, or has run out. Only a person who may sign in to the account can give it again.

**Deadline: 2026-11-22 13:00 UTC.** Until then whatever reads \`OURA_ACCESS_TOKEN\` goes on working; after it, it fails.

**What to do.** Whoever owns the account runs this in a clone of \`acme/credentials\`, and signs in:

\`\`\`sh
sealring authorize oura
\`\`\`

Nobody needs it any more? Remove \`credentials/oura.yaml\` from the repository, and close this issue.

---

Called: @acme/data-platform · error: \`invalid_grant\` · last seen by [this run](https://github.com/acme/credentials/actions/runs/7)

sealring keeps this issue up to date, and closes it as soon as a run finds the credential well.
`,
  });
});

test("once the access token has expired, that is said", () => {
  expect(bodyOf({ now: at(3_600) })).toContain("**The access token expired at 2026-11-22 13:00 UTC.**");
});

test("an expiry that nobody knows is no deadline", () => {
  const body = bodyOf({ entry: undefined });
  expect(body).not.toContain("Deadline");
  expect(body).not.toContain("expired");
});

describe("the words fit the cause", () => {
  it.each([
    ["reauthorization_required", "invalid_grant", "no longer takes the refresh token"],
    ["reauthorization_required", "envelope_overwritten", "written an old copy of the secret"],
    ["reauthorization_required", "envelope_missing", "disagree: somebody deleted the secret"],
    ["reauthorization_required", "store_key_changed", "GitHub has changed the key of their store"],
    ["client_misconfigured", "invalid_client", "`OURA_CLIENT_SECRET`"],
    ["provider_drift", "unregistered_error", "newer version"],
    ["ambiguous", "lost_timeout", "the answer never arrived"],
  ] as const)("%s (%s)", (errorClass, code, words) => {
    const body = bodyOf(answered(errorClass, code));
    expect(body).toContain(words);
    expect(body).toContain(`error: \`${code}\``);
    expect(body).toContain("\nsealring authorize oura\n");
  });

  it("once a grant has ended, every later run knows what ended it", () => {
    const { entry } = answered("client_misconfigured", "invalid_client");
    expect(alertFor(anOccasion({ entry }))).toMatchObject({
      title: "oura: mend its client, then authorize it again",
    });
  });

  it("what sealring itself found is said in its own words, not in those of an older error", () => {
    const message = "oura was authorized for another token_origin than credentials/oura.yaml declares";
    const hint = "undo the change, or run: sealring authorize oura";
    const body = bodyOf({ result: aResult({ outcome: "client_misconfigured", message, hint }) });
    expect(body).toContain(`\`${message}\``);
    expect(body).toContain("**What to do.** Undo the change, or run: `sealring authorize oura`.\n");
    expect(body).not.toContain("invalid_grant");
  });

  it("a lost answer may also be settled by the workflow, which alone can read the old token", () => {
    expect(bodyOf(answered("ambiguous", "lost_timeout"))).toContain(
      'gh workflow run sealring.yml -f command="refresh --probe" -f credential=oura --repo acme/credentials\n',
    );
    expect(bodyOf()).not.toContain("--probe");
  });
});

describe("before a refresh token dies", () => {
  const well = { outcome: "fresh", exit: 0, message: undefined, hint: undefined } as const;

  it.each([
    ["dies_of_age", "ends every authorization after a time"],
    ["dies_of_idleness", "has not been used for long"],
  ] as const)("its owner is told by when to authorize again (%s)", (kind, words) => {
    const result = aResult({ ...well, warning: { kind, at: at(864_000) } });
    const alert = alertFor(anOccasion({ result, entry: undefined }));
    expect(alert?.title).toBe("oura: authorize it again before 2026-12-02");
    for (const part of [words, "2026-12-02 12:00 UTC", "\nsealring authorize oura\n", "still works"])
      expect(alert?.body).toContain(part);
  });
});

test.each([
  "refreshed",
  "fresh",
  "recovered",
  "pending",
  "due",
  "transient",
  "rate_limited",
  "stale",
  "store_refused",
  "interrupted",
] satisfies CredentialResult["outcome"][])("%s needs no person while the access token lives", (outcome) => {
  expect(alertFor(anOccasion({ result: aResult({ outcome }), now: at(3_599) }))).toBeUndefined();
});

test("what a declaration does not say is left out", () => {
  const credential = aCredential({ description: undefined, owner: undefined });
  const body = bodyOf({ credential, runUrl: undefined });
  expect(body).not.toMatch(/undefined|Called|this run/);
  expect(body.startsWith("The provider")).toBe(true);
});

test("the last comment says what is well again, and which run found it so", () => {
  expect(
    settledComment(aResult({ generation: 5 }), "https://github.com/acme/credentials/actions/runs/9"),
  ).toBe(
    "`oura` is well again (generation 5), says [this run](https://github.com/acme/credentials/actions/runs/9).",
  );
});
