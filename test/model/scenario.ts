import type { Credential } from "../../src/declaration/credential.ts";
import type { Provider as DeclaredProvider } from "../../src/providers/provider.ts";
import { explore } from "./explore.ts";
import type { Explored } from "./explore.ts";
import { GRACE_SECONDS } from "./provider.ts";
import type { Provider, ServerRotation } from "./provider.ts";
import { credentialOf } from "./setting.ts";
import type { Broken } from "./start.ts";
import { begun } from "./begin.ts";
import { stepsOf } from "./steps.ts";
import { NONE } from "./texts.ts";
import { jobOf, NOTHING } from "./world.ts";
import type { Left, World } from "./world.ts";

/** What is explored: a provider, how much may happen, and a part that is broken. */
export interface Scenario {
  readonly rotation: ServerRotation;
  readonly left: Partial<Left>;
  readonly broken?: Broken;
  /** Of access tokens after the first. */
  readonly lifetimes?: Provider["lifetimes"];
}

/** Explores everything that can happen to a credential which was authorized once. */
export async function exploreScenario(scenario: Scenario): Promise<Explored> {
  const { rotation, left, broken } = scenario;
  const declared = broken === "blind_retry" ? "none" : rotation;
  const credential = credentialOf(declaredAs(declared));
  const world = await authorized(emptyWorld(scenario), credential);
  return explore({ ...world, left: { ...NOTHING, ...left } }, credential);
}

function declaredAs(kind: ServerRotation): Pick<DeclaredProvider, "rotation" | "reuse"> {
  if (kind === "harmless") return { rotation: { kind: "single_use" }, reuse: "harmless" };
  const rotation = kind === "grace" ? ({ kind, seconds: GRACE_SECONDS } as const) : ({ kind } as const);
  return { rotation, reuse: "unknown" };
}

function emptyWorld({ rotation, broken, lifetimes = "only_first_short" }: Scenario): World {
  return {
    ...{ broken, now: 0, envelope: NONE, output: 0, home: NONE, jobs: [], left: NOTHING },
    ...{ delivered: 0, excused: 0, sent: {} },
    provider: {
      ...{ rotation, lifetimes, issued: 0, first: 0, live: 0, before: 0, usedAt: 0, state: "none" },
    },
    branch: { entry: NONE, box: NONE },
    down: { store: false, journal: false },
  };
}

/** The world after a person has authorized the credential, with nothing in the way. */
async function authorized(empty: World, credential: Credential): Promise<World> {
  let { world } = await begun(empty, "authorize", credential);
  while (jobOf(world, 1).state !== "over") {
    const [step] = await stepsOf(world, jobOf(world, 1));
    if (step === undefined) throw new Error("the first authorization is stuck");
    ({ world } = step);
  }
  return world;
}
