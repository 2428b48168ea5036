import { describe, expect, it, test } from "vitest";
import type { RevokeResult } from "../../src/commands/revoke.ts";
import type { StatusResult } from "../../src/commands/status.ts";
import { SealringError } from "../../src/errors.ts";
import type { Authorized } from "../../src/protocol/authorize.ts";
import type { Publication } from "../../src/protocol/publish.ts";
import type { CredentialResult } from "../../src/protocol/result.ts";
import { authorizeJson, authorizeText } from "../../src/report/authorize.ts";
import { documentJson } from "../../src/report/document.ts";
import { errorJson, errorText } from "../../src/report/error.ts";
import { refreshJson, refreshText } from "../../src/report/refresh.ts";
import { revokeJson, revokeText } from "../../src/report/revoke.ts";
import { statusJson, statusText } from "../../src/report/status.ts";
import { anEntry, at, SITE } from "../support/entries.ts";
import { expectReadable, expectWholeJson } from "./lines.ts";

const ENVIRONMENT = {
  kind: "environment",
  repository: "acme-research/health-pipeline",
  environment: "production-of-the-european-study",
} as const;

const published: Publication = {
  target: ENVIRONMENT,
  secret: "OURA_ACCESS_TOKEN",
  outcome: "updated",
  message: undefined,
  hint: undefined,
};
const missing: Publication = {
  ...published,
  outcome: "store_refused",
  message: "GitHub refuses the token: it lacks a permission that the secrets of this environment need",
  hint: 'give the token "Environments: Read and write" for acme-research/health-pipeline, then run it again',
};
const skipped: Publication = { ...published, outcome: "skipped", message: "the provider gave no id_token" };

describe("a refresh", () => {
  const fresh: CredentialResult = {
    ...{ credential: "oura", outcome: "fresh", exit: 0, generation: 3, expiresAt: at(3_600) },
    ...{ destinations: [], message: undefined, hint: undefined, warning: undefined },
  };
  const stopped: CredentialResult = {
    ...{ ...fresh, credential: "strava-of-the-study", outcome: "ambiguous", exit: 4 },
    ...{ generation: undefined, expiresAt: undefined },
    message: `strava-of-the-study: the answer to its refresh was lost (lost_timeout); until ${at(0).toISOString()}`,
    hint: "run: sealring authorize strava-of-the-study, or: sealring refresh strava-of-the-study --probe",
  };
  const partly = { ...fresh, destinations: [published, missing, skipped] };

  it("is a table, and beneath it what did not go well", () => {
    const text = refreshText([fresh, stopped, partly]);
    expectReadable(text);
    expect(text.split("\n").slice(0, 3)).toEqual([
      "CREDENTIAL           OUTCOME    GENERATION  EXPIRES (UTC)",
      "oura                 fresh      3           2026-11-22 13:00",
      "strava-of-the-study  ambiguous  -           -",
    ]);
    expect(text).toContain("the provider gave no id_token");
    expect(text).toContain("lacks a permission");
  });

  it("of nothing says so", () => {
    expectReadable(refreshText([]));
  });

  it("warns of a refresh token that ends soon, with the date and the command", () => {
    const ages = { ...fresh, warning: { kind: "dies_of_age", at: at(0) } as const };
    const idles = { ...fresh, warning: { kind: "dies_of_idleness", at: at(0) } as const };
    expectReadable(refreshText([ages, idles]));
    expect(refreshText([ages])).toMatch(
      /\n! .* 2026-11-22 12:00 UTC[^]*\n {2}run: sealring authorize oura\n$/,
    );
    expect(refreshText([idles])).toMatch(/\n! .* 2026-11-22 12:00 UTC[^]*\n {2}run: sealring doctor\n$/);
    expect(refreshText([fresh])).not.toContain("!");
    expectWholeJson([ages, fresh].map(refreshJson));
    expect(refreshJson(ages)).toMatchObject({ warning: { kind: "dies_of_age", at: at(0) } });
    expect(refreshJson(fresh)).toMatchObject({ warning: null });
  });

  it("is JSON with every key, whatever is known", () => {
    expectWholeJson([fresh, stopped, partly].map(refreshJson));
    expect(refreshJson(stopped)).toMatchObject({ credential: "strava-of-the-study", outcome: "ambiguous" });
    expect(refreshJson(partly)).toMatchObject({
      ...{ expires_at: at(3_600), message: null },
      destinations: [{ secret: "OURA_ACCESS_TOKEN", outcome: "updated", message: null }, {}, {}],
    });
  });
});

