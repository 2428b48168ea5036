import { expect, test } from "vitest";
import { decodePlan, encodePlan } from "../../src/difference/saved.ts";
import type { SavedPlan } from "../../src/difference/saved.ts";
import { Checkout } from "../support/checkout.ts";
import { World } from "../support/world.ts";

/** As it comes out of the file. */
async function saved(checkout: Checkout): Promise<SavedPlan> {
  const { planned } = await checkout.plan();
  if (planned === undefined) throw new Error("there is no plan");
  return decodePlan(encodePlan(planned.saved));
}

test("a saved plan is applied without a question, also when a run has refreshed in between", async () => {
  const checkout = new Checkout(await World.authorized());
  const plan = await saved(checkout);
  checkout.world.clock.passSeconds(3_600);
  await checkout.world.refresh({ when: "forced" });
  expect(await checkout.apply({ saved: plan, consent: "ask" })).toMatchObject({
    exit: 0,
    outcome: "applied",
  });
});

test.each<[string, (checkout: Checkout) => Promise<void> | void, string]>([
  ["a declaration", ({ world }) => world.declare({ name: "strava" }), "the declarations"],
  [
    "a secret's being there",
    async ({ world }) => {
      await world.connect().stores.delete(world.outputs, "OURA_ACCESS_TOKEN");
    },
    "secrets: actions secrets of acme/health-pipeline",
  ],
  [
    "an environment's branches",
    ({ world }) => world.connect().settings.confine("sealring", "other"),
    "environment sealring",
  ],
  [
    "a file of the tree",
    ({ written }) => void written.set(".github/workflows/sealring.yml", new Uint8Array([35])),
    "file .github/workflows/sealring.yml",
  ],
  ["the variables", ({ variables }) => void variables.delete("SEALRING_GITHUB_TOKEN"), "the variables"],
])("a saved plan is refused when %s is another, and nothing is done", async (_, change, moved) => {
  const checkout = new Checkout(await World.authorized());
  const plan = await saved(checkout);
  await change(checkout);
  const before = [...checkout.written];
  await expect(checkout.apply({ saved: plan })).rejects.toMatchObject({
    code: "stale",
    message: expect.stringContaining(moved) as string,
    hint: "look at a new one, and apply that: sealring plan --out plan.json",
  });
  expect([...checkout.written]).toEqual(before);
});

test("what a saved plan says is never done: only what a new one comes to as well", async () => {
  const checkout = new Checkout(await World.authorized());
  const plan = await saved(checkout);
  const forged = { ...plan, changes: [...plan.changes, "remove DEPLOY_KEY"] };
  await expect(checkout.apply({ saved: forged })).rejects.toMatchObject({
    message: expect.stringContaining("what is to be done") as string,
  });
  await expect(checkout.apply({ saved: { ...plan, repository: "acme/other" } })).rejects.toMatchObject({
    code: "stale",
  });
});

test("a saved plan that prunes does so only where that is asked for as well", async () => {
  const checkout = await Checkout.settled();
  const { world } = checkout;
  world.declare({ name: "oura", outputs: { OURA_TOKEN: "access_token" } });
  await checkout.apply();
  checkout.push();
  await world.refresh();
  const plan = (await checkout.plan({ orphans: "prune" })).planned?.saved;
  await expect(checkout.apply({ saved: plan })).rejects.toMatchObject({
    code: "usage",
    hint: expect.stringContaining("--prune") as string,
  });
  const names = () => [...world.sandbox.github.revealSecrets(world.outputs).keys()];
  expect(names()).toContain("OURA_ACCESS_TOKEN");
  expect(await checkout.apply({ saved: plan, orphans: "prune" })).toMatchObject({ outcome: "applied" });
  expect(names()).toEqual(["OURA_TOKEN"]);
});

test("no secret is in a saved plan", async () => {
  const checkout = new Checkout(await World.authorized());
  const text = encodePlan(await saved(checkout));
  for (const value of checkout.variables.values()) expect(text).not.toContain(value);
});

test.each([
  "",
  "[]",
  "null",
  "{}",
  '{"sealring_plan":2}',
  '{"sealring_plan":1,"repository":"a/b","orphans":"all"}',
])("%j is no plan", (text) => {
  expect(() => decodePlan(text)).toThrow(expect.objectContaining({ code: "usage" }) as Error);
});
