import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documentOf } from "../support/cli.ts";
import type { Ended } from "../support/cli.ts";
import { World } from "../support/cli-world.ts";
import type { Job } from "../support/cli-world.ts";
import type { Arrival, Trap } from "../support/trap.ts";

/** A request of a refresh, by what it is for. The journal's come twice: for the intent, then for the commit. */
const REQUESTS = {
  canary: at("PUT", /\/environments\/sealring\/secrets\/SEALRING_CANARY$/),
  tree: at("POST", /\/git\/trees$/),
  commit: at("POST", /\/git\/commits$/),
  branch: at("PATCH", /\/git\/refs\//),
  token: at("POST", /\/oauth-token$/),
  envelope: at("PUT", /\/secrets\/SEALRING_CREDENTIAL_OURA$/),
  output: at("PUT", /\/secrets\/OURA_ACCESS_TOKEN$/),
};

function at(method: string, path: RegExp): Trap["springs"] {
  return (arrival) => arrival.method === method && path.test(arrival.path);
}

interface Moment {
  readonly request: keyof typeof REQUESTS;
  readonly carriedOut: Trap["carriedOut"];
  /** The second of its kind: after the spend. */
  readonly round?: 2;
}

/** Kills a forced refresh in a job of its own at a moment, and ends the job as GitHub would. */
async function killedRefresh(world: World, { request, carriedOut, round }: Moment): Promise<Job> {
  const job = world.job();
  const running = world.start(["refresh", "--force"], job.env);
  let seen = 0;
  const springs = (arrival: Arrival) => REQUESTS[request](arrival) && (seen += 1) === (round ?? 1);
  world.set({ springs, carriedOut, act: () => running.stop("SIGKILL") });
  expect((await running.ended).exit, "killed").toBeNull();
  world.endJob(job);
  return job;
}

function outcomeOf(ended: Ended): unknown {
  return documentOf(ended).results[0]?.["outcome"];
}

/** Every refresh token was sent once at most. */
function expectNoTokenSentTwice({ authorizationServer }: World): void {
  expect(Math.max(0, ...authorizationServer.refreshRequests().values())).toBeLessThanOrEqual(1);
}

describe("after a SIGKILL the next run goes on without a person", () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open();
    expect(await world.run(["authorize", "oura"])).toMatchObject({ exit: 0 });
  });
  afterAll(() => world.close());

  it.each<[string, Moment, next: string]>([
    ["before the canary is written", { request: "canary", carriedOut: "no" }, "refreshed"],
    ["after the canary is written", { request: "canary", carriedOut: "yes" }, "refreshed"],
    ["before the intent's tree is written", { request: "tree", carriedOut: "no" }, "refreshed"],
    ["after the intent's tree is written", { request: "tree", carriedOut: "yes" }, "refreshed"],
    ["after the intent's commit is written", { request: "commit", carriedOut: "yes" }, "refreshed"],
    ["before the intent is swapped in", { request: "branch", carriedOut: "no" }, "refreshed"],
    ["once the store has the envelope", { request: "envelope", carriedOut: "yes" }, "recovered"],
    ["before the output is written", { request: "output", carriedOut: "no" }, "recovered"],
    ["after the output is written", { request: "output", carriedOut: "yes" }, "recovered"],
    ["before the commit's tree is written", { request: "tree", carriedOut: "no", round: 2 }, "recovered"],
    ["before the commit is swapped in", { request: "branch", carriedOut: "no", round: 2 }, "recovered"],
    ["after the commit is swapped in", { request: "branch", carriedOut: "yes", round: 2 }, "refreshed"],
  ])("%s", async (_moment, moment, next) => {
    await killedRefresh(world, moment);
    const ended = await world.inJob(["refresh", "--force", "--json"]);
    expect(ended).toMatchObject({ exit: 0 });
    expect(outcomeOf(ended)).toBe(next);
    expectNoTokenSentTwice(world);
    expect(await world.consumersAreServed()).toBe(true);
  });
});

