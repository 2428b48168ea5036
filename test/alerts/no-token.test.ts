import { describe, expect, it, test } from "vitest";
import { alertFor } from "../../src/alerts/write.ts";
import type { CredentialResult } from "../../src/protocol/result.ts";
import { anEntry, anOpenEntry, at } from "../support/entries.ts";
import { anOccasion, aResult } from "./occasions.ts";

type Outcome = CredentialResult["outcome"];

const LATER = at(7_200);

describe("a run that fails of what usually passes by itself", () => {
  const message = "GitHub does not know the token: it is wrong, expired or revoked";
  const hint = "set SEALRING_GITHUB_TOKEN to a new token, or run: gh auth login --hostname github.com";
  const failed = (outcome: Outcome) => ({
    result: aResult({ outcome, message, hint }),
    entry: anEntry(),
    now: at(3_600),
  });

  it.each(["transient", "rate_limited", "stale", "store_refused", "pending"] as const)(
    "is told once the access token has expired (%s)",
    (outcome) => {
      const alert = alertFor(anOccasion(failed(outcome)));
      expect(alert?.title).toBe("oura: no fresh access token since 2026-11-22 13:00 UTC");
      for (const part of [
        "`oura` has had no fresh access token since 2026-11-22 13:00 UTC.",
        `this is in its way: \`${message}\`.`,
        "**The access token expired at 2026-11-22 13:00 UTC.**",
        "new token, or run: `gh auth login --hostname github.com`.",
        `error: \`${outcome}\``,
      ])
        expect(alert?.body).toContain(part);
      expect(alert?.body).not.toContain("sealring authorize");
    },
  );

  it("names authorizing where its hint does", () => {
    const result = aResult({
      outcome: "pending",
      hint: "run there: sealring recover; or anywhere: sealring authorize oura",
    });
    expect(alertFor(anOccasion({ ...failed("pending"), result }))?.body).toContain(
      "\nsealring authorize oura\n",
    );
  });

  it.each(["interrupted", "usage", "due"] as const)("is not told when it is none: %s", (outcome) => {
    expect(alertFor(anOccasion(failed(outcome)))).toBeUndefined();
  });

  it("is not told where nobody knows when the access token ends", () => {
    for (const entry of [undefined, anEntry({ expiresAt: undefined })])
      expect(alertFor(anOccasion({ ...failed("transient"), entry }))).toBeUndefined();
  });

  it("is not told while another is at it, and is when that one has given up or run out of time", () => {
    const told = (entry: ReturnType<typeof anOpenEntry>) =>
      alertFor(anOccasion({ ...failed("transient"), entry })) !== undefined;
    const deadline = at(3_601);
    expect(told(anOpenEntry({ deadline }))).toBe(false);
    expect(told(anOpenEntry({ deadline, releasedAt: at(3_000) }))).toBe(true);
    expect(told(anOpenEntry({ deadline: at(3_600) }))).toBe(true);
  });
});

describe("a destination that does not take an output", () => {
  const refusal = {
    target: { kind: "environment", repository: "acme/health-pipeline", environment: "production" },
    secret: "OURA_ACCESS_TOKEN",
    outcome: "store_refused",
    message: "the token may not use the secrets of acme/health-pipeline",
    hint: "give the token that permission, then run: gh workflow run sealring.yml",
  } as const;
  const partly = (outcome: Outcome, destination: CredentialResult["destinations"][number]) =>
    alertFor(
      anOccasion({
        result: aResult({
          outcome,
          exit: 5,
          expiresAt: LATER,
          destinations: [destination],
          message: undefined,
        }),
        entry: anEntry({ expiresAt: LATER }),
      }),
    );

  it.each(["refreshed", "fresh", "recovered"] as const)(
    "for good is told, with its name and why (%s)",
    (outcome) => {
      const alert = partly(outcome, refusal);
      expect(alert?.title).toBe("oura: a destination does not take its secrets");
      expect(alert?.body).toContain(
        "- `OURA_ACCESS_TOKEN` in `environment production of acme/health-pipeline`: " +
          "`the token may not use the secrets of acme/health-pipeline`. " +
          "Give the token that permission, then run: `gh workflow run sealring.yml`",
      );
      expect(alert?.body).not.toContain("sealring authorize");
    },
  );

  it("for now is told when a second run has met it", () => {
    const down = { ...refusal, outcome: "transient" } as const;
    expect(partly("refreshed", down)).toBeUndefined();
    expect(partly("fresh", down)?.title).toBe("oura: a destination does not take its secrets");
  });

  it.each(["created", "updated", "skipped", "interrupted"] as const)("%s is none", (outcome) => {
    expect(partly("fresh", { ...refusal, outcome })).toBeUndefined();
  });
});

test("hundreds of destinations that refuse fit into one issue", () => {
  const destinations = Array.from({ length: 900 }, (_, index) => ({
    target: {
      ...({ kind: "repository", app: "actions" } as const),
      repository: `acme/${"r".repeat(90)}-${String(index)}`,
    },
    ...{ secret: "S".repeat(100) },
    ...({ outcome: "store_refused", message: "m".repeat(300), hint: "h".repeat(300) } as const),
  }));
  const alert = alertFor(anOccasion({ result: aResult({ outcome: "refreshed", exit: 5, destinations }) }));
  expect(alert?.body.length).toBeLessThan(65_536);
  expect(alert?.body).toContain("And 850 more");
});
