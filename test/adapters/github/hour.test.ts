import { describe, expect, it, test } from "vitest";
import type { Standing } from "../../../src/adapters/github/hour.ts";
import { Limiter } from "../../../src/adapters/github/limiter.ts";
import { RESERVE_REQUESTS } from "../../../src/github-limits.ts";
import { connect, serve, StoppedClock } from "./server.ts";

const PUT = { method: "PUT", use: "secrets" } as const;
const GET = { method: "GET", use: "secrets" } as const;
const POST = { method: "POST", use: "journal" } as const;

const nothing = () => Promise.resolve();

/** A limiter that has heard that so much is left of an hour, which ends in so many seconds. */
function heard(remaining: number, seconds = 1_800) {
  const clock = new StoppedClock();
  const limiter = new Limiter(clock);
  hear({ clock, limiter }, remaining, seconds);
  return { clock, limiter };
}

function hear(
  { clock, limiter }: { clock: StoppedClock; limiter: Limiter },
  remaining: number,
  seconds: number,
): void {
  const reset = clock.now().getTime() / 1_000 + seconds;
  limiter.note({ "x-ratelimit-remaining": String(remaining), "x-ratelimit-reset": String(reset) }, undefined);
}

const USED_UP = { code: "rate_limited", hint: "nothing to do: the next scheduled run goes on" };

describe("when little of the hour is left", () => {
  it("nothing new is begun, not even read, and nothing is waited for", async () => {
    const { limiter, clock } = heard(RESERVE_REQUESTS);
    await expect(limiter.run(GET, nothing)).rejects.toMatchObject(USED_UP);
    await expect(limiter.reserve(PUT, { key: "envelope", followers: 0 })).rejects.toMatchObject(USED_UP);
    expect(clock.slept).toEqual([]);
  });

  it("whoever has written reads and writes on, to the last request", async () => {
    const { limiter } = heard(RESERVE_REQUESTS);
    await limiter.run(POST, nothing);
    await limiter.run(GET, nothing);
    hear({ limiter, clock: new StoppedClock() }, 1, 1_800);
    await limiter.run(PUT, nothing);
  });

  it("the last request is not followed by one that GitHub would refuse", async () => {
    const { limiter } = heard(0);
    await expect(limiter.run(PUT, nothing)).rejects.toMatchObject(USED_UP);
  });

  it("a new hour that begins within ten minutes is waited for, and none after", async () => {
    const near = heard(RESERVE_REQUESTS, 599);
    await near.limiter.reserve(PUT, { key: "envelope", followers: 1 });
    expect(near.clock.slept).toEqual([600_000]);
    const far = heard(RESERVE_REQUESTS, 600);
    await expect(far.limiter.reserve(PUT, { key: "envelope", followers: 1 })).rejects.toMatchObject(USED_UP);
  });

  it("a new hour that begins soon is waited for by whoever finishes, too", async () => {
    const { limiter, clock } = heard(0, 60);
    await limiter.run(PUT, nothing);
    // The reset is given in whole seconds.
    expect(clock.slept).toEqual([61_000]);
  });
});

test("what is begun sets its outputs aside, too, and the next one sees what is left then", async () => {
  const { limiter } = heard(RESERVE_REQUESTS + 5);
  await limiter.reserve(PUT, { key: "one", followers: 2 });
  await expect(limiter.reserve(PUT, { key: "two", followers: 2 })).rejects.toMatchObject(USED_UP);
  await limiter.reserve(PUT, { key: "three", followers: 1 });
});

test("what was set aside is taken by the writes that it was set aside for", async () => {
  const { limiter, clock } = heard(RESERVE_REQUESTS + 6);
  await limiter.reserve(PUT, { key: "one", followers: 2 });
  await limiter.run({ ...PUT, reservation: "one" }, nothing);
  for (let output = 0; output < 2; output += 1) await limiter.run(PUT, nothing);
  hear({ limiter, clock }, RESERVE_REQUESTS + 3, 1_800);
  await limiter.reserve(PUT, { key: "two", followers: 2 });
  await expect(limiter.reserve(PUT, { key: "three", followers: 0 })).rejects.toMatchObject(USED_UP);
});

test("requests that are on their way are taken off what is left", async () => {
  const { limiter } = heard(2);
  const ends: (() => void)[] = [];
  const held = () => new Promise<void>((end) => ends.push(end));
  const sent = [limiter.run(PUT, held), limiter.run(PUT, held)];
  await new Promise(setImmediate);
  await expect(limiter.run(PUT, nothing)).rejects.toMatchObject(USED_UP);
  for (const end of ends) end();
  await Promise.all(sent);
});

test("answers that overtake each other do not bring back what is spent", async () => {
  const { limiter, clock } = heard(0);
  hear({ limiter, clock }, 50, 1_800);
  await expect(limiter.run(PUT, nothing)).rejects.toMatchObject(USED_UP);
  expect(limiter.requestsLeft).toBe(0);
});

test("GraphQL has an hour of its own", async () => {
  const { limiter } = heard(0);
  await limiter.run({ ...GET, resource: "graphql" }, nothing);
});

describe("after another job", () => {
  const after = (standing: Standing | undefined) => {
    const clock = new StoppedClock();
    return { clock, limiter: new Limiter(clock, { kind: "another_job", standing: async () => standing }) };
  };
  const at = (used: number): Standing => ({
    ...{ used, remaining: 5_000 - used, resetAt: new Date("2026-11-22T13:00:00Z") },
  });

  it.each([
    ["when nothing is known of it", undefined],
    ["that may have used up its minute", at(4_000)],
  ])("%s, a secret waits for a minute, and the journal for nothing", async (_, standing) => {
    const { clock, limiter } = after(standing);
    await limiter.run({ method: "GET", use: "journal" }, nothing);
    expect(clock.slept).toEqual([]);
    await limiter.run(PUT, nothing);
    expect(clock.slept).toEqual([60_000]);
  });

  it("that made few requests, the minute has room for the rest", async () => {
    const { clock, limiter } = after(at(50));
    for (let index = 0; index < 100; index += 1) await limiter.run(PUT, nothing);
    expect(clock.slept).toEqual([]);
    await limiter.run(PUT, nothing);
    expect(clock.slept).toEqual([60_000]);
  });

  it("that used up the hour, not one request is sent", async () => {
    const { limiter } = after(at(5_000));
    let sent = 0;
    await expect(limiter.run(GET, async () => void (sent += 1))).rejects.toMatchObject(USED_UP);
    expect(sent).toBe(0);
  });

  it("where the token stands is asked for once, at an address that costs nothing", async () => {
    const core = { limit: 5_000, used: 7, remaining: 4_993, reset: 1_795_352_400 };
    const server = await serve(({ target }) => ({
      ...{ status: 200, body: target === "/rate_limit" ? { resources: { core } } : { id: 1, secrets: [] } },
    }));
    const { stores } = connect(server.url, { turn: "after_another" });
    const place = { kind: "repository", repository: "acme/app", app: "actions" } as const;
    await Promise.all([stores.room(place), stores.room(place)]);
    expect(server.seen.map(({ target }) => target.split("?")[0])).toEqual([
      "/rate_limit",
      "/repos/acme/app/actions/secrets",
      "/repos/acme/app/actions/secrets",
    ]);
  });
});
