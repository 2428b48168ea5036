import fc from "fast-check";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loopbackListener } from "../../src/adapters/loopback-listener.ts";
import { refresh } from "../../src/commands/refresh.ts";
import type { GitHub } from "../../src/github.ts";
import type { HttpClient } from "../../src/ports.ts";
import type { Fault, RequestMatcher } from "../../src/sandbox/faults.ts";
import { launchBrowser } from "../support/browser.ts";
import { MemoryDisk } from "../support/job-ports.ts";
import { isTokenRequest, LoneAnswer } from "../support/lone-answer.ts";
import { anyOfJournal, answering, DOWN, putOf } from "../support/misfortunes.ts";
import { Died, Mortal } from "../support/mortal.ts";
import { signInAndConsent, startOidcServer } from "../support/oidc-server.ts";
import type { OidcServer } from "../support/oidc-server.ts";
import { envelopeName, World } from "../support/world.ts";

let server: OidcServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startOidcServer(), launchBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await server.close();
});

/** A world with one credential, which a person has authorized at oidc-provider. */
async function authorizedAtOidc(rotation: string): Promise<World> {
  const world = await World.create();
  world.declarations.set(
    "real",
    `version: 1
name: real
grant: authorization_code
provider:
  issuer: ${server.issuer}
  rotation: ${rotation}
client:
  id: public
scopes: [openid, daily]
outputs:
  REAL_ACCESS_TOKEN: access_token
`,
  );
  const profile = await browser.newContext();
  const page = await profile.newPage();
  const open = async (url: string) => {
    await page.goto(url);
    await signInAndConsent(page);
    return true;
  };
  const report = await world.authorize("real", { ports: { listener: loopbackListener, browser: { open } } });
  expect(report.results).toMatchObject([{ outcome: "authorized" }]);
  await profile.close();
  return world;
}

function tokensOf(world: World): { readonly generation: number; readonly refreshToken: string } {
  const { generation, answer } = JSON.parse(world.envelope("real") ?? "") as {
    readonly generation: number;
    readonly answer: { readonly body: string };
  };
  const { refresh_token: refreshToken } = JSON.parse(answer.body) as { readonly refresh_token: string };
  return { generation, refreshToken };
}

/** Whether the provider still gives tokens for the credential's refresh token, which is used up by that. */
async function grantIsAlive(world: World): Promise<boolean> {
  const { refreshToken } = tokensOf(world);
  const form = { grant_type: "refresh_token", refresh_token: refreshToken, client_id: "public" };
  const answer = await fetch(`${server.issuer}/token`, { method: "POST", body: new URLSearchParams(form) });
  return answer.status === 200;
}

const ENVELOPE = putOf(envelopeName("real"));
const OUTPUT = putOf("REAL_ACCESS_TOKEN");
const LOSE: Fault = { kind: "lose_answer" };
const DROP: Fault = { kind: "drop_request" };

interface Order {
  readonly matcher: RequestMatcher;
  readonly fault: Fault;
  readonly times: number;
  readonly from: "start" | "spend";
}

function orders(
  matchers: readonly RequestMatcher[],
  faults: readonly Fault[],
): fc.Arbitrary<Order | undefined> {
  return fc.option(
    fc.record({
      matcher: fc.constantFrom(...matchers),
      fault: fc.constantFrom(...faults),
      times: fc.constantFrom(1, 2, Infinity),
      from: fc.constantFrom("start" as const, "spend" as const),
    }),
    { nil: undefined, freq: 2 },
  );
}

/** One refresh and what goes wrong with it. */
const cycles = fc
  .record({
    store: orders([ENVELOPE, OUTPUT], [DOWN, LOSE, DROP]),
    journal: fc.oneof(
      orders([anyOfJournal], [DOWN, LOSE, DROP]),
      // Of reads, GitHub says the first of a repository that is empty.
      orders(["git/update-ref"], [answering(409), answering(422), LOSE]),
    ),
    /** `refused`: the request never left. `reset`: it was lost on its way there. */
    provider: fc.oneof(
      { weight: 5, arbitrary: fc.constant("answers" as const) },
      { weight: 2, arbitrary: fc.constantFrom("refused" as const, "reset" as const) },
    ),
    disk: fc.constantFrom("fine", "fine", "full" as const),
    death: fc.option(
      fc.record({
        // Around the spend and the store, half of the time.
        at: fc.oneof(fc.integer({ min: 1, max: 24 }), fc.integer({ min: 10, max: 14 })),
        when: fc.constantFrom("before", "after" as const),
      }),
      { freq: 3 },
    ),
  })
  // What nothing takes is lost with the process that holds it.
  .filter(
    ({ store, journal, disk }) => disk === "fine" || store?.times !== Infinity || journal?.times !== Infinity,
  );

type Cycle = typeof cycles extends fc.Arbitrary<infer Value> ? Value : never;

