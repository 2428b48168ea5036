import { expect, test } from "vitest";
import { refresh } from "../../src/commands/refresh.ts";
import { decodeEnvelope } from "../../src/envelope/envelope.ts";
import { Secret } from "../../src/secret.ts";
import type { Fault, RequestMatcher } from "../../src/sandbox/faults.ts";
import { MemoryDisk } from "../support/job-ports.ts";
import { anyOfJournal, DOWN, putOf } from "../support/misfortunes.ts";
import { Died, Mortal } from "../support/mortal.ts";
import { envelopeName, World } from "../support/world.ts";

const FORCED = { names: [], when: "forced", probe: "not_asked", effect: "real" } as const;

/** A forced refresh in a run that dies at a call of a port. */
async function refreshAndDie(world: World, mortal: Mortal, disk: MemoryDisk): Promise<void> {
  await world.within({ disk, github: (github) => mortal.github(github) }, async ({ ports }) => {
    const mortals = { http: mortal.http(ports.http), disk: mortal.disk(disk) };
    await refresh({ ...ports, ...mortals }, FORCED).catch((error: unknown) => {
      if (!(error instanceof Died)) throw error;
    });
  });
}

/** Runs until a credential is in order, or waits for a person; gives what it came to. */
async function settle(world: World, disk: MemoryDisk): Promise<string> {
  const outcomes: string[] = [];
  for (let run = 0; run < 4; run += 1) {
    const [result] = (await world.refresh({ disk })).results;
    outcomes.push(result?.outcome ?? "none");
    if (result?.outcome === "fresh" || result?.outcome === "ambiguous") return result.outcome;
  }
  return `unsettled: ${outcomes.join(", ")}`;
}

/** What has to hold whenever everything has come to rest. */
async function expectSound(world: World): Promise<void> {
  const { authorizationServer } = world.sandbox;
  const counts = [...authorizationServer.refreshRequests().values()];
  expect(
    counts.filter((count) => count > 1),
    "tokens that were sent twice",
  ).toEqual([]);
  expect(await world.outputWorks(), "consumers hold a token that works").toBe(true);
  const entry = world.entry();
  if (entry.phase !== "committed") return;
  const envelope = decodeEnvelope("oura", new Secret(world.envelope() ?? ""));
  expect(envelope.generation).toBe(entry.generation);
  expect(entry.unpublished).toEqual([]);
  const { access_token: token } = JSON.parse(envelope.answer.body) as { access_token: string };
  expect(world.output(), "consumers hold the newest token").toBe(token);
}

/** The calls of ports that a refresh makes: the places at which it is killed. */
const CALLS = 16;
/** The one that writes the box to the disk. */
const CALL_OF_DISK = 10;

test("a refresh makes as many calls as it is killed at below", async () => {
  const mortal = new Mortal(Infinity, "before");
  await refreshAndDie(await World.authorized(), mortal, new MemoryDisk());
  expect(mortal.calls).toBe(CALLS);
});

/** Whoever dies after a call leaves what they leave who die before the next one; the last one has no next. */
const DEATHS = [
  ...Array.from({ length: CALLS }, (_, index) => ({ at: index + 1, when: "before" as const })),
  { at: CALLS, when: "after" as const },
];

test.each(DEATHS)(
  "a run that dies $when call $at is settled by the next ones, on a new machine",
  async (death) => {
    const world = await World.authorized();
    const lost = new MemoryDisk();
    await refreshAndDie(world, new Mortal(death.at, death.when), lost);
    expect(lost.boxes.size > 0, "there was a box on its disk").toBe(death.at > CALL_OF_DISK);
    const requests = world.refreshes();
    expect(["fresh", "ambiguous"]).toContain(await settle(world, new MemoryDisk()));
    if (requests > 0) expect(world.refreshes(), "no request after the one that was made").toBe(requests);
    await expectSound(world);
  },
);

test.each(DEATHS.filter(({ at }) => at > CALL_OF_DISK))(
  "a run that dies $when call $at has lost nothing that came to its disk",
  async (death) => {
    const world = await World.authorized();
    const disk = new MemoryDisk();
    await refreshAndDie(world, new Mortal(death.at, death.when), disk);
    expect([await settle(world, disk), world.entry().generation]).toEqual(["fresh", 2]);
    await expectSound(world);
  },
);

const ENVELOPE = putOf(envelopeName("oura"));
const OUTPUT = putOf("OURA_ACCESS_TOKEN");
const FAULTS: readonly Fault[] = [DOWN, { kind: "lose_answer" }];

const STORMS = [ENVELOPE, OUTPUT, anyOfJournal, "git/update-ref", putOf("SEALRING_CANARY")].flatMap(
  (matcher: RequestMatcher, place) =>
    FAULTS.flatMap((fault) =>
      [1, Infinity].map((times) => ({ matcher, place, fault, kind: fault.kind, times })),
    ),
);

test.each(STORMS)(
  "$kind at place $place, $times times, costs no token: it is in order when the storm is over",
  async ({ matcher, fault, times }) => {
    const world = await World.authorized();
    const { faults } = world.sandbox.github;
    faults.fail(matcher, fault, times);
    await world.refresh({ when: "forced" });
    faults.clear();
    expect(await settle(world, new MemoryDisk())).toBe("fresh");
    await expectSound(world);
  },
);

test.each(STORMS)(
  "$kind at place $place, $times times, from the moment on at which the token is spent",
  async ({ matcher, fault, times }) => {
    const world = await World.authorized();
    const { authorizationServer, github } = world.sandbox;
    authorizationServer.faults.after("token", () => github.faults.fail(matcher, fault, times));
    await world.refresh({ when: "forced" });
    github.faults.clear();
    authorizationServer.faults.clear();
    expect(await settle(world, new MemoryDisk())).toBe("fresh");
    expect(world.entry().generation).toBe(2);
    await expectSound(world);
  },
);
