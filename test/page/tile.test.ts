import { describe, expect, it } from "vitest";
import type { StatusResult } from "../../src/commands/status.ts";
import type { Health } from "../../src/commands/health.ts";
import type { Credential } from "../../src/declaration/credential.ts";
import { dueByJournal } from "../../src/page/due.ts";
import { tileOf } from "../../src/page/tile.ts";
import { spreadMarginSeconds } from "../../src/plan.ts";
import type { Provider } from "../../src/providers/provider.ts";
import { aCredential, anEntry, anOpenEntry, at, SITE } from "../support/entries.ts";
import { aProvider } from "../support/scripted-http.ts";

function aStatus(health: Health, more: Partial<StatusResult> = {}): StatusResult {
  return {
    ...{ credential: "oura", health, owner: undefined, entry: anEntry() },
    ...{ hint: undefined, warning: undefined },
    ...{ site: SITE, ...more },
  };
}

describe("a tile's state", () => {
  it.each<Health>(["expired", "busy", "ambiguous", "needs_person", "revoked", "never_authorized"])(
    "is %s where the status is",
    (health) => {
      expect(tileOf(aCredential(), aStatus(health), at(3_599)).state).toBe(health);
    },
  );

  it("is due from the margin on, and fresh before", () => {
    const dueAt = 3_600 - spreadMarginSeconds("oura", at(-60), at(3_600));
    expect(tileOf(aCredential(), aStatus("fresh"), at(dueAt - 1)).state).toBe("fresh");
    expect(tileOf(aCredential(), aStatus("fresh"), at(dueAt + 1)).state).toBe("due");
  });

  it("is due by the declared margin where there is one", () => {
    const credential = aCredential({ marginSeconds: 600 });
    expect(tileOf(credential, aStatus("fresh"), at(2_999)).state).toBe("fresh");
    expect(tileOf(credential, aStatus("fresh"), at(3_000)).state).toBe("due");
  });

  it("is due in time for a refresh token that dies unused", () => {
    const provider = aProvider({ refreshTokenIdleSeconds: 600 });
    expect(dueByJournal(aCredential({ provider }), anEntry())).toEqual(at(240));
    expect(dueByJournal(aCredential({ provider, grant: "client_credentials" }), anEntry())).not.toEqual(
      at(240),
    );
  });

  it("is not known where GitHub could not be asked, and nothing is said that is not known", () => {
    expect(tileOf(aCredential(), undefined, at(0))).toMatchObject({
      ...{ state: "unknown", generation: undefined, token: undefined, renewed: undefined, next: [] },
      outputs: [{ writing: { kind: "unknown" } }],
    });
  });
});

describe("a tile's access token", () => {
  it("says how much of its life is left", () => {
    const left = (seconds: number) => tileOf(aCredential(), aStatus("fresh"), at(seconds)).token?.left;
    expect([left(-60), left(1_770), left(9_999)]).toEqual([1, 0.5, 0]);
  });

  it("is none before the first authorization, and after a revocation", () => {
    expect(tileOf(aCredential(), aStatus("never_authorized", { entry: undefined }), at(0))).toMatchObject({
      generation: 0,
      token: undefined,
    });
    const entry = anEntry({ phase: "revoked" });
    expect(tileOf(aCredential(), aStatus("revoked", { entry }), at(0)).token).toBeUndefined();
  });
});

describe("a tile's scopes", () => {
  const of = (scope: readonly string[] | undefined) =>
    tileOf(
      aCredential({ scopes: ["daily", "heartrate"] }),
      aStatus("fresh", { entry: anEntry({ scope }) }),
      at(0),
    ).scopes;

  it("name what was not granted, and what was beside", () => {
    expect(of(["daily", "email"])).toEqual({
      ...{ declared: ["daily", "heartrate"], granted: "told" },
      ...{ missing: ["heartrate"], extra: ["email"] },
    });
  });

  it("miss nothing where the provider did not say", () => {
    expect(of(undefined)).toMatchObject({ granted: "not_told", missing: [], extra: [] });
  });
});

