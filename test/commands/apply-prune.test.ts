import { describe, expect, it, test } from "vitest";
import type { GitHub, StoreTarget } from "../../src/github.ts";
import { encodeEntry } from "../../src/journal/codec.ts";
import type { JournalEntry, Published } from "../../src/journal/entry.ts";
import { Secret } from "../../src/secret.ts";
import { createSealer } from "../../src/stores/sealer.ts";
import { NOBODY } from "../../src/commands/nobody.ts";
import { changesOf, Checkout } from "../support/checkout.ts";
import type { World } from "../support/world.ts";

const OLD = "OURA_ACCESS_TOKEN in actions secrets of acme/health-pipeline";

/** The output got another name, and the next run has published it. */
async function renamed(): Promise<Checkout> {
  const checkout = await Checkout.settled();
  checkout.world.declare({ name: "oura", outputs: { OURA_TOKEN: "access_token" } });
  await checkout.apply();
  checkout.push();
  await checkout.world.refresh();
  return checkout;
}

async function put(world: World, target: StoreTarget, name: string): Promise<void> {
  await createSealer(world.connect().stores).sealAndPut(target, name, new Secret("of somebody else"));
}

/** Whoever may write the journal's branch writes what they like. */
async function forge(world: World, change: (entry: JournalEntry) => JournalEntry): Promise<void> {
  const { journal } = world.connect();
  const files = new Map([["credentials/oura.json", encodeEntry(change(world.entry()))]]);
  await journal.swap(await journal.head(), { message: "forged", files });
}

function claims(...published: Published[]) {
  return (entry: JournalEntry) => ({ ...entry, published: [...entry.published, ...published] });
}

function names(world: World, target = world.outputs): readonly string[] {
  return [...world.sandbox.github.revealSecrets(target).keys()];
}

test("an orphan is a remark without --prune, and with it goes once, from GitHub and from the journal", async () => {
  const checkout = await renamed();
  const { world } = checkout;
  const kept = (await checkout.plan({ mode: "check" })).planned?.plan;
  expect([kept?.changes, kept?.remarks]).toMatchObject([
    [],
    [{ hint: "see what would go: sealring plan --prune" }],
  ]);
  await checkout.apply();
  expect(names(world)).toContain("OURA_ACCESS_TOKEN");
  expect(changesOf((await checkout.plan({ orphans: "prune" })).planned?.plan)).toEqual([`- ${OLD}`]);
  expect(await checkout.apply({ orphans: "prune" })).toMatchObject({ exit: 0, outcome: "applied" });
  expect(names(world)).toEqual(["OURA_TOKEN"]);
  expect(world.entry().published.map(({ secretName }) => secretName)).toEqual(["OURA_TOKEN"]);
  expect(await checkout.apply({ orphans: "prune" })).toMatchObject({ outcome: "nothing_to_do" });
});

test("the outputs of a credential that is declared no more are orphans; its envelope is not", async () => {
  const checkout = await Checkout.settled();
  const { world } = checkout;
  world.declarations.delete("oura");
  world.declare({ name: "strava" });
  checkout.push();
  const { planned } = await checkout.plan({ orphans: "prune" });
  expect(changesOf(planned?.plan)).toContain(`- ${OLD}`);
  expect(planned?.plan.remarks.map(({ hint }) => hint)).toContain(
    "put its file back, and run: sealring revoke oura",
  );
  await checkout.apply({ orphans: "prune" });
  expect(names(world)).toEqual([]);
  expect(world.envelope()).toBeDefined();
});

test("one that is gone already is only forgotten", async () => {
  const checkout = await renamed();
  const { world } = checkout;
  await world.connect().stores.delete(world.outputs, "OURA_ACCESS_TOKEN");
  expect(changesOf((await checkout.plan({ orphans: "prune" })).planned?.plan)).toEqual([
    `- ${OLD} (already gone; to be forgotten)`,
  ]);
  await checkout.apply({ orphans: "prune" });
  expect(await checkout.apply({ orphans: "prune" })).toMatchObject({ outcome: "nothing_to_do" });
});

