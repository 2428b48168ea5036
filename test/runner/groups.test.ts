import { expect, test } from "vitest";
import { ConcurrencyGroups } from "./groups.ts";

const ENTRY = { name: "sealring", queue: "single", whenRunning: "wait" } as const;

function holder() {
  const cancelled: string[] = [];
  return { cancelled, cancel: () => cancelled.push("cancelled") };
}

// docs.github.com, "Control the concurrency of workflows and jobs": at most one running and one pending job in a group.
test("the first runs, the second waits, and the third takes its place", async () => {
  const groups = new ConcurrencyGroups();
  const [a, b, c] = [holder(), holder(), holder()];
  expect(await groups.enter(ENTRY, a)).toBe("turn");
  const second = groups.enter(ENTRY, b);
  const third = groups.enter({ ...ENTRY, name: "SEALRING" }, c);
  expect(await second).toBe("cancelled");
  groups.leave("sealring", a);
  expect(await third).toBe("turn");
  expect(a.cancelled).toEqual([]);
});

test("with `queue: max` everybody gets a turn, in order", async () => {
  const groups = new ConcurrencyGroups();
  const holders = [holder(), holder(), holder()];
  const turns: number[] = [];
  const entered = holders.map(async (each, index) => {
    expect(await groups.enter({ ...ENTRY, queue: "max" }, each)).toBe("turn");
    turns.push(index);
    groups.leave("sealring", each);
  });
  await Promise.all(entered);
  expect(turns).toEqual([0, 1, 2]);
});

test("with `cancel-in-progress` the newer ends the running one, and still waits for its end", async () => {
  const groups = new ConcurrencyGroups();
  const [a, b] = [holder(), holder()];
  await groups.enter(ENTRY, a);
  const second = groups.enter({ ...ENTRY, whenRunning: "cancel_running" }, b);
  expect(a.cancelled).toEqual(["cancelled"]);
  groups.leave("sealring", a);
  expect(await second).toBe("turn");
});

test("a pending job that is cancelled gives its place up", async () => {
  const groups = new ConcurrencyGroups();
  const [a, b, c] = [holder(), holder(), holder()];
  await groups.enter(ENTRY, a);
  const second = groups.enter(ENTRY, b);
  groups.leave("sealring", b);
  expect(await second).toBe("cancelled");
  groups.leave("sealring", a);
  expect(await groups.enter(ENTRY, c)).toBe("turn");
});
