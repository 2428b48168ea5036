import { describe, expect, it, test } from "vitest";
import { ConsoleWorld } from "../support/console-world.ts";
import type { Visited } from "../support/console-world.ts";

const VAULT = { kind: "environment", repository: "acme/health-pipeline", environment: "vault" } as const;
const PROJECT = { "sealring.yaml": "version: 1\nenvironment: vault\n" };
const TYPED = "github_pat_typed_by_a_person";

/** Of a repository with one credential, for which nothing is made yet. */
async function fresh(): Promise<ConsoleWorld> {
  const opened = await ConsoleWorld.open(PROJECT);
  opened.declare({ name: "oura" });
  return opened;
}

/** The id of the plan that a page shows. */
function planIn({ text }: Visited): string {
  return /action="\/plan\/apply".*?name="plan" value="([^"]+)"/s.exec(text)?.[1] ?? "";
}

/** Applies the plan of a page, to its end; gives the page that tells of it. */
async function applied(opened: ConsoleWorld, page: Visited): Promise<Visited> {
  const answer = await opened.post("/plan/apply", [["plan", planIn(page)]]);
  expect(answer.status).toBe(303);
  await opened.console.operations.settled();
  return opened.get(answer.headers.get("location") ?? "");
}

/** What was asked of GitHub that may change something there. */
function writes({ world }: ConsoleWorld): readonly string[] {
  return world.sandbox.github.log
    .filter(({ method }) => method !== "GET")
    .map(({ method, target }) => `${method} ${target}`);
}

function typing(opened: ConsoleWorld, page: Visited, value = TYPED): Promise<Visited> {
  return opened.post("/plan/secrets", [
    ["plan", planIn(page)],
    ["secret:SEALRING_GITHUB_TOKEN", value],
  ]);
}

describe("the plan's page", () => {
  it("shows what is to be made, and writes nothing", async () => {
    const opened = await fresh();
    const { status, text } = await opened.get("/plan");
    expect(status).toBe(200);
    for (const shown of [
      "environment vault, open to main only",
      "OURA_CLIENT_SECRET in environment vault of acme/health-pipeline, given here",
      ".github/workflows/sealring.yml",
      "the action in .github/actions/sealring (1 file to write)",
      "oura is not authorized yet",
      'href="/credentials/oura/authorize"',
      "Make these 4 changes",
    ])
      expect(text).toContain(shown);
    expect(writes(opened)).toEqual([]);
    expect(() => opened.read(".github/workflows/sealring.yml")).toThrow("ENOENT");
  });

  it("is applied, and then has nothing left but what a person does", async () => {
    const opened = await fresh();
    const { text } = await applied(opened, await opened.get("/plan"));
    expect(text).toContain("Applied: 4 added, 0 changed, 0 removed.");
    expect(opened.read(".github/workflows/sealring.yml")).toContain("sealring");
    expect(opened.world.sandbox.github.revealSecrets(VAULT).has("OURA_CLIENT_SECRET")).toBe(true);
    expect(text).toContain("Nothing to do for apply: 2 for a person.");
    expect(text).not.toContain('action="/plan/apply"');
  });
});
