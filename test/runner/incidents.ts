import type { SandboxRequest } from "../../src/sandbox/faults.ts";
import type { RunReport, Trigger } from "./actions.ts";
import type { RunnerWorld } from "./world.ts";

/** What happens around one scheduled run, in the place of the run alone. Gives what ran. */
export type Incident = (world: RunnerWorld) => Promise<readonly RunReport[]>;

export const SCHEDULED: Trigger = { event: "schedule", workflowFile: "sealring.yml" };

const BY_HAND: Trigger = { event: "workflow_dispatch", workflowFile: "sealring.yml" };

const unavailable = () => Response.json({ message: "Service unavailable" }, { status: 503 });
const down = { kind: "answer_instead", answer: unavailable } as const;

const isSecretsService = ({ operation }: SandboxRequest) => /-secret$|-public-key$|-secrets$/.test(operation);
const isEnvelope = ({ method, target }: SandboxRequest) =>
  method === "PUT" && target.includes("/secrets/SEALRING_CREDENTIAL_");
const isGitData = ({ operation }: SandboxRequest) => operation.startsWith("git/") || operation === "graphql";
const isRefMove = ({ operation }: SandboxRequest) => operation === "git/update-ref";

function scheduled(prepare: (world: RunnerWorld) => void): Incident {
  return async (world) => {
    prepare(world);
    const report = await world.actions.run(SCHEDULED);
    return [report];
  };
}

/** What befalls everybody who is on a machine when it happens first. */
function onEvery(world: RunnerWorld, what: "lose" | "cancel"): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    for (const { run, machine } of world.actions.live) {
      if (what === "lose") machine.lose();
      else world.actions.cancel(run);
    }
  };
}

/** Every misfortune by its name. */
export const INCIDENTS: Readonly<Record<string, Incident>> = {
  "nothing happens": scheduled(() => undefined),
  "the provider answers 503": scheduled(({ provider }) => {
    provider.faults.fail("token", down, Infinity);
  }),
  "the provider drops every connection": scheduled(({ provider }) => {
    provider.faults.fail("token", { kind: "drop_request" }, Infinity);
  }),
  "the secrets service is down": scheduled(({ github }) => {
    github.faults.fail(isSecretsService, down, Infinity);
  }),
  "the secrets service goes down when a token is spent": scheduled(({ github }) => {
    github.faults.fail(isEnvelope, down, Infinity);
  }),
  "the journal's service is down": scheduled(({ github }) => {
    github.faults.fail(isGitData, down, Infinity);
  }),
  "secrets service and journal go down when a token is spent": scheduled(({ github, provider }) => {
    provider.faults.after("token", () => {
      github.faults.fail(isEnvelope, down, Infinity);
      github.faults.fail(isGitData, down, Infinity);
    });
  }),
  "the run is cancelled when a token is spent": scheduled((world) => {
    world.provider.faults.after("token", onEvery(world, "cancel"));
  }),
  "the run is cancelled while the store is down": scheduled((world) => {
    world.github.faults.fail(isEnvelope, down, Infinity);
    world.provider.faults.after("token", onEvery(world, "cancel"));
  }),
  "the machine is lost when the intent is written": scheduled((world) => {
    world.github.faults.after(isRefMove, onEvery(world, "lose"));
  }),
  // One credential alone: another's answer could be on its way, and be lost with the machine for good.
  "the machine is lost when the envelope is stored": async (world) => {
    world.github.faults.after(isEnvelope, onEvery(world, "lose"));
    const inputs = { command: "refresh", credential: "whoop", force: "true" };
    return [await world.actions.run({ ...BY_HAND, inputs })];
  },
  "two runs are started by hand, beside the schedule": async ({ actions }) => {
    const byHand = { ...BY_HAND, inputs: { command: "refresh", force: "true" } };
    return Promise.all([actions.run(SCHEDULED), actions.run(byHand), actions.run(byHand)]);
  },
  "a run fails, and somebody runs its failed jobs again": async (world) => {
    world.github.faults.fail(isSecretsService, down, Infinity);
    const first = await world.actions.run(SCHEDULED);
    world.calm();
    world.clock.pass(20 * 60_000);
    return [first, await world.actions.rerunFailed(first)];
  },
};
