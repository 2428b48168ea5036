import { describe, expect, it, test } from "vitest";
import { compact } from "../../src/commands/compact.ts";
import type { CompactRequest } from "../../src/commands/compact.ts";
import { log } from "../../src/commands/log.ts";
import { compactJson, compactText, logJson, logText } from "../../src/report/log.ts";
import type { Prompt } from "../../src/ports.ts";
import type { RequestMatcher } from "../../src/sandbox/faults.ts";
import { expectReadable, expectWholeJson } from "../report/lines.ts";
import { NOBODY } from "../../src/commands/nobody.ts";
import { World } from "../support/world.ts";

const STATE = "sealring-state";
/** The compaction itself; GraphQL answers other questions, too. */
const SWAP: RequestMatcher = ({ operation, body }) =>
  operation === "graphql" && String(body["query"]).includes("updateRefs");

function compactIn(world: World, consent: CompactRequest["consent"] = "given", prompt: Prompt = NOBODY) {
  return world.within({ owner: "process", ports: { prompt } }, ({ ports }) => compact(ports, { consent }));
}

function answering(answer: boolean, questions: string[] = []): Prompt {
  const confirm = async (question: string) => {
    questions.push(question);
    return answer;
  };
  return { ...NOBODY, interactive: true, confirm };
}

function commitsOf(world: World) {
  return world.sandbox.github.commits(world.repository, STATE);
}

function filesOf(world: World): ReadonlyMap<string, string> {
  return world.sandbox.github.filesOf(world.repository, commitsOf(world)[0]?.id ?? "");
}

/** As a rival would, whatever is open. */
async function compactAtOnce(world: World): Promise<void> {
  const { journal } = world.connect();
  const outcome = await journal.compact(await journal.head(), "compacted");
  expect(outcome.kind).toBe("won");
}

/** A credential with four commits. */
async function refreshedOnce(): Promise<World> {
  const world = await World.authorized();
  await world.refresh({ when: "forced" });
  return world;
}

test("a history becomes one commit that says what it replaced, and every file stays as it is", async () => {
  const world = await refreshedOnce();
  const [last] = commitsOf(world);
  const files = filesOf(world);
  const { results, exit } = await compactIn(world);
  expect([exit, results]).toMatchObject([
    0,
    [{ outcome: "compacted", replaced: { commits: 4, until: last?.id } }],
  ]);
  const [commit, ...older] = commitsOf(world);
  expect([commit?.parents, older]).toEqual([[], []]);
  expect(commit?.message).toBe(`compacted 4 commits, until ${last?.id ?? ""} of 2026-11-22T12:00:01.000Z`);
  expect(filesOf(world)).toEqual(files);
  expectReadable(compactText(results));
  for (const result of results) expectWholeJson(compactJson(result));
});

test("the log says that there was more", async () => {
  const world = await refreshedOnce();
  await compactIn(world);
  for (const name of [undefined, "oura"]) {
    const { results } = await world.within({ owner: "process" }, ({ ports }) =>
      log(ports, { name, limit: 30 }),
    );
    expect(logText(results, name)).toMatch(/history compacted: 4 commits\n$/);
    expect(results.map(logJson)).toMatchObject([{ outcome: "compacted", replaced: { commits: 4 } }]);
  }
});

describe("a person", () => {
  it("is asked, with the number of commits and the branch", async () => {
    const world = await refreshedOnce();
    const questions: string[] = [];
    await compactIn(world, "ask", answering(true, questions));
    expect(questions).toEqual(["Put one commit in the place of the 4 of sealring-state, for good?"]);
    expect(commitsOf(world)).toHaveLength(1);
  });

  it("who says no keeps the history", async () => {
    const world = await refreshedOnce();
    const { results, exit } = await compactIn(world, "ask", answering(false));
    expect([exit, compactText(results)]).toEqual([0, "Nothing was changed.\n"]);
    expect(commitsOf(world)).toHaveLength(4);
  });

  it("who is not there says yes by an option", async () => {
    const world = await refreshedOnce();
    await expect(compactIn(world, "ask")).rejects.toMatchObject({
      code: "usage",
      hint: "run: sealring log --compact --yes",
    });
    expect(commitsOf(world)).toHaveLength(4);
  });
});

