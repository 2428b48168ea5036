import { generateIdentity, identityToRecipient } from "age-encryption";
import { beforeAll, describe, expect, it } from "vitest";
import { sealForRecovery } from "../../src/envelope/recovery.ts";
import type { GitHub } from "../../src/github.ts";
import { Secret } from "../../src/secret.ts";
import { DOWN, putOf } from "../support/misfortunes.ts";
import { Died, Mortal } from "../support/mortal.ts";
import { editJournal } from "../support/vandals.ts";
import { envelopeName, World } from "../support/world.ts";

const ENVELOPE = putOf(envelopeName("oura"));

describe("with a recovery recipient", () => {
  let identity: Secret;
  let recipient: string;

  beforeAll(async () => {
    const generated = await generateIdentity();
    identity = new Secret(`# created: 2026-11-22\n${generated}\n`);
    recipient = await identityToRecipient(generated);
  });

  async function withRecipient(): Promise<World> {
    const world = await World.create();
    world.project = `version: 1\nrecovery: { recipient: ${recipient} }\n`;
    world.declare({ name: "oura" });
    await world.authorize("oura");
    return world;
  }

  it("a box that GitHub cannot open any more is opened by the people who hold the identity", async () => {
    const world = await withRecipient();
    world.sandbox.github.faults.fail(ENVELOPE, DOWN, Infinity);
    await world.refresh({ when: "forced" });
    world.sandbox.github.faults.clear();
    world.sandbox.github.rotateKey(world.store);
    const [stuck] = (await world.refresh()).results;
    expect(stuck).toMatchObject({ outcome: "reauthorization_required" });
    expect(stuck?.hint).toContain("sealring recover --identity");
    const report = await world.recover({ owner: "process", identityFile: identity });
    expect(report).toMatchObject({ exit: 0, results: [{ outcome: "recovered", generation: 2 }] });
    expect((await world.refresh()).results).toMatchObject([{ outcome: "fresh", generation: 2 }]);
    expect([world.refreshes(), await world.outputWorks()]).toEqual([1, true]);
  });

  it("an envelope that somebody deleted comes back from the artifact of the run that obtained it", async () => {
    const world = await withRecipient();
    await world.refresh({ when: "forced", artifact: "uploaded" });
    await world.connect().stores.delete(world.store, envelopeName("oura"));
    expect((await world.refresh()).results).toMatchObject([{ outcome: "reauthorization_required" }]);
    const report = await world.recover({ owner: "process", identityFile: identity });
    expect(report).toMatchObject({ exit: 0, results: [{ outcome: "recovered", generation: 2 }] });
    expect((await world.refresh({ when: "forced" })).results).toMatchObject([{ outcome: "refreshed" }]);
  });

  it("what the journal holds is opened though the artifacts cannot be asked", async () => {
    const world = await withRecipient();
    world.sandbox.github.faults.fail(ENVELOPE, DOWN, Infinity);
    await world.refresh({ when: "forced" });
    world.sandbox.github.faults.clear();
    world.sandbox.github.faults.fail(({ operation }) => operation.includes("artifact"), DOWN, Infinity);
    const report = await world.recover({ owner: "process", identityFile: identity });
    expect(report).toMatchObject({ exit: 0, results: [{ outcome: "recovered", generation: 2 }] });
  });

  it("another identity opens nothing, and says so", async () => {
    const world = await withRecipient();
    world.sandbox.github.faults.fail(ENVELOPE, DOWN, Infinity);
    await world.refresh({ when: "forced" });
    world.sandbox.github.faults.clear();
    const other = new Secret(await generateIdentity());
    const report = await world.recover({ owner: "process", identityFile: other });
    expect(report).toMatchObject({ exit: 4, results: [{ outcome: "reauthorization_required" }] });
    expect(world.entry()).toMatchObject({ phase: "spent", generation: 1 });
  });

  it("a file that holds no identity is refused by its form, and its text is not shown", async () => {
    const world = await withRecipient();
    const wrong = world.recover({
      owner: "process",
      identityFile: new Secret("AGE-SECRET-KEY-1QQQQ"),
    });
    await expect(wrong).rejects.toMatchObject({ code: "usage" });
    await expect(wrong).rejects.not.toThrow("QQQQ");
  });

  it("a recipient with a slip in it is found before anything is spent", async () => {
    const world = await World.create();
    world.project = `version: 1\nrecovery: { recipient: ${recipient.slice(0, -1)}${recipient.endsWith("q") ? "p" : "q"} }\n`;
    world.declare({ name: "oura" });
    await expect(world.authorize("oura")).rejects.toMatchObject({ code: "usage" });
    expect(world.history()).toEqual([]);
  });

  /** Refreshed once, with the box in the run's artifact; then somebody deletes the secret. */
  async function deleted(): Promise<World> {
    const world = await withRecipient();
    await world.refresh({ when: "forced", artifact: "uploaded" });
    await world.connect().stores.delete(world.store, envelopeName("oura"));
    world.clock.passSeconds(10);
    return world;
  }

  it("a recovery that dies at any call is done again", async () => {
    for (let call = 1; ; call += 1) {
      const world = await deleted();
      const mortal = new Mortal(call, "before");
      const options = { owner: "process", github: (github: GitHub) => mortal.github(github) } as const;
      await world.recover({ ...options, identityFile: identity }).catch((error: unknown) => {
        if (!(error instanceof Died)) throw error;
      });
      if (!mortal.isDead) return;
      world.clock.passSeconds(4 * 3_600);
      await world.refresh();
      await world.recover({ owner: "process", identityFile: identity });
      const next = (await world.refresh({ when: "forced" })).results;
      expect(next, `died at call ${String(call)}`).toMatchObject([{ outcome: "refreshed" }]);
    }
  });

  it("so is one that a person overtook who began to authorize, and left", async () => {
    const world = await deleted();
    const random = () => {
      throw new Died();
    };
    await world.authorize("oura", { ports: { random } }).catch(() => undefined);
    world.clock.passSeconds(4 * 3_600);
    const report = await world.recover({ owner: "process", identityFile: identity });
    expect(report.results).toMatchObject([{ outcome: "recovered", generation: 2 }]);
  });

  it("a credential that is well is left alone, whoever has put a copy into the journal", async () => {
    const world = await withRecipient();
    await world.refresh({ when: "forced" });
    const before = world.envelope() ?? "";
    const forged = JSON.parse(before) as { nonce: string; answer: object } satisfies object;
    const answer = { ...forged.answer, body: '{"access_token":"evil","refresh_token":"evil"}' };
    const recovery = await sealForRecovery(new Secret(JSON.stringify({ ...forged, answer })), recipient);
    const box = { version: 1, credential: "oura", generation: 2, nonce: forged.nonce };
    const sealed = { keyId: "1", ciphertext: "AA==" };
    await editJournal(world, { "wal/oura.json": JSON.stringify({ ...box, sealed, recovery, mac: null }) });
    const report = await world.recover({ owner: "process", identityFile: identity });
    expect(report).toMatchObject({ exit: 0, results: [{ outcome: "fresh", generation: 2 }] });
    expect(world.envelope()).toBe(before);
  });

  it("a forged copy that says nothing hides no genuine one", async () => {
    const world = await deleted();
    const { generation, nonce } = world.entry();
    const recovery = await sealForRecovery(new Secret("{}"), recipient);
    const sealed = { keyId: "1", ciphertext: "AA==" };
    const box = { version: 1, credential: "oura", generation, nonce, sealed, recovery, mac: null };
    await editJournal(world, { "wal/oura.json": JSON.stringify(box) });
    const report = await world.recover({ owner: "process", identityFile: identity });
    expect(report.results).toMatchObject([{ outcome: "recovered", generation: 2 }]);
  });

  it("a journal that was put back brings no older envelope over the live one", async () => {
    const world = await withRecipient();
    await world.refresh({ when: "forced", artifact: "uploaded" });
    const early = world.journalFile("credentials/oura.json") ?? "";
    await world.refresh({ when: "forced", artifact: "uploaded" });
    await editJournal(world, { "credentials/oura.json": early });
    await world.refresh();
    const before = world.envelope();
    await world.recover({ owner: "process", identityFile: identity });
    expect(world.envelope()).toBe(before);
  });
});
