import { expect, test } from "vitest";
import type { StoreTarget } from "../../src/github.ts";
import { CANARY_NAME, proveStore } from "../../src/stores/prove.ts";
import { createSealer } from "../../src/stores/sealer.ts";
import { MemoryStores } from "./double.ts";

const ENVIRONMENT: StoreTarget = {
  kind: "environment",
  repository: "acme/credentials",
  environment: "sealring",
};
const ORGANIZATION: StoreTarget = {
  kind: "organization",
  organization: "acme",
  app: "actions",
  visibility: "all",
  repositories: [],
};

function holding(count: number, ...names: readonly string[]): MemoryStores {
  const stores = new MemoryStores();
  for (let index = 0; index < count - names.length; index += 1)
    stores.values.set(`FILLER_${String(index)}`, "");
  for (const name of names) stores.values.set(name, "");
  return stores;
}

function prove(stores: MemoryStores, names: readonly string[], target = ENVIRONMENT): Promise<void> {
  return proveStore({ target, names }, stores, createSealer(stores));
}

test("a store that takes writes is proved by a canary in it", async () => {
  const stores = holding(0);
  await prove(stores, ["SEALRING_CREDENTIAL_OURA"]);
  expect(stores.values).toEqual(new Map([[CANARY_NAME, "sealring can write here"]]));
});

test("a second proof only updates the canary", async () => {
  const stores = holding(100, CANARY_NAME, "A");
  await prove(stores, ["a"]);
  expect(stores.values.size).toBe(100);
});

test.each([
  ["98 of 100 taken, canary and one more", 98, ["A"], "proved"],
  ["99 of 100 taken, canary and one more", 99, ["A"], "refused"],
  ["99 of 100 taken, the canary alone", 99, [], "proved"],
  ["full, nothing new but the canary", 100, [], "refused"],
  ["99 of 100 taken, the same name twice", 98, ["A", "a"], "proved"],
] as const)("room in an environment: %s", async (_, count, names, expected) => {
  const outcome = prove(holding(count), names);
  if (expected === "proved") await outcome;
  else await expect(outcome).rejects.toMatchObject({ code: "store_refused" });
});

test("an organization has room for a thousand", async () => {
  await prove(holding(998), ["A"], ORGANIZATION);
  const failure = prove(holding(999), ["A"], ORGANIZATION);
  await expect(failure).rejects.toThrow("999 of 1000 are taken, 2 more are needed");
});

test("a rate limit that the run may use up stops it before it writes", async () => {
  const stores = holding(0);
  stores.requestsLeft = 30;
  await expect(prove(stores, ["A"])).rejects.toMatchObject({ code: "rate_limited" });
  expect(stores.values.size).toBe(0);
  stores.requestsLeft = 31;
  await prove(stores, ["A"]);
});

test("a server without rate limits, as GitHub Enterprise Server is by default, is no obstacle", async () => {
  const stores = holding(0);
  stores.requestsLeft = undefined;
  await prove(stores, ["A"]);
});

test("a canary that is not taken is the proof's failure", async () => {
  const stores = holding(0);
  stores.put = () => Promise.reject(new Error("503"));
  await expect(prove(stores, ["A"])).rejects.toThrow("503");
});
