import { describe, expect, it } from "vitest";
import { readEntries } from "./declared.ts";
import type { Declared, Entry } from "./declared.ts";
import { Life } from "./life.ts";
import type { Cast, GrantKind } from "./life.ts";
import { mannerOf } from "./manner.ts";

/** Rotations under which a request may be sent again when its answer was lost. */
const REPEATABLE: readonly unknown[] = ["none", "grace"];

const ENTRIES = readEntries();

function castOf({ id, declared }: Entry, grant: GrantKind): Cast {
  const methods = declared.token_endpoint_auth_methods_supported;
  const isPublic = methods?.every((method) => method === "none") === true;
  return {
    declared,
    grant,
    manner: mannerOf(id),
    ...(declared.scopes === undefined ? {} : { scopes: Object.keys(declared.scopes).slice(0, 3) }),
    ...(isPublic ? { secret: { own: undefined, registered: undefined } } : {}),
  };
}

function renews({ issues_refresh_token: issues, refresh_request: shape }: Declared): boolean {
  return issues !== false || shape?.presents === "access_token";
}

/** Authorizes, and finds that consumers hold what was asked for. */
async function born(cast: Cast): Promise<Life> {
  const life = await Life.begin(cast);
  expect(await life.authorize()).toMatchObject({ exit: 0 });
  expect(life.emulator.books.refusals).toEqual([]);
  expect(life.allowed()).toEqual(life.emulator.client.scopes);
  if (cast.declared.verification_endpoint !== undefined)
    expect(life.emulator.arrivals).toContain("verification");
  return life;
}

/** Three scheduled refreshes, each with the token that the one before brought. */
async function refreshed(life: Life): Promise<void> {
  for (let count = 0; count < 3; count += 1) {
    life.untilDue();
    expect(await life.refresh({ when: "forced" })).toMatchObject({ outcome: "refreshed" });
    expect(life.envelope()).toContain(life.emulator.books.liveToken());
    expect(life.allowed()).toEqual(life.emulator.client.scopes);
  }
  expect(life.emulator.books.renewals.map(({ standing }) => standing)).toEqual(["live", "live", "live"]);
}

/** Loses an answer after the provider acted, and does what its rotation asks for. */
async function loses(life: Life, { rotation, reuse }: Declared): Promise<void> {
  const { emulator } = life;
  emulator.lose("refresh", "after");
  const outcome = (await life.refresh())?.outcome;
  const sent = emulator.books.renewals.slice(3);
  if (REPEATABLE.includes(rotation)) {
    expect({ outcome, sent: sent.length }).toEqual({ outcome: "refreshed", sent: 2 });
    return;
  }
  expect({ outcome, sent: sent.length }).toEqual({ outcome: "ambiguous", sent: 1 });
  if (reuse !== "harmless") {
    expect((await life.refresh())?.outcome).toBe("ambiguous");
    expect(emulator.books.renewals).toHaveLength(4);
  }
  const probed = await life.refresh({ probe: "asked" });
  expect(emulator.books.renewals).toHaveLength(5);
  const last = emulator.books.renewals[4];
  expect(probed?.outcome).toBe(last?.outcome === "granted" ? "refreshed" : "reauthorization_required");
  if (last?.outcome === "granted") return;
  expect((await life.refresh())?.outcome).toBe("reauthorization_required");
  expect(emulator.books.renewals).toHaveLength(5);
  expect(await life.authorize()).toMatchObject({ exit: 0 });
}

/** Ends the grant, and finds that it has ended where the provider lets a client end it. */
async function ended(life: Life, { revocation_endpoint: endpoint }: Declared): Promise<void> {
  const { books } = life.emulator;
  const token = life.output();
  expect(await life.revoke()).toMatchObject({
    outcome: "revoked",
    provider: endpoint === undefined ? "no_endpoint" : "revoked",
  });
  expect({ works: life.emulator.scopesOf(token) !== undefined, ended: books.grants.at(-1)?.ended }).toEqual({
    works: endpoint === undefined,
    ended: endpoint !== undefined,
  });
  expect([life.phase(), life.envelope(), life.output()]).toEqual(["revoked", "", ""]);
}

function offering(grant: GrantKind, endpoint: keyof Declared): readonly [string, Entry][] {
  return ENTRIES.filter(({ declared }) => {
    const isOffered = declared.grants === undefined || declared.grants.includes(grant);
    return isOffered && declared.token_endpoint !== undefined && declared[endpoint] !== undefined;
  }).map((entry) => [entry.id, entry]);
}

describe("a life in the browser", () => {
  it.each(offering("authorization_code", "authorization_endpoint"))("%s", async (_id, entry) => {
    const { declared } = entry;
    const life = await born(castOf(entry, "authorization_code"));
    if (renews(declared)) {
      await refreshed(life);
      await loses(life, declared);
      expect(life.envelope()).toContain(life.emulator.books.liveToken());
    }
    await ended(life, declared);
  });
});

describe("a life on a device", () => {
  it.each(offering("device_code", "device_authorization_endpoint"))("%s", async (_id, entry) => {
    const life = await born(castOf(entry, "device_code"));
    if (renews(entry.declared)) await refreshed(life);
    await ended(life, entry.declared);
  });
});

describe("a life without a person", () => {
  it.each(offering("client_credentials", "token_endpoint"))("%s", async (_id, entry) => {
    const life = await born(castOf(entry, "client_credentials"));
    life.untilDue();
    expect(await life.refresh()).toMatchObject({ outcome: "refreshed" });
    expect(life.allowed()).toEqual(life.emulator.client.scopes);
    await ended(life, entry.declared);
  });
});
