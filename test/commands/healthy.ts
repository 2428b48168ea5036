import { doctor } from "../../src/commands/doctor.ts";
import { loadDeclarations } from "../../src/declaration/load.ts";
import type { Finding } from "../../src/doctor/finding.ts";
import type { GitHub } from "../../src/github.ts";
import type { TokenFacts } from "../../src/github-settings.ts";
import { generateWorkflows } from "../../src/workflow/generate.ts";
import { memoryFiles } from "../support/memory-files.ts";
import { World } from "../support/world.ts";
import type { JobOptions } from "../support/world.ts";

const NODE = "24.11.1";
const DAY_MILLISECONDS = 86_400_000;

type Settled = Pick<GitHub, "settings" | "tokens">;

/** A GitHub where all is well, but for what a test says. */
export function well(world: World, changes: Partial<Settled> = {}): NonNullable<JobOptions["github"]> {
  const facts: TokenFacts = {
    kind: "fine_grained",
    expiresAt: new Date(world.clock.now().getTime() + 90 * DAY_MILLISECONDS),
    serverTime: world.clock.now(),
  };
  const confined = { kind: "patterns", patterns: [{ id: 1, name: "main", type: "branch" }] } as const;
  return (real) => ({
    ...real,
    access: {
      webUrl: "https://github.com",
      tokenFrom: { secrets: "SEALRING_GITHUB_TOKEN", journal: "SEALRING_GITHUB_TOKEN" },
    },
    stores: {
      ...real.stores,
      room: async () => ({
        secrets: [{ name: "SEALRING_GITHUB_TOKEN", updatedAt: world.clock.now() }],
        requestsLeft: undefined,
      }),
    },
    tokens: { facts: async () => facts, may: async () => "yes" },
    settings: {
      repository: async () => ({ defaultBranch: "main", visibility: "private", archived: false }),
      environment: async () => ({ policy: confined, gates: [] }),
      confine: () => Promise.reject(new Error("doctor changes nothing")),
      file: async (path) => (path.endsWith("/action.yml") ? "" : pushed(world).get(path)),
    },
    runs: {
      ...real.runs,
      workflow: async () => ({ state: "active" }),
      lastScheduled: async () => ({ startedAt: world.clock.now(), conclusion: "success", url: "" }),
    },
    ...changes,
  });
}

/** The generated files, as somebody has pushed them. */
function pushed(world: World): ReadonlyMap<string, string> {
  const declared = [...world.declarations].map(([name, text]) => [`credentials/${name}.yaml`, text] as const);
  const files = memoryFiles(Object.fromEntries(declared));
  const { repository } = world;
  const { project, credentials } = loadDeclarations(files, { paths: [], environment: { repository } });
  const generated = generateWorkflows({ project, repository, credentials });
  return new Map(generated.map(({ path, text }) => [path, text]));
}

/** What `doctor` finds, of one credential where one is named. */
export async function diagnose(world: World, options: JobOptions & { readonly name?: string } = {}) {
  const github = options.github ?? well(world);
  const { name } = options;
  return world.within({ owner: "process", ...options, github }, ({ ports }) =>
    doctor(ports, { nodeVersion: NODE, name }),
  );
}

/** What is neither well nor left out. */
export function amiss(results: readonly Finding[]): readonly Finding[] {
  return results.filter(({ kind }) => kind !== "ok" && kind !== "skipped");
}

export async function worldWithOura(): Promise<World> {
  const world = await World.create();
  world.declare({ name: "oura" });
  return world;
}
