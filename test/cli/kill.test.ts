import { expect, it } from "vitest";
import { documentOf } from "../support/cli.ts";
import type { Ended } from "../support/cli.ts";
import type { World } from "../support/cli-world.ts";
import { authorizedWorld } from "../support/here.ts";
import type { Job } from "../support/cli-world.ts";
import type { Trap } from "../support/trap.ts";

/** A request of a refresh, by what it is for. */
const REQUESTS = {
  token: at("POST", /\/oauth-token$/),
  envelope: at("PUT", /\/secrets\/SEALRING_CREDENTIAL_OURA$/),
};

function at(method: string, path: RegExp): Trap["springs"] {
  return (arrival) => arrival.method === method && path.test(arrival.path);
}

interface Moment {
  readonly request: keyof typeof REQUESTS;
  readonly carriedOut: Trap["carriedOut"];
}

/** Kills a forced refresh in a job of its own at a moment, and ends the job as GitHub would. */
async function killedRefresh(world: World, { request, carriedOut }: Moment): Promise<Job> {
  const job = world.job();
  const running = world.start(["refresh", "--force"], job.env);
  world.set({ springs: REQUESTS[request], carriedOut, act: () => running.stop("SIGKILL") });
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

it.concurrent(
  "a box on a disk that outlives the process is replayed, and the run after publishes it",
  async (test) => {
    const world = await authorizedWorld(test);
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
  const world = await authorizedWorld(test);
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
  const world = await authorizedWorld(test);
  await killedRefresh(world, { request: "token", carriedOut });
  const probed = await world.inJob(["refresh", "--probe", "--json"]);
  expect(outcomeOf(probed)).toBe(outcome);
  expect(probed.exit).toBe(exit);
  const again = await world.inJob(["refresh", "--probe", "--json"]);
  expect(outcomeOf(again)).toBe(outcome === "refreshed" ? "fresh" : outcome);
  const [sent] = world.authorizationServer.refreshRequests().values();
  expect(sent).toBe(carriedOut === "yes" ? 2 : 1);
});
