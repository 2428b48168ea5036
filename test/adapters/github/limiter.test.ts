import fc from "fast-check";
import { expect, test } from "vitest";
import { Limiter } from "../../../src/adapters/github/limiter.ts";
import type { Clock } from "../../../src/ports.ts";
import { StoppedClock } from "./server.ts";

const PUT = { method: "PUT", use: "secrets" } as const;
const GET = { method: "GET", use: "secrets" } as const;
const SWAP = ["POST", "POST", "PATCH"].map((method) => ({ method, use: "journal" }) as const);

const nothing = () => Promise.resolve();

function setUp(): { clock: StoppedClock; limiter: Limiter } {
  const clock = new StoppedClock();
  return { clock, limiter: new Limiter(clock) };
}

async function times(count: number, run: () => Promise<void>): Promise<void> {
  for (let index = 0; index < count; index += 1) await run();
}

test("150 secrets pass at once, and the next one waits for the minute to be over", async () => {
  const { clock, limiter } = setUp();
  await times(150, () => limiter.run(PUT, nothing));
  expect(clock.slept).toEqual([]);
  await limiter.run(PUT, nothing);
  expect(clock.slept).toEqual([60_000]);
});

test("when secrets have used up their share, ten swaps of the journal still pass", async () => {
  const { clock, limiter } = setUp();
  await times(150, () => limiter.run(PUT, nothing));
  await times(10, async () => {
    for (const request of SWAP) await limiter.run(request, nothing);
  });
  expect(clock.slept).toEqual([]);
});

test("requests at the same time do not book the same room", async () => {
  const { clock, limiter } = setUp();
  await Promise.all(Array.from({ length: 151 }, () => limiter.run(PUT, nothing)));
  expect(clock.slept).toEqual([60_000]);
});

test("a request counts until a minute after its end, wherever on its way GitHub counted it", async () => {
  const { clock, limiter } = setUp();
  await limiter.run(PUT, () => clock.sleep(20_000));
  await times(149, () => limiter.run(PUT, nothing));
  await limiter.run(PUT, nothing);
  expect(clock.slept).toEqual([20_000, 60_000]);
});

test("a reserved write passes at once when others have used up the rest", async () => {
  const { clock, limiter } = setUp();
  await limiter.reserve(PUT, { key: "envelope", followers: 0 });
  await times(149, () => limiter.run(PUT, nothing));
  await limiter.run({ ...PUT, reservation: "envelope" }, nothing);
  expect(clock.slept).toEqual([]);
});

test("a reservation is held once, however often it is asked for, and used once", async () => {
  const { clock, limiter } = setUp();
  await limiter.reserve(PUT, { key: "envelope", followers: 0 });
  await limiter.reserve(PUT, { key: "envelope", followers: 0 });
  await times(149, () => limiter.run(PUT, nothing));
  await limiter.run({ ...PUT, reservation: "envelope" }, nothing);
  expect(clock.slept).toEqual([]);
  await limiter.run({ ...PUT, reservation: "envelope" }, nothing);
  expect(clock.slept).toEqual([60_000]);
});

test("a reservation whose write never comes gives its room back after a minute and the window", async () => {
  const { clock, limiter } = setUp();
  for (let index = 0; index < 150; index += 1)
    await limiter.reserve(PUT, { key: String(index), followers: 0 });
  await limiter.run(PUT, nothing);
  expect(clock.slept).toEqual([120_000]);
});

test("a write that comes after its reservation has lapsed waits like any other", async () => {
  const { clock, limiter } = setUp();
  await limiter.reserve(PUT, { key: "envelope", followers: 0 });
  await clock.sleep(60_001);
  await times(149, () => limiter.run(PUT, nothing));
  await limiter.run({ ...PUT, reservation: "envelope" }, nothing);
  expect(clock.slept).toEqual([60_001, 59_999]);
});

test("two writes with one reservation take two places", async () => {
  const { clock, limiter } = setUp();
  await limiter.reserve(PUT, { key: "envelope", followers: 0 });
  await Promise.all([1, 2].map(() => limiter.run({ ...PUT, reservation: "envelope" }, nothing)));
  await times(149, () => limiter.run(PUT, nothing));
  expect(clock.slept).toEqual([60_000]);
});

test("a reservation that does not fit yet waits before anything is spent on it", async () => {
  const { clock, limiter } = setUp();
  await times(150, () => limiter.run(PUT, nothing));
  await limiter.reserve(PUT, { key: "envelope", followers: 0 });
  expect(clock.slept).toEqual([60_000]);
});

test("eighty pieces of content a minute are made, and 500 an hour", async () => {
  const { clock, limiter } = setUp();
  const post = { method: "POST", use: "journal" } as const;
  await times(81, () => limiter.run(post, nothing));
  expect(clock.slept).toEqual([60_000]);
  const start = clock.now().getTime() - 60_000;
  await times(420, () => limiter.run(post, nothing));
  expect(clock.now().getTime() - start).toBe(3_600_000);
});

