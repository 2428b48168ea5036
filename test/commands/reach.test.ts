import { expect, test } from "vitest";
import type { Ports } from "../../src/commands/context.ts";
import { doctor } from "../../src/commands/doctor.ts";
import { plan } from "../../src/commands/plan.ts";
import type { PlanPorts } from "../../src/commands/plan.ts";
import type { Purpose } from "../../src/github.ts";
import { World } from "../support/world.ts";

const PIPELINE = { kind: "repository", repository: "acme/pipeline", app: "actions" };

test.each([
  ["doctor", (ports: PlanPorts) => doctor(ports, { nodeVersion: "24.11.1", name: undefined })],
  ["plan", (ports: PlanPorts) => plan(ports, { mode: "show", orphans: "keep" })],
] as const)("%s reaches no more than the stores of the declared outputs", async (_, command) => {
  expect(await reachIn(command)).toEqual([PIPELINE]);
});

test("a plan that prunes reaches what is declared no longer", async () => {
  expect(await reachIn((ports) => plan(ports, { mode: "show", orphans: "prune" }))).toBeUndefined();
});

async function reachIn(command: (ports: PlanPorts) => Promise<unknown>): Promise<Purpose["reach"]> {
  const world = await World.create();
  world.declare({ name: "oura", destinations: ["{ repository: acme/pipeline }"] });
  const asked: (Purpose | undefined)[] = [];
  const connect: Ports["connect"] = async (_project, _repository, purpose) => {
    asked.push(purpose);
    return world.connect();
  };
  await world.within({ owner: "process", ports: { connect } }, ({ ports }) =>
    command({ ...ports, actionFiles: async () => [] }),
  );
  expect(asked).toHaveLength(1);
  return asked[0]?.reach;
}