describe("never removed is", () => {
  async function stays(checkout: Checkout, why: RegExp, secret: [StoreTarget, string]): Promise<void> {
    const { planned } = await checkout.plan({ orphans: "prune" });
    expect(planned?.plan.changes).toEqual([]);
    expect(planned?.plan.remarks.map(({ what }) => what)).toContainEqual(expect.stringMatching(why));
    await checkout.apply({ orphans: "prune" });
    expect(names(checkout.world, secret[0])).toContain(secret[1]);
  }

  it("what somebody else wrote since", async () => {
    const checkout = await renamed();
    const { world } = checkout;
    world.clock.passSeconds(300);
    await put(world, world.outputs, "OURA_ACCESS_TOKEN");
    await stays(checkout, /stays: somebody else wrote it since/, [world.outputs, "OURA_ACCESS_TOKEN"]);
  });

  it("what was written after the plan was made", async () => {
    const checkout = await renamed();
    const { world } = checkout;
    const confirm = async () => {
      world.clock.passSeconds(300);
      await put(world, world.outputs, "OURA_ACCESS_TOKEN");
      return true;
    };
    const prompt = { ...NOBODY, interactive: true, confirm };
    const report = await checkout.apply({ orphans: "prune", consent: "ask" }, { ports: { prompt } });
    expect(report).toMatchObject({ exit: 4, results: [{ outcome: "failed" }] });
    expect(names(world)).toContain("OURA_ACCESS_TOKEN");
  });

  it("what was written while another was removed", async () => {
    const checkout = await Checkout.settled({ outputs: { OURA_A: "access_token", OURA_B: "access_token" } });
    const { world } = checkout;
    world.declare({ name: "oura", outputs: { OURA_TOKEN: "access_token" } });
    await checkout.apply();
    checkout.push();
    await world.refresh();
    const removed: string[] = [];
    const github = (real: GitHub): GitHub => ({
      ...real,
      stores: {
        ...real.stores,
        delete: async (target, name) => {
          removed.push(name);
          world.clock.passSeconds(300);
          await put(world, world.outputs, name === "OURA_A" ? "OURA_B" : "OURA_A");
          return real.stores.delete(target, name);
        },
      },
    });
    const { results } = await checkout.apply({ orphans: "prune" }, { github });
    expect(removed).toHaveLength(1);
    expect(results.map(({ outcome }) => outcome).sort()).toEqual(["done", "failed"]);
  });

  it("what the default branch still declares, though this checkout does not", async () => {
    const checkout = await Checkout.settled();
    const { world } = checkout;
    world.declarations.delete("oura");
    world.declare({ name: "strava" });
    await checkout.apply();
    const { planned } = await checkout.plan({ orphans: "prune" });
    expect(planned?.plan.remarks).toContainEqual({
      kind: "remark",
      what: `${OLD} stays: main still declares it`,
      hint: "push what takes it out, or bring this checkout up to date: git pull",
    });
    await stays(checkout, /stays: main still declares it/, [world.outputs, "OURA_ACCESS_TOKEN"]);
  });

  it("what another credential of the default branch declares by now", async () => {
    const checkout = await Checkout.settled();
    const { world } = checkout;
    world.declare({ name: "oura", outputs: { OURA_TOKEN: "access_token" } });
    world.declare({ name: "strava", outputs: { OURA_ACCESS_TOKEN: "access_token" } });
    checkout.push();
    world.declarations.delete("strava");
    await checkout.apply();
    await stays(checkout, /stays: main still declares it/, [world.outputs, "OURA_ACCESS_TOKEN"]);
  });

  it("anything, where a file of the default branch cannot be understood", async () => {
    const checkout = await renamed();
    const { world } = checkout;
    const files = { "credentials/strava.yml": "version: 2\n" };
    world.sandbox.github.commit(world.repository, { branch: "main", message: "by hand", files });
    const { planned } = await checkout.plan({ orphans: "prune" });
    expect(planned?.plan.changes).toEqual([]);
    expect(planned?.plan.blanks).toMatchObject([
      { what: "what main declares", reason: "credentials/strava.yml is none that this version understands" },
    ]);
  });

  it("a secret that only the journal's branch says was ours, however well its time is known", async () => {
    const checkout = await Checkout.settled();
    const { world } = checkout;
    await put(world, world.outputs, "DEPLOY_KEY");
    await forge(world, claims({ target: world.outputs, secretName: "DEPLOY_KEY", at: world.clock.now() }));
    await stays(checkout, /^DEPLOY_KEY in .* no commit of the default branch declares it/, [
      world.outputs,
      "DEPLOY_KEY",
    ]);
  });

  it("an output's name in a store that it was never declared for; that store is not even asked", async () => {
    const checkout = await Checkout.settled();
    const { world } = checkout;
    const target = { kind: "repository", repository: "acme/dashboards", app: "actions" } as const;
    await put(world, target, "OURA_ACCESS_TOKEN");
    await forge(world, claims({ target, secretName: "OURA_ACCESS_TOKEN", at: world.clock.now() }));
    const asked: string[] = [];
    await checkout.plan(
      { orphans: "prune" },
      {
        github: (real) => ({
          ...real,
          stores: {
            ...real.stores,
            room: (place) => (asked.push(JSON.stringify(place)), real.stores.room(place)),
          },
        }),
      },
    );
    expect(asked.join()).not.toContain("dashboards");
    await stays(checkout, /no commit of the default branch/, [target, "OURA_ACCESS_TOKEN"]);
  });

  it("the output of another credential, in whichever spelling", async () => {
    const checkout = await renamed();
    const { world } = checkout;
    world.declare({ name: "strava", outputs: { OURA_ACCESS_TOKEN: "access_token" } });
    checkout.push();
    await checkout.apply();
    const target = { kind: "repository", repository: "Acme/Health-Pipeline", app: "actions" } as const;
    await forge(world, claims({ target, secretName: "oura_access_token", at: world.clock.now() }));
    const { planned } = await checkout.plan({ orphans: "prune" });
    expect(changesOf(planned?.plan).filter((line) => line.startsWith("-"))).toEqual([]);
    await checkout.apply({ orphans: "prune" });
    expect(names(world)).toContain("OURA_ACCESS_TOKEN");
  });

  it.each(["SEALRING_GITHUB_TOKEN", "SEALRING_CREDENTIAL_OURA", "OURA_CLIENT_SECRET"])(
    "%s, whatever anybody says",
    async (secretName) => {
      const checkout = await Checkout.settled();
      const { world } = checkout;
      await forge(world, claims({ target: world.store, secretName, at: world.clock.now() }));
      await stays(checkout, /sealring itself needs that name/, [world.store, secretName]);
    },
  );
});