describe("an authorization", () => {
  const authorized: Authorized = {
    ...{ credential: "oura", outcome: "authorized", exit: 0, generation: 1, expiresAt: at(0) },
    ...{ scope: ["daily"], scopeDifference: { missing: [], extra: [] }, scopePrefix: undefined },
    ...{ verification: "works", renewal: "unattended", destinations: [published] },
  };

  it.each(["works", "refused", "forbidden", "unreachable", "unknown"] as const)(
    "whose token is %s at the verification endpoint says so",
    (verification) => {
      expectReadable(authorizeText([{ ...authorized, verification }]));
    },
  );

  it("names the scopes that are missing, with the command to ask again, and those that nobody asked for", () => {
    const scopeDifference = { missing: ["heartrate", "workout"], extra: ["email"] };
    const text = authorizeText([{ ...authorized, scopeDifference, destinations: [missing] }]);
    expectReadable(text);
    expect(text.replaceAll("\n", " ")).toContain("heartrate, workout. To ask again: sealring authorize oura");
    expect(text).toContain("Granted, though not declared: email.");
    expect(authorizeText([authorized])).not.toContain("declared");
  });

  it("says what to declare where the server puts a prefix before each scope", () => {
    const scopeDifference = { missing: ["daily"], extra: ["extapi:daily"] };
    const scopePrefix = "extapi:";
    const prefixed = authorizeText([{ ...authorized, scopeDifference, scopePrefix }]);
    expectReadable(prefixed);
    expect(prefixed).toContain('The server puts "extapi:" before each scope.');
    expect(prefixed.replaceAll(/\s+/g, " ")).toContain(
      'Write scope_prefix: "extapi:" under provider, and then: sealring authorize',
    );
    expect(prefixed).not.toContain("Not granted");
  });

  it("says who renews the token where no refresh token came", () => {
    const byPerson = authorizeText([{ ...authorized, renewal: "by_a_person" }]);
    expectReadable(byPerson);
    expect(byPerson.replaceAll("\n", " ")).toContain("somebody runs again: sealring authorize oura");
    const never = authorizeText([{ ...authorized, renewal: "not_needed", expiresAt: undefined }]);
    expectReadable(never);
    expect(never).toContain("no end that is known");
    expect(authorizeText([authorized])).not.toContain("refresh token");
  });

  it("is readable and whole where the provider said next to nothing", () => {
    const little = { ...authorized, expiresAt: undefined, scope: undefined, destinations: [] };
    expectReadable(authorizeText([little]));
    expectWholeJson(authorizeJson(little));
    expect(authorizeJson(little)).toMatchObject({ expires_at: null, scope: null, scopes_missing: [] });
  });
});

describe("a status", () => {
  const fresh: StatusResult = {
    ...{ credential: "oura", health: "fresh", owner: "data-platform@acme.example" },
    ...{ entry: anEntry({ refreshedAt: at(0) }), hint: undefined, warning: undefined, site: SITE },
  };
  const dead: StatusResult = {
    ...{ ...fresh, credential: "strava", health: "needs_person", hint: "run: sealring authorize strava" },
    entry: anEntry({ error: { class: "reauthorization_required", code: "invalid_grant" } }),
  };

  it("is a table, and beneath it who has to do what, and why", () => {
    const never: StatusResult = { ...fresh, credential: "new", health: "never_authorized", entry: undefined };
    const text = statusText([fresh, dead, never], at(0));
    expectReadable(text);
    expect(text).toBe(
      [
        "CREDENTIAL  STATE             GENERATION  EXPIRES  UPDATED (UTC)",
        "oura        fresh             1           in 1h    2026-11-22 12:00",
        "strava      needs person      1           in 1h    2026-11-22 11:59",
        "new         never authorized  -           -        -",
        "",
        "strava (invalid_grant), for data-platform@acme.example",
        "  run: sealring authorize strava",
        "",
      ].join("\n"),
    );
  });

  it("dates a credential by its last new token, whether refreshed or authorized", () => {
    const again = { ...fresh, entry: anEntry({ refreshedAt: at(0), authorizedAt: at(3_600) }) };
    expect(statusText([again], at(0))).toContain("2026-11-22 13:00\n");
  });

  it("warns of a refresh token that ends soon, below who has to do what", () => {
    const ages = { ...fresh, warning: { kind: "dies_of_age", at: at(0) } as const };
    const text = statusText([ages, dead], at(0));
    expectReadable(text);
    expect(text).toContain("\n  run: sealring authorize oura\n\nstrava (invalid_grant)");
    expect(statusJson(ages)).toMatchObject({ warning: { kind: "dies_of_age", at: at(0) } });
  });

  it("fits however long the names are that people give", () => {
    const long = {
      ...dead,
      credential: "c".repeat(64),
      owner: `${"the team that owns this ".repeat(6)}really`,
    };
    const hint = `run: sealring authorize ${long.credential}`;
    expectReadable(statusText([{ ...long, hint }], at(0)));
  });

  it("is JSON with every key, authorized or not", () => {
    const never: StatusResult = { ...fresh, entry: undefined };
    expectWholeJson([fresh, dead, never].map(statusJson));
    expect(Object.keys(statusJson(never))).toEqual(Object.keys(statusJson(fresh)));
    expect(statusJson(dead)).toMatchObject({
      outcome: "needs_person",
      error: { class: "reauthorization_required", code: "invalid_grant" },
      scope: "daily",
    });
  });
});

test("a revocation says what is gone, and what a person has to do where the provider has no way", () => {
  const revoked: RevokeResult = {
    ...{ credential: "oura", outcome: "revoked", exit: 0, provider: "unsupported" },
    removals: [{ target: ENVIRONMENT, secret: "OURA_ACCESS_TOKEN", outcome: "deleted", message: undefined }],
  };
  const dispatched: RevokeResult = {
    ...{ credential: "oura", outcome: "dispatched", exit: 0, workflow: "sealring.yml" },
  };
  const text = revokeText([revoked, { ...revoked, provider: "revoked" }, dispatched]);
  expectReadable(text);
  expect(text).toContain("end the grant on the");
  expect(text).toContain("sealring.yml");
  expectWholeJson([revoked, dispatched].map(revokeJson));
});

test("an error says what happened, then the next step, and the document has its shape", () => {
  const error = new SealringError("transient", "the journal could not be written ".repeat(4).trim(), {
    hint: "run the command again",
  });
  expectReadable(errorText(error));
  expect(errorText(error).endsWith("\n  run the command again\n")).toBe(true);
  const bare = new SealringError("bug", "it broke");
  expect(errorText(bare)).toBe("error: it broke\n");
  expect(errorJson(bare)).toEqual({ code: "bug", message: "it broke", hint: null });
  const document = { faults: [errorJson(bare)], results: [], ok: false, command: "refresh" };
  expect(Object.keys(JSON.parse(documentJson(document)) as object)).toEqual([
    "command",
    "ok",
    "results",
    "faults",
  ]);
});