describe("a tile's outputs", () => {
  const target = { kind: "repository", repository: "acme/health-pipeline", app: "actions" } as const;
  const of = (more: Parameters<typeof anEntry>[0]) =>
    tileOf(aCredential(), aStatus("fresh", { entry: anEntry(more) }), at(0)).outputs;

  it("are written, waiting, or not written yet", () => {
    const published = [{ target, secretName: "oura_access_token", at: at(-30) }];
    const unpublished = ["actions secrets of acme/health-pipeline OURA_ACCESS_TOKEN"];
    expect(of({ published })).toMatchObject([{ writing: { kind: "written", at: at(-30) } }]);
    expect(of({ published, unpublished })).toMatchObject([{ writing: { kind: "waiting", at: at(-30) } }]);
    expect(of({ phase: "revoked" })).toMatchObject([{ writing: { kind: "removed" } }]);
    expect(of({})).toMatchObject([
      {
        ...{ secretName: "OURA_ACCESS_TOKEN", field: "access_token" },
        ...{ store: "actions secrets of acme/health-pipeline", writing: { kind: "not_yet" } },
      },
    ]);
  });
});

describe("the last run", () => {
  it("is a link where the journal has a run of this repository, and none where it has another address", () => {
    const renewed = (runUrl: string) =>
      tileOf(aCredential(), aStatus("fresh", { entry: anEntry({ runUrl }) }), at(0)).renewed;
    const runUrl = "https://github.com/acme/app/actions/runs/7";
    expect(renewed(runUrl)).toEqual({ at: at(-60), how: "authorized", href: runUrl });
    for (const other of ["javascript:alert(1)", "https://github.com.evil.example/acme/app/actions/runs/7"])
      expect(renewed(other)).toMatchObject({ at: at(-60), href: undefined });
  });
});

describe("what a tile asks for", () => {
  const next = (health: Health, more: Partial<StatusResult> = {}) =>
    tileOf(aCredential(), aStatus(health, more), at(0)).next;
  const aged = { kind: "dies_of_age", at: at(99) } as const;

  it("is what its state needs, the better way first", () => {
    expect(next("never_authorized")).toEqual(["authorize"]);
    expect(next("needs_person")).toEqual(["authorize"]);
    expect(next("ambiguous")).toEqual(["authorize", "probe"]);
    expect(next("expired")).toEqual(["refresh"]);
    expect(next("expired", { warning: aged })).toEqual(["authorize", "refresh"]);
    expect(next("fresh", { warning: aged })).toEqual(["authorize"]);
    expect(next("fresh")).toEqual([]);
    expect(next("fresh", { entry: anEntry({ scope: [] }) })).toEqual(["authorize"]);
  });

  it("is a person's where nothing renews it, or could", () => {
    const silent = { issuesRefreshToken: false };
    const seen = (more: Partial<Provider>, grant?: Credential["grant"]) => {
      const credential = aCredential({
        provider: aProvider(more),
        ...(grant === undefined ? {} : { grant }),
      });
      const { renewal, next: asked } = tileOf(credential, aStatus("expired"), at(9_999));
      return [renewal, ...asked];
    };
    const { answer, refresh } = aProvider();
    expect(seen({})).toEqual(["unattended", "refresh"]);
    expect(seen(silent)).toEqual(["by_a_person", "authorize"]);
    expect(seen(silent, "client_credentials")).toEqual(["unattended", "refresh"]);
    expect(seen({ ...silent, refresh: { ...refresh, presents: "access_token" } })[0]).toBe("unattended");
    expect(seen({ answer: { ...answer, expiry: "never" } })).toEqual(["not_needed", "authorize"]);
  });

  it("is to recover where new tokens wait on the machine of the person who authorized", () => {
    const spent = (kind: "authorize" | "refresh") => ({ entry: anOpenEntry({ kind }, { phase: "spent" }) });
    expect(next("busy", spent("authorize"))).toEqual(["recover", "authorize"]);
    expect(next("busy", spent("refresh"))).toEqual(["refresh"]);
    expect(next("busy", { entry: anOpenEntry() })).toEqual([]);
  });
});
