import { expect, test } from "vitest";
import type { StoreTarget } from "../../src/github.ts";
import { Secret } from "../../src/secret.ts";
import { createSealer } from "../../src/stores/sealer.ts";
import { MemoryStores } from "./double.ts";

const ENVIRONMENT: StoreTarget = {
  kind: "environment",
  repository: "acme/credentials",
  environment: "sealring",
};
const OTHER: StoreTarget = { kind: "repository", repository: "acme/app", app: "dependabot" };
const VALUE = new Secret("token");

test("a value that is sealed and put is what the store opens", async () => {
  const stores = new MemoryStores();
  const sealer = createSealer(stores);
  expect(await sealer.sealAndPut(ENVIRONMENT, "A", VALUE)).toBe("created");
  expect(await sealer.sealAndPut(ENVIRONMENT, "A", new Secret("newer"))).toBe("updated");
  expect(stores.values).toEqual(new Map([["A", "newer"]]));
});

test("a store's key is fetched once, for everything that goes there at once", async () => {
  const stores = new MemoryStores();
  const sealer = createSealer(stores);
  await Promise.all(["A", "B", "C"].map((name) => sealer.sealAndPut(ENVIRONMENT, name, VALUE)));
  await sealer.sealAndPut(OTHER, "D", VALUE);
  expect(stores.calls.filter((call) => call === "publicKey")).toHaveLength(2);
});

test("an organization has one key, whoever may read the secret", async () => {
  const stores = new MemoryStores();
  const sealer = createSealer(stores);
  const organization = {
    kind: "organization",
    organization: "acme",
    app: "actions",
    repositories: [],
  } as const;
  await sealer.sealAndPut({ ...organization, visibility: "all" }, "A", VALUE);
  await sealer.sealAndPut({ ...organization, visibility: "private" }, "B", VALUE);
  expect(stores.calls.filter((call) => call === "publicKey")).toHaveLength(1);
});

test("a key that could not be fetched is asked for again", async () => {
  const stores = new MemoryStores();
  let asked = 0;
  const publicKey = (target: StoreTarget) => {
    asked += 1;
    return asked === 1 ? Promise.reject(new Error("down")) : stores.publicKey(target);
  };
  const sealer = createSealer({ ...portOf(stores), publicKey });
  await expect(sealer.seal(ENVIRONMENT, VALUE)).rejects.toThrow("down");
  expect((await sealer.seal(ENVIRONMENT, VALUE)).keyId).toBe("1");
});

test("a box for a key that is no longer current is sealed once more, for a fresh one", async () => {
  const stores = new MemoryStores();
  const sealer = createSealer(stores);
  const box = await sealer.seal(ENVIRONMENT, VALUE);
  stores.rotateKey(ENVIRONMENT);
  let resealed = 0;
  const reseal = () => {
    resealed += 1;
    return sealer.seal(ENVIRONMENT, VALUE);
  };
  expect(await sealer.put(ENVIRONMENT, { name: "A", box, reseal })).toBe("created");
  expect(await sealer.sealAndPut(ENVIRONMENT, "B", VALUE)).toBe("created");
  expect(resealed).toBe(1);
  expect(stores.calls).toEqual(["publicKey", "put A", "publicKey", "put A", "put B"]);
});

test("a box from an earlier run is resealed, though this run has not fetched a key yet", async () => {
  const stores = new MemoryStores();
  const sealer = createSealer(stores);
  const box = { keyId: "0", ciphertext: "b2xk" };
  const reseal = () => sealer.seal(ENVIRONMENT, VALUE);
  expect(await sealer.put(ENVIRONMENT, { name: "A", box, reseal })).toBe("created");
  expect(stores.calls.filter((call) => call === "publicKey")).toHaveLength(1);
});

test("a box that cannot be made anew is not put a second time", async () => {
  const stores = new MemoryStores();
  const sealer = createSealer(stores);
  const box = { keyId: "0", ciphertext: "b2xk" };
  const reseal = () => Promise.reject(new Error("the value is not at hand"));
  await expect(sealer.put(ENVIRONMENT, { name: "A", box, reseal })).rejects.toThrow("not at hand");
  expect(stores.calls.filter((call) => call === "put A")).toHaveLength(1);
});

test("a refusal of a box that has the current key is final", async () => {
  const stores = new MemoryStores();
  const failure = createSealer(stores).sealAndPut(ENVIRONMENT, "BAD-NAME", VALUE);
  await expect(failure).rejects.toMatchObject({ code: "store_refused" });
  expect(stores.calls.filter((call) => call.startsWith("put"))).toHaveLength(1);
});

test("a key that changes between two puts in a row is a refusal, not a loop", async () => {
  const stores = new MemoryStores();
  const put = async () => {
    stores.calls.push("put");
    stores.rotateKey(ENVIRONMENT);
    return "stale_key" as const;
  };
  const failure = createSealer({ ...portOf(stores), put }).sealAndPut(ENVIRONMENT, "A", VALUE);
  await expect(failure).rejects.toMatchObject({ code: "store_refused" });
  expect(stores.calls.filter((call) => call === "put")).toHaveLength(2);
});

function portOf(stores: MemoryStores) {
  return {
    publicKey: (target: StoreTarget) => stores.publicKey(target),
    reserve: () => stores.reserve(),
    put: (...args: Parameters<MemoryStores["put"]>) => stores.put(...args),
    delete: (...args: Parameters<MemoryStores["delete"]>) => stores.delete(...args),
    find: () => Promise.reject(new Error("a sealer only writes")),
    room: () => stores.room(),
  };
}