test("after a rate-limited answer nothing is sent for as long as GitHub asks", async () => {
  const { clock, limiter } = setUp();
  limiter.note({}, 30);
  await limiter.run(GET, nothing);
  expect(clock.slept).toEqual([30_000]);
});

test("a pause of an hour is not waited for", async () => {
  const { clock, limiter } = setUp();
  limiter.note({}, 3600);
  await expect(limiter.run(GET, nothing)).rejects.toMatchObject({
    code: "rate_limited",
    message: "GitHub's rate limit is used up until 2026-11-22 13:00 UTC",
  });
  await expect(limiter.reserve(PUT, { key: "envelope", followers: 0 })).rejects.toMatchObject({
    code: "rate_limited",
  });
  expect(clock.slept).toEqual([]);
});

test("a shorter pause does not end a longer one", async () => {
  const { clock, limiter } = setUp();
  limiter.note({}, 100);
  limiter.note({}, 1);
  await limiter.run(GET, nothing);
  expect(clock.slept).toEqual([100_000]);
});

test("what is left of the hour's requests is what GitHub last said", () => {
  const { limiter } = setUp();
  expect(limiter.requestsLeft).toBeUndefined();
  limiter.note({ "x-ratelimit-remaining": "17", "x-ratelimit-reset": "1795352400" }, undefined);
  limiter.note({}, undefined);
  expect(limiter.requestsLeft).toBe(17);
});

test("ninety requests run at once, and one that fails makes room like any other", async () => {
  const { limiter } = setUp();
  const open: (() => void)[] = [];
  const held = () => new Promise<void>((_, reject) => open.push(() => reject(new Error("over"))));
  const results = Array.from({ length: 92 }, () => limiter.run(GET, held).catch(() => "failed"));
  await new Promise(setImmediate);
  expect(open).toHaveLength(90);
  open.forEach((end) => end());
  await Promise.all(results.slice(0, 90));
  open.slice(90).forEach((end) => end());
  expect(await Promise.all(results)).toEqual(results.map(() => "failed"));
});

test("whatever is asked in whatever order, no minute sees more than 900 points or 80 pieces of content", async () => {
  const request = fc.record({
    method: fc.constantFrom("GET", "PUT", "POST", "PATCH", "DELETE"),
    use: fc.constantFrom("secrets" as const, "journal" as const),
    reserved: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(request, { minLength: 150, maxLength: 400 }), async (requests) => {
      const { clock, limiter } = setUp();
      const sent: { at: number; method: string }[] = [];
      for (const [index, { reserved, ...paced }] of requests.entries()) {
        const reservation = reserved ? String(index) : undefined;
        if (reservation !== undefined) await limiter.reserve(paced, { key: reservation, followers: 0 });
        const note = async () => void sent.push({ at: clock.now().getTime(), method: paced.method });
        await limiter.run({ ...paced, reservation }, note);
      }
      for (const { at } of sent) {
        const minute = sent.filter((one) => one.at >= at && one.at < at + 60_000);
        expect(minute.reduce((sum, { method }) => sum + (method === "GET" ? 1 : 5), 0)).toBeLessThanOrEqual(
          900,
        );
        expect(minute.filter(({ method }) => method === "POST").length).toBeLessThanOrEqual(80);
      }
      expect(sent).toHaveLength(requests.length);
    }),
    { numRuns: 25 },
  );
});

/** Time that passes when a test says so. */
class HeldClock implements Clock {
  #now = Date.parse("2026-11-22T12:00:00Z");
  #sleepers: { readonly at: number; readonly wake: () => void }[] = [];

  now(): Date {
    return new Date(this.#now);
  }

  sleep(milliseconds: number): Promise<void> {
    return new Promise((wake) => this.#sleepers.push({ at: this.#now + milliseconds, wake }));
  }

  async pass(milliseconds: number): Promise<void> {
    this.#now += milliseconds;
    const due = this.#sleepers.filter(({ at }) => at <= this.#now);
    this.#sleepers = this.#sleepers.filter(({ at }) => at > this.#now);
    for (const { wake } of due) wake();
    await new Promise(setImmediate);
  }
}

test("nothing is reserved before everything that waits has gone, though it asked first", async () => {
  const clock = new HeldClock();
  const limiter = new Limiter(clock);
  await times(150, () => limiter.run(PUT, nothing));
  const order: string[] = [];
  const reserved = limiter.reserve(PUT, { key: "new", followers: 0 }).then(() => order.push("reserved"));
  const waiting = Array.from({ length: 150 }, () => limiter.run(PUT, async () => void order.push("sent")));
  await new Promise(setImmediate);
  await clock.pass(60_000);
  expect(order).toEqual(Array.from({ length: 150 }, () => "sent"));
  await clock.pass(60_000);
  await Promise.all([reserved, ...waiting]);
  expect(order.at(-1)).toBe("reserved");
});