test("a journal with one commit, or none, has no history to compact", async () => {
  const world = await World.create();
  world.declare({ name: "oura" });
  expect((await compactIn(world)).results).toEqual([{ outcome: "short" }]);
  await world.authorize("oura");
  await compactIn(world);
  const [{ id } = { id: "" }] = commitsOf(world);
  expect((await compactIn(world)).results).toEqual([{ outcome: "short" }]);
  expect(commitsOf(world)[0]?.id).toBe(id);
});

test("an open intent keeps the history, and is named", async () => {
  const world = await refreshedOnce();
  world.sandbox.authorizationServer.faults.fail("token", { kind: "lose_answer" });
  await world.refresh({ when: "forced" });
  const before = commitsOf(world).length;
  await expect(compactIn(world)).rejects.toMatchObject({
    code: "transient",
    message: expect.stringContaining("oura (refresh)") as string,
  });
  expect(commitsOf(world)).toHaveLength(before);
});

describe("a compaction", () => {
  it("that a writer overtakes changes nothing, and loses nothing that was written", async () => {
    const world = await refreshedOnce();
    let struck = false;
    world.sandbox.github.faults.before(SWAP, async () => {
      if (struck) return;
      struck = true;
      await world.refresh({ when: "forced" });
    });
    await expect(compactIn(world)).rejects.toMatchObject({
      code: "transient",
      hint: "run again: sealring log --compact",
    });
    expect([commitsOf(world).length, world.entry().generation]).toEqual([6, 3]);
    expect((await compactIn(world)).results).toMatchObject([{ outcome: "compacted" }]);
  });

  it("whose answer is lost is found to be done", async () => {
    const world = await refreshedOnce();
    world.sandbox.github.faults.fail(SWAP, { kind: "lose_answer" });
    expect((await compactIn(world)).results).toMatchObject([{ outcome: "compacted" }]);
    expect(commitsOf(world)).toHaveLength(1);
  });

  it("whose answer is lost is found to be done under what another has written since", async () => {
    const world = await refreshedOnce();
    world.sandbox.github.faults.fail(SWAP, { kind: "lose_answer" });
    world.sandbox.github.faults.after(SWAP, async () => {
      await world.refresh({ when: "forced" });
    });
    expect((await compactIn(world)).results).toMatchObject([{ outcome: "compacted" }]);
    expect(commitsOf(world)).toHaveLength(3);
  });

  it("that never reached GitHub changed nothing, and says so", async () => {
    const world = await refreshedOnce();
    world.sandbox.github.faults.fail(SWAP, { kind: "drop_request" });
    await expect(compactIn(world)).rejects.toMatchObject({ code: "transient" });
    expect(commitsOf(world)).toHaveLength(4);
  });
});

describe("a run that is overtaken by a compaction", () => {
  it("reads again, and refreshes as if nothing had been", async () => {
    const world = await refreshedOnce();
    let struck = 0;
    world.sandbox.github.faults.before("git/update-ref", async () => {
      struck += 1;
      if (struck % 2 === 1) await compactAtOnce(world);
    });
    expect((await world.refresh({ when: "forced" })).results).toMatchObject([
      { outcome: "refreshed", generation: 3 },
    ]);
    expect(world.refreshes()).toBe(2);
    expect(await world.outputWorks()).toBe(true);
  });

  it("finds its own write, whose answer was lost, though the commit is gone", async () => {
    const world = await refreshedOnce();
    world.sandbox.github.faults.fail("git/update-ref", { kind: "lose_answer" }, 2);
    world.sandbox.github.faults.after("git/update-ref", () => compactAtOnce(world));
    expect((await world.refresh({ when: "forced" })).results).toMatchObject([
      { outcome: "refreshed", generation: 3 },
    ]);
    expect([world.refreshes(), commitsOf(world).length]).toEqual([2, 1]);
  });
});