const FORCED = { names: [], when: "forced", probe: "not_asked", effect: "real" } as const;

/** A forced refresh in a run of its own, with all of its misfortunes, which end with it; gives what it came to. */
async function stricken(world: World, disk: MemoryDisk, cycle: Cycle): Promise<string> {
  const { faults } = world.sandbox.github;
  const strike = (from: Order["from"]) => {
    for (const order of [cycle.store, cycle.journal])
      if (order?.from === from) faults.fail(order.matcher, order.fault, order.times);
  };
  const lone = new LoneAnswer(cycle.disk);
  const mortal = new Mortal(cycle.death?.at ?? Infinity, cycle.death?.when ?? "before", () => lone.isLone);
  const github = (real: GitHub) => lone.github(mortal.github(real));
  disk.full = cycle.disk === "full";
  strike("start");
  const outcome = await world.within({ disk, github }, async ({ ports }) => {
    const http = mortal.http(lone.http(atProvider(ports.http, cycle.provider, () => strike("spend"))));
    try {
      const { results } = await refresh({ ...ports, http, disk: mortal.disk(lone.disk(disk)) }, FORCED);
      return results[0]?.outcome ?? "died";
    } catch (error) {
      if (error instanceof Died) return "died";
      throw error;
    }
  });
  faults.clear();
  disk.full = false;
  return outcome;
}

function atProvider(http: HttpClient, provider: Cycle["provider"], spent: () => void): HttpClient {
  return {
    async send(request) {
      if (!isTokenRequest(request)) return http.send(request);
      if (provider === "refused") return { kind: "not_sent", reason: "refused" };
      if (provider === "reset") return { kind: "lost", reason: "reset", partial: new Uint8Array() };
      const outcome = await http.send(request);
      spent();
      return outcome;
    },
  };
}

/** Access tokens live for an hour. */
const BETWEEN_RUNS_SECONDS = 600;
const RUNS_IN_AN_HOUR = 6;

/** Scheduled runs until the credential is in order; gives what they came to. */
async function settled(world: World, disk: MemoryDisk): Promise<readonly string[]> {
  const outcomes: string[] = [];
  for (let run = 0; run < 2 * RUNS_IN_AN_HOUR; run += 1) {
    const [result] = (await world.refresh({ disk })).results;
    outcomes.push(result?.outcome ?? "none");
    world.clock.passSeconds(BETWEEN_RUNS_SECONDS);
    const { phase, generation } = world.entry("real");
    if (phase === "committed" && generation === tokensOf(world).generation) return outcomes;
  }
  throw new Error(`not in order after ${outcomes.join(", ")}`);
}

const CYCLES = 200;
/** Misfortunes follow on each other for so long, before everything comes to rest. */
const CYCLES_A_STORM = 5;

test("after 200 refreshes with whatever goes wrong, oidc-provider's grant is alive and nobody had to authorize again", async () => {
  const seed = Number(process.env["CYCLES_SEED"] ?? String(Math.floor(Math.random() * 2 ** 31)));
  console.log(`CYCLES_SEED=${String(seed)}`);
  const world = await authorizedAtOidc("single_use");
  const disk = new MemoryDisk();
  const before = server.authentications.length;
  const outcomes: string[] = [];
  for (const [index, cycle] of fc.sample(cycles, { seed, numRuns: CYCLES }).entries()) {
    outcomes.push(await stricken(world, disk, cycle));
    world.clock.passSeconds(BETWEEN_RUNS_SECONDS);
    if ((index + 1) % CYCLES_A_STORM === 0) outcomes.push(...(await settled(world, disk)));
    expect(outcomes, `cycle ${String(index)}: ${fc.stringify(cycle)}`).not.toContain(
      "reauthorization_required",
    );
  }
  console.log(`${String(server.authentications.length - before)} refreshes: ${counted(outcomes)}`);
  expect(await grantIsAlive(world)).toBe(true);
});

function counted(outcomes: readonly string[]): string {
  const kinds = [...new Set(outcomes)].sort();
  return kinds.map((kind) => `${kind} ${String(outcomes.filter((each) => each === kind).length)}`).join(", ");
}

test("a blind retry after a lost answer ends the grant: the check above can fail", async () => {
  const world = await authorizedAtOidc("none");
  expect(await world.refresh({ when: "forced" })).toMatchObject({ results: [{ outcome: "refreshed" }] });
  let lost = 0;
  const blind = (http: HttpClient): HttpClient => ({
    async send(request) {
      const outcome = await http.send(request);
      if (!isTokenRequest(request) || (lost += 1) > 1) return outcome;
      return { kind: "lost", reason: "reset", partial: new Uint8Array() };
    },
  });
  await world.within({}, ({ ports }) => refresh({ ...ports, http: blind(ports.http) }, FORCED));
  expect(lost).toBe(2);
  expect(await grantIsAlive(world)).toBe(false);
});