describe("when the answer may have been lost with the runner, a person is told, and the token is not sent again", () => {
  it.concurrent.for<[string, Moment]>([
    ["the intent was won", { request: "branch", carriedOut: "yes" }],
    ["the token request arrived", { request: "token", carriedOut: "no" }],
    ["the token request was answered", { request: "token", carriedOut: "yes" }],
    ["the store did not take the envelope", { request: "envelope", carriedOut: "no" }],
  ])("%s", async ([, moment], test) => {
    const world = await World.forTest(test);
    await world.run(["authorize", "oura"]);
    await killedRefresh(world, moment);
    const ended = await world.inJob(["refresh", "--json"]);
    expect(ended).toMatchObject({ exit: 4 });
    expect(outcomeOf(ended)).toBe("ambiguous");
    expectNoTokenSentTwice(world);
    expect(await world.consumersAreServed()).toBe(true);
  });
});

it.concurrent(
  "a box on a disk that outlives the process is replayed, and the run after publishes it",
  async (test) => {
    const world = await World.forTest(test);
    await world.run(["authorize", "oura"]);
    const killed = await killedRefresh(world, { request: "envelope", carriedOut: "no" });
    const { env } = world.job();
    const { RUNNER_TEMP } = killed.env;
    const recovered = await world.run(["recover", "--json"], { ...env, RUNNER_TEMP: RUNNER_TEMP ?? "" });
    expect(outcomeOf(recovered)).toBe("recovered");
    const next = await world.inJob(["refresh", "--json"]);
    expect(documentOf(next).results).toMatchObject([{ outcome: "fresh", generation: 2 }]);
    expect(await world.consumersAreServed()).toBe(true);
    expectNoTokenSentTwice(world);
  },
);

it.concurrent.for<[string, Trap["carriedOut"]]>([
  ["before the store has the box", "no"],
  ["once the store has the box", "yes"],
])("a recovery that is killed %s is ended by the next job", async ([, carriedOut], test) => {
  const world = await World.forTest(test);
  await world.run(["authorize", "oura"]);
  const killed = await killedRefresh(world, { request: "envelope", carriedOut: "no" });
  // A runner that is not thrown away: its disk has the box.
  const { RUNNER_TEMP = "" } = killed.env;
  const job = world.job();
  const running = world.start(["recover"], { ...job.env, RUNNER_TEMP });
  world.set({ springs: REQUESTS.envelope, carriedOut, act: () => running.stop("SIGKILL") });
  expect((await running.ended).exit, "killed").toBeNull();
  world.endJob(job);
  for (const outcome of carriedOut === "yes" ? ["recovered", "fresh"] : ["recovered", "fresh", "fresh"]) {
    const next = world.job();
    const ended = await world.run(["refresh", "--json"], { ...next.env, RUNNER_TEMP });
    world.endJob(next);
    expect(ended).toMatchObject({ exit: 0 });
    expect(outcomeOf(ended)).toBe(outcome);
  }
  expect(await world.consumersAreServed()).toBe(true);
  expectNoTokenSentTwice(world);
});

it.concurrent.for([
  ["a token that the server never saw brings the next one", "no", "refreshed", 0],
  ["a token that was used needs a person", "yes", "reauthorization_required", 4],
] as const)("after a kill `refresh --probe` tries once: %s", async ([, carriedOut, outcome, exit], test) => {
  const world = await World.forTest(test);
  await world.run(["authorize", "oura"]);
  await killedRefresh(world, { request: "token", carriedOut });
  const probed = await world.inJob(["refresh", "--probe", "--json"]);
  expect(outcomeOf(probed)).toBe(outcome);
  expect(probed.exit).toBe(exit);
  const again = await world.inJob(["refresh", "--probe", "--json"]);
  expect(outcomeOf(again)).toBe(outcome === "refreshed" ? "fresh" : outcome);
  const [sent] = world.authorizationServer.refreshRequests().values();
  expect(sent).toBe(carriedOut === "yes" ? 2 : 1);
});
