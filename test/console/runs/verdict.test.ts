import { SITE } from "../../support/entries.ts";
import { describe, expect, it } from "vitest";
import type { Health } from "../../../src/commands/health.ts";
import type { StatusResult } from "../../../src/commands/status.ts";
import type { Followed } from "../../../src/console/runs/followed.ts";
import { verdictOn } from "../../../src/console/runs/verdict.ts";
import { newEntry } from "../../../src/journal/entry.ts";

function standing(health: Health, generation: number): StatusResult {
  const expiresAt = new Date("2026-12-22T12:00:00Z");
  const entry = { ...newEntry("oura"), generation, expiresAt };
  const unsaid = { owner: undefined, hint: undefined, warning: undefined, site: SITE };
  return { credential: "oura", health, entry, ...unsaid };
}

function followed(action: Followed["action"], more: Partial<Followed>): Followed {
  const [before, after] = [standing("fresh", 1), standing("fresh", 1)];
  return { action, url: undefined, conclusion: "success", before, after, ...more };
}

describe("of a followed run", () => {
  it("what the journal says counts, not how the run ended", () => {
    const renewed = { after: standing("fresh", 2) };
    expect(verdictOn(followed("refresh", renewed))).toMatchObject({ tone: "good", next: [] });
    expect(verdictOn(followed("refresh", { ...renewed, conclusion: "failure" }))).toMatchObject({
      tone: "warning",
      text: expect.stringMatching(/^oura is fresh.*The run itself did not succeed\.$/) as string,
    });
    expect(verdictOn(followed("refresh", {}))).toMatchObject({
      tone: "bad",
      text: "oura was not renewed. What it has works on.",
    });
  });

  it("a recovery may find nothing to renew", () => {
    expect(verdictOn(followed("recover", {}))).toMatchObject({ tone: "good", text: "oura is settled." });
  });

  it("a revocation is done when the journal has it", () => {
    expect(verdictOn(followed("revoke", { after: standing("revoked", 1) })).tone).toBe("good");
    expect(verdictOn(followed("revoke", {})).text).toBe("oura was not revoked.");
  });

  it("one that was not seen to end is judged by nobody", () => {
    const { tone, text } = verdictOn(followed("refresh", { conclusion: undefined }));
    expect([tone, text]).toEqual(["warning", expect.stringContaining("not seen to end")]);
  });

  it("one after which nobody could read how the credential is keeps how it ended, in plain letters", () => {
    const unread = { after: undefined, conclusion: "fail\u001bure" };
    expect(verdictOn(followed("refresh", unread))).toEqual({
      tone: "warning",
      text: "The run has ended: fail\ufffdure. How oura is now could not be read; its page shows it as soon as GitHub answers.",
      next: [],
    });
    expect(verdictOn(followed("refresh", { ...unread, conclusion: undefined })).text).toContain(
      "not seen to end",
    );
  });

  it.each<[Health, string, readonly string[]]>([
    ["needs_person", "has to be authorized again", ["authorize"]],
    ["ambiguous", "Nobody knows yet", ["authorize", "probe"]],
    ["expired", "its access token has ended", ["refresh"]],
    ["revoked", "was revoked meanwhile", ["authorize"]],
    ["busy", "is not settled yet", []],
  ])("one that leaves it %s says so, and what helps", (health, words, next) => {
    const verdict = verdictOn(followed("refresh", { after: standing(health, 1) }));
    expect(verdict).toMatchObject({ tone: "bad", next });
    expect(verdict.text).toContain(words);
  });
});
