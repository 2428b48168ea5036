import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { expect, test } from "vitest";
import type { Report } from "../../src/commands/context.ts";
import { status } from "../../src/commands/status.ts";
import type { StatusResult } from "../../src/commands/status.ts";
import { encodeEntry } from "../../src/journal/codec.ts";
import type { JournalEntry } from "../../src/journal/entry.ts";
import { projectOf } from "../../src/declaration/project.ts";
import { lastRunBefore, nextRunAfter } from "../../src/protocol/schedule.ts";
import { anIntent } from "../support/entries.ts";
import { World } from "../support/world.ts";

/** Where sealring.yaml names none. */

async function aRecipient(): Promise<string> {
  return identityToRecipient(await generateX25519Identity());
}

/** With `oura`'s entry changed by a run that did not end well. */
async function withEntry(changes: Partial<JournalEntry>): Promise<World> {
  const world = await World.authorized();
  const entry = world.entry();
  const files = new Map([["credentials/oura.json", encodeEntry({ ...entry, ...changes })]]);
  const { journal } = world.connect();
  await journal.swap(await journal.head(), { message: "a run", files });
  return world;
}
/** What `status --check` says of it at a terminal. */
async function asked(world: World): Promise<Report<StatusResult>> {
  return world.within({ owner: "process" }, ({ ports }) => status(ports, { names: [], mode: "check" }));
}

async function hintOf(world: World): Promise<string | undefined> {
  return (await asked(world)).results[0]?.hint;
}

const keyChanged = { class: "reauthorization_required", code: "store_key_changed" } as const;

test.each([
  [keyChanged, "spent"],
  [{ class: "client_misconfigured", code: "invalid_client" }, "committed"],
  [{ class: "reauthorization_required", code: "envelope_missing" }, "reauthorization_required"],
] as const)(
  "a credential that only a person can mend needs one in whatever phase (%j, %s)",
  async (error, phase) => {
    const world = await withEntry({ error, phase });
    expect(await asked(world)).toMatchObject({
      exit: 4,
      results: [{ health: "needs_person", hint: "run: sealring authorize oura" }],
    });
  },
);

test("the recovery identity is named first where that helps", async () => {
  const world = await withEntry({ error: keyChanged, phase: "spent" });
  world.project = `version: 1\nrecovery: { recipient: ${await aRecipient()} }\n`;
  expect(await hintOf(world)).toBe(
    "run, with the recovery identity: sealring recover --identity <file>; or: sealring authorize oura",
  );
});

test("a revoked credential needs nobody", async () => {
  const world = await withEntry({ error: keyChanged, phase: "revoked" });
  expect(await asked(world)).toMatchObject({
    exit: 0,
    results: [{ health: "revoked", hint: undefined }],
  });
});

test.each([
  [
    "refresh",
    "a sealed box is waiting; the next run stores it (gh workflow run sealring.yml -f credential=oura)",
  ],
  [
    "authorize",
    "its new tokens wait where it was authorized; run there: sealring recover; or anywhere: sealring authorize oura",
  ],
] as const)("a waiting box comes with the way to its store (%s)", async (kind, hint) => {
  const world = await withEntry({ intent: anIntent({ kind }), phase: "spent" });
  expect(await hintOf(world)).toBe(hint);
});

test("of a lost answer it is said when it is tried for, and how to ask for that, unless it was", async () => {
  const error = { class: "ambiguous", code: "lost_timeout" } as const;
  const probed = { kind: "probe", replaces: anIntent() } as const;
  const lost = await withEntry({ intent: anIntent(), phase: "ambiguous", error });
  const lostTwice = await withEntry({ intent: anIntent(probed), phase: "ambiguous", error });
  for (const world of [lost, lostTwice]) {
    const end = world.entry().expiresAt ?? new Date(NaN);
    const { schedule } = projectOf(undefined, { repository: world.repository }).project;
    const isFirst = world === lost;
    const at = (isFirst ? lastRunBefore(schedule, end) : nextRunAfter(schedule, end)) ?? new Date(NaN);
    const minute = at.toISOString().slice(0, 16).replace("T", " ");
    const asking =
      '; or try the old token: gh workflow run sealring.yml -f command="refresh --probe" -f credential=oura';
    expect(await hintOf(world)).toBe(
      `run: sealring authorize oura${isFirst ? asking : ""}; the workflow tries the old token at ${minute} UTC by itself`,
    );
  }
});

test("of an access token that ran out and that no run renews it is said that a person has to come", async () => {
  const world = await World.authorized({ rotation: ["issues_refresh_token: false"] });
  world.clock.passSeconds(60 * 86_400);
  expect(await asked(world)).toMatchObject({
    results: [{ health: "expired", hint: "run: sealring authorize oura" }],
  });
});
