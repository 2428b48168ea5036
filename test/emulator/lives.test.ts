import { describe, expect, it, test } from "vitest";
import { readEntries } from "./declared.ts";
import type { Declared, Entry } from "./declared.ts";
import { Life } from "./life.ts";
import type { Cast, GrantKind } from "./life.ts";
import { mannerOf } from "./manner.ts";

/** Rotations under which a request may be sent again when its answer was lost. */
const REPEATABLE: readonly unknown[] = ["none", "grace", "old_stays_valid"];
const DAY_SECONDS = 86_400;

const ENTRIES = readEntries();

function castOf({ id, declared }: Entry, grant: GrantKind): Cast {
  const methods = declared.token_endpoint_auth_methods_supported;
  const isPublic = methods?.every((method) => method === "none") === true;
  return {
    declared,
    grant,
    manner: mannerOf(id),
    scopes: scopesFor(declared),
    ...(isPublic ? { secret: { own: undefined, registered: undefined } } : {}),
  };
}

/** A few of those that are known, and what a refresh token needs. */
function scopesFor({ scopes, offline_scopes: offline = [] }: Declared): readonly string[] {
  const few = scopes === undefined ? ["read:daily", "write"] : Object.keys(scopes).slice(0, 3);
  return [...new Set([...few, ...offline.slice(0, 1)])];
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
  expect(life.entry().expiresAt).toEqual(endTold(life, cast));
  if (cast.declared.verification_endpoint !== undefined)
    expect(life.emulator.arrivals).toContain("verification");
  return life;
}

/** When consumers have to be served anew, as far as the provider tells: what the journal has to say. */
function endTold(life: Life, { declared, manner }: Cast): Date | undefined {
  const { members = {} } = declared.token_response ?? {};
  const isTold =
    manner?.expiry !== "left_out" ||
    "expires_in" in members ||
    "expires_at" in members ||
    declared.access_token_is_jwt === true ||
    declared.access_token_lifetime_seconds !== undefined;
  return isTold ? life.emulator.books.endOf(life.output()) : undefined;
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

/** Without anything to renew it with, a person is called before the token ends, which serves until then. */
async function agesUnrenewed(life: Life, { access_token_expires: expires }: Declared): Promise<void> {
  life.untilDue();
  const outcome = (await life.refresh({ when: "due" }))?.outcome;
  expect(outcome).toBe(expires === false ? "fresh" : "reauthorization_required");
  expect([life.emulator.books.renewals, life.allowed()]).toEqual([[], life.emulator.client.scopes]);
}

/** Loses an answer after the provider acted, and does what its rotation asks for. */
async function loses(life: Life, declared: Declared): Promise<void> {
  const { books } = life.emulator;
  const before = books.renewals.length;
  life.emulator.lose(renewalRole(declared), "after");
  const outcome = (await life.refresh())?.outcome;
  const sent = books.renewals.length - before;
  if (REPEATABLE.includes(declared.rotation)) {
    expect({ outcome, sent }).toEqual({ outcome: "refreshed", sent: 2 });
    return;
  }
  expect({ outcome, sent }).toEqual({ outcome: "ambiguous", sent: 1 });
  const probed = await probes(life, declared);
  expect(books.renewals).toHaveLength(before + 2);
  const isAlive = books.renewals.at(-1)?.outcome === "granted";
  expect(probed).toBe(isAlive ? "refreshed" : "reauthorization_required");
  if (isAlive) return;
  expect((await life.refresh())?.outcome).toBe("reauthorization_required");
  expect(books.renewals).toHaveLength(before + 2);
  expect(await life.authorize()).toMatchObject({ exit: 0 });
}

/** Loses a request before the provider acted: whatever the rotation, no person is needed. */
async function isInterrupted(life: Life, declared: Declared): Promise<void> {
  life.emulator.lose(renewalRole(declared), "before");
  const outcome = (await life.refresh())?.outcome;
  expect(outcome).toBe(REPEATABLE.includes(declared.rotation) ? "refreshed" : "ambiguous");
  if (outcome === "ambiguous") expect(await probes(life, declared)).toBe("refreshed");
  expect(life.emulator.books.renewals.at(-1)).toMatchObject({ standing: "live", outcome: "granted" });
}

/** Finds out whether the request before was carried out: at once only where reuse is harmless, or time is short. */
async function probes(life: Life, { reuse, access_token_lifetime_seconds: lifetime = 0 }: Declared) {
  const sent = life.emulator.arrivals.length;
  const next = (await life.refresh())?.outcome;
  if (reuse !== "harmless" && lifetime > DAY_SECONDS) expect(next).toBe("ambiguous");
  if (next !== "ambiguous") return next;
  expect(life.emulator.arrivals).toHaveLength(sent);
  return (await life.refresh({ probe: "asked" }))?.outcome;
}

/** Where an exchange is the same request as a refresh, it is for the first of the two. */
function renewalRole({ exchange_request: exchange, refresh_request: refresh }: Declared) {
  return exchange !== undefined && exchange.grant_type === refresh?.grant_type ? "exchange" : "refresh";
}

/** Ends the grant, and finds that it has ended where the provider lets a client end it. */
async function ended(life: Life, declared: Declared): Promise<void> {
  const { books } = life.emulator;
  const token = life.output();
  const isEnded = canEnd(declared, books.liveToken());
  const provider = isEnded ? "revoked" : "unsupported";
  expect(await life.revoke()).toMatchObject({ outcome: "revoked", provider });
  const works = life.emulator.scopesOf(token) !== undefined;
  expect({ works, isEnded: books.grants.at(-1)?.ended }).toEqual({ works: !isEnded, isEnded });
  expect([life.entry().phase, life.envelope(), life.output()]).toEqual(["revoked", "", ""]);
}

/** Whether there is a token that the provider's revocation takes. */
function canEnd(
  { revocation_endpoint: endpoint, revocation = {} }: Declared,
  refreshToken: unknown,
): boolean {
  if (endpoint === undefined) return false;
  return refreshToken !== undefined || revocation.tokens?.includes("access_token") !== false;
}

function offering(grant: GrantKind, endpoint: keyof Declared): readonly [string, Entry][] {
  return ENTRIES.filter(({ declared }) => {
    const isOffered = declared.grants === undefined || declared.grants.includes(grant);
    return isOffered && declared.token_endpoint !== undefined && declared[endpoint] !== undefined;
  }).map((entry) => [entry.id, entry]);
}

test("every provider lives, but for those whose endpoints nobody knows", () => {
  const alive = [
    ...offering("authorization_code", "authorization_endpoint"),
    ...offering("device_code", "device_authorization_endpoint"),
    ...offering("client_credentials", "token_endpoint"),
  ].map(([id]) => id);
  const rest = ENTRIES.filter(({ id }) => !alive.includes(id));
  expect(rest.filter(({ status }) => status === "active" || status === "approval_required")).toEqual([]);
});

describe("a life in the browser", () => {
  it.each(offering("authorization_code", "authorization_endpoint"))("%s", async (_id, entry) => {
    const { declared } = entry;
    const life = await born(castOf(entry, "authorization_code"));
    if (renews(declared)) {
      await refreshed(life);
      await isInterrupted(life, declared);
      await loses(life, declared);
      expect(life.envelope()).toContain(life.emulator.books.liveToken());
    } else await agesUnrenewed(life, declared);
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
