import { describe, expect, it, test } from "vitest";
import type { Occasion } from "../../src/alerts/occasion.ts";
import { alertFor } from "../../src/alerts/write.ts";
import { anEntry, anIntent, anOpenEntry, at } from "../support/entries.ts";
import { anOccasion, aResult } from "./occasions.ts";

const RECIPIENT = { schedule: "17 */6 * * *", recoveryRecipient: "age1recipient" };
const IDENTITY = "```sh\nsealring recover --identity <file>\n```";
const AUTHORIZE = "```sh\nsealring authorize oura\n```";

/** What sealring itself found, with this hint. */
function found(hint: string, more: Partial<Occasion> = {}): string {
  const entry = anEntry({ error: undefined });
  const result = aResult({ message: "oura: it stopped", hint });
  return alertFor(anOccasion({ result, entry, ...more }))?.body ?? "";
}

describe("what sealring itself found", () => {
  it("is mended by its hint alone where that does not send anybody to sign in", () => {
    const hint = "add the secret to the step, then run: gh workflow run sealring.yml";
    const alert = alertFor(anOccasion({ result: aResult({ hint }), entry: anEntry() }));
    expect(alert?.body).toContain(
      "**What to do.** Add the secret to the step, then run: `gh workflow run sealring.yml`.\n",
    );
    expect(alert?.body).not.toContain("authorize");
    expect(alert?.title).toBe("oura: it stopped, and needs a person");
  });

  it("is mended by authorizing where its hint says nothing else", () => {
    const body = found("run: sealring authorize oura");
    expect(body).toContain(`**What to do.** Whoever owns the account runs this`);
    expect(body).toContain(AUTHORIZE);
    expect(body.match(/sealring authorize/g)).toHaveLength(1);
  });

  it("is mended by the recovery identity first, then by authorizing", () => {
    const body = found(
      "run: sealring authorize oura, or, with the recovery identity: sealring recover --identity <file>",
    );
    expect(body).toContain(`**What to do.** Whoever holds the recovery identity`);
    expect(body.indexOf(IDENTITY)).toBeLessThan(body.indexOf("**Or** whoever owns the account"));
    expect(body.indexOf(IDENTITY)).toBeGreaterThan(0);
    expect(body).toContain(AUTHORIZE);
  });

  it("is mended by the recovery identity alone where its hint says so", () => {
    const body = found("run, with the recovery identity: sealring recover --identity <file>");
    expect(body).toContain(IDENTITY);
    expect(body).not.toContain("authorize");
  });
});

describe.each(["envelope_overwritten", "envelope_missing", "store_key_changed"])(
  "%s in the journal",
  (code) => {
    const error = { class: "reauthorization_required", code } as const;
    const entry = anEntry({ phase: "reauthorization_required", error });

    it("names the recovery identity first where there is one, run after run", () => {
      const body = alertFor(anOccasion({ entry, project: RECIPIENT }))?.body ?? "";
      expect(body.indexOf(IDENTITY)).toBeGreaterThan(0);
      expect(body.indexOf(IDENTITY)).toBeLessThan(body.indexOf(AUTHORIZE));
    });

    it("leaves authorizing alone where there is none", () => {
      const body = alertFor(anOccasion({ entry }))?.body ?? "";
      expect(body).not.toContain("--identity");
      expect(body).toContain(AUTHORIZE);
    });
  },
);

test("a grant that has ended is nothing for the recovery identity", () => {
  expect(alertFor(anOccasion({ project: RECIPIENT }))?.body).not.toContain("--identity");
});

describe("a lost answer", () => {
  const error = { class: "ambiguous", code: "lost_timeout" } as const;
  const body = (intent: object, expiresAt: Date) => {
    const entry = anOpenEntry(intent, { phase: "ambiguous", error, expiresAt });
    return alertFor(anOccasion({ result: aResult({ outcome: "ambiguous" }), entry }))?.body;
  };

  it("says when the workflow tries the old token, and how to ask for it now", () => {
    expect(body({}, at(86_400))).toContain(
      "So sealring waits, and tries it once more by itself at 2026-11-23 06:17 UTC, the last scheduled run before the deadline.",
    );
    expect(body({}, at(86_400))).toContain('-f command="refresh --probe"');
  });

  it("that was probed in vain is tried when the access token is over, and not for the asking", () => {
    const probed = body({ kind: "probe", replaces: anIntent() }, at(86_400));
    expect(probed).toContain(
      "tries it by itself at 2026-11-23 12:17 UTC, when there is no access token left to lose",
    );
    expect(probed).not.toContain("--probe");
  });
});
