import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { example, EXAMPLES, textOf } from "./examples.ts";
import { asYaml } from "./readers.ts";
import type { JobText, StepText } from "./readers.ts";

/**
 * The rules of https://docs.zizmor.sh/audits that a generated workflow could break, by their names. Not here: those about
 * other files (dependabot-*), other languages' packages, or what only GitHub can tell (impostor-commit, ref-confusion,
 * known-vulnerable-actions, …). `self-repository` asks for `$/` instead of `./`, which a GitHub Enterprise Server does not
 * know yet; `secrets-outside-env` is broken where a project says `environment: null`, on purpose.
 */
const WORKFLOWS = [
  ...EXAMPLES.map(([name, declared]) => ({ name, text: textOf(declared) })),
  { name: "this repository", text: readFileSync(".github/workflows/sealring.yml", "utf8") },
].map((workflow) => ({ ...workflow, ...partsOf(workflow.text) }));

function partsOf(text: string) {
  const workflow = asYaml(text);
  const jobs: readonly JobText[] = Object.values(workflow.jobs);
  const steps: readonly StepText[] = jobs.flatMap((job) => job.steps ?? []);
  const expressions = [...text.matchAll(/\$\{\{(.*?)\}\}/gs)].map(([, inside = ""]) => inside.trim());
  return { workflow, jobs, steps, expressions };
}

const SECRET = /^secrets\.[A-Z_][A-Z0-9_]*$/;

test.each(WORKFLOWS)("unpinned-uses: $name names every action by its commit", ({ steps }) => {
  const used = steps.flatMap(({ uses }) => uses ?? []).filter((uses) => !uses.startsWith("./"));
  expect(used.length).toBeGreaterThan(1);
  for (const uses of used) expect(uses).toMatch(/^[a-z-]+\/[a-z-]+@[0-9a-f]{40}$/);
});

test.each(WORKFLOWS)("ref-version-mismatch: $name says the version of each", ({ text }) => {
  const lines = text.split("\n").filter((line) => line.includes("uses: actions/"));
  for (const line of lines) expect(line).toMatch(/@[0-9a-f]{40} # v[0-9]+\.[0-9]+\.[0-9]+$/);
});

test.each(WORKFLOWS)("excessive-permissions: $name gives none but to jobs", ({ text, workflow, jobs }) => {
  expect(workflow.permissions).toEqual({});
  // Where an App signs in, the job's own token has nothing to write.
  const needed = text.includes("SEALRING_APP_KEY")
    ? { contents: "read" }
    : { contents: "write", actions: "write", issues: "write" };
  for (const { permissions } of jobs) expect(permissions).toEqual(needed);
});

test.each(WORKFLOWS)("undocumented-permissions: $name says what each is for", ({ text }) => {
  const lines = text.split("\n").filter((line) => /^ +[a-z-]+: (?:read|write)\b/.test(line));
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) expect(line).toMatch(/: (?:read|write) # \S/);
});

test.each(WORKFLOWS)("template-injection: $name puts no expression into a script", ({ steps }) => {
  const scripts = steps.flatMap(({ run }) => run ?? []);
  expect(scripts.length).toBeGreaterThan(1);
  for (const script of scripts) expect(script).not.toContain("${{");
});

test.each(WORKFLOWS)("artipacked: $name leaves no token in the checkout", ({ steps }) => {
  const checkouts = steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
  expect(checkouts).not.toEqual([]);
  for (const { with: given } of checkouts) expect(given).toMatchObject({ "persist-credentials": false });
});

test.each(WORKFLOWS)("overprovisioned-secrets: $name asks for secrets by their names", ({ expressions }) => {
  const asking = expressions.filter((expression) => /\bsecrets\b/.test(expression));
  expect(asking).not.toEqual([]);
  for (const expression of asking) expect(expression).toMatch(SECRET);
});

test.each(WORKFLOWS)("unredacted-secrets: $name takes no secret apart", ({ expressions }) => {
  for (const expression of expressions) expect(expression).not.toMatch(/fromJSON\(\s*secrets/i);
});

test.each(WORKFLOWS)("secrets-inherit: $name calls no other workflow", ({ jobs, text }) => {
  expect(jobs.filter(({ uses }) => uses !== undefined)).toEqual([]);
  expect(text).not.toMatch(/secrets: *inherit/);
});

test.each(WORKFLOWS.filter(({ name }) => name !== "several environments"))(
  "secrets-outside-env: $name has its secrets in an environment",
  ({ jobs }) => {
    for (const { environment } of jobs) expect(environment).toBe("sealring");
  },
);

test("secrets-outside-env: only the job of `environment: null` has none", () => {
  const { jobs } = partsOf(textOf(example("several environments")));
  expect(jobs.map(({ environment }) => environment)).toEqual([undefined, "Health data (EU)", "lamps"]);
});

test.each(WORKFLOWS)("dangerous-triggers: $name starts on nothing that a stranger does", ({ workflow }) => {
  expect(Object.keys(workflow.on)).toEqual(["schedule", "workflow_dispatch", "workflow_call"]);
});

test.each(WORKFLOWS)("cache-poisoning: $name uses no cache", ({ text }) => {
  expect(text).not.toMatch(/cache/);
});

test.each(WORKFLOWS)(
  "hardcoded-container-credentials, unpinned-images: $name has no container",
  ({ text }) => {
    expect(text).not.toMatch(/^ +(container|services|image|credentials):/m);
  },
);

test.each(WORKFLOWS)("self-hosted-runner: $name runs on GitHub's runners", ({ jobs }) => {
  for (const job of jobs) expect(job["runs-on"]).toBe("ubuntu-latest");
});

test.each(WORKFLOWS)(
  "concurrency-limits: $name says of each job whether the next one cancels it",
  ({ jobs }) => {
    for (const { concurrency } of jobs) expect(concurrency).toMatchObject({ "cancel-in-progress": false });
  },
);

test.each(WORKFLOWS)(
  "anonymous-definition: $name, its jobs and its scripts have names",
  ({ workflow, jobs, steps }) => {
    for (const { name } of [workflow, ...jobs, ...steps.filter(({ run }) => run !== undefined)])
      expect(name).toMatch(/\S/);
  },
);

test.each(WORKFLOWS)(
  "obfuscation: $name writes paths and expressions as they are",
  ({ steps, expressions }) => {
    for (const { uses = "" } of steps) expect(uses.slice(2)).not.toMatch(/\/\/|(^|\/)\.\.?(\/|$)/);
    for (const expression of expressions) expect(expression).not.toMatch(/format\(|toJSON\(/i);
  },
);

test.each(WORKFLOWS)("github-env, insecure-commands: $name sets no variables for later steps", ({ text }) => {
  expect(text).not.toMatch(/GITHUB_(ENV|PATH|OUTPUT)|ACTIONS_ALLOW_UNSECURE_COMMANDS|::set-/);
});

test.each(WORKFLOWS)("misfeature: $name uses the runner's own shell", ({ steps }) => {
  expect(steps.filter(({ shell }) => shell !== undefined)).toEqual([]);
});

test.each(WORKFLOWS)(
  "adhoc-packages, unpinned-tools, use-trusted-publishing: $name installs and publishes nothing",
  ({ steps }) => {
    for (const { run = "" } of steps) expect(run).not.toMatch(/\b(npm|npx|pip|gem|curl|wget|apt-get)\b/);
  },
);

test.each(WORKFLOWS)("insecure-url-scheme: $name has no address", ({ text }) => {
  expect(text).not.toMatch(/http:\/\//);
});

test.each(WORKFLOWS)(
  "bot-conditions, unsound-ternary: $name believes nobody's name, and has no empty middle",
  ({ expressions }) => {
    for (const expression of expressions)
      expect(expression).not.toMatch(/github\.actor|&& *(''|0|false) *\|\|/);
  },
);

test.each(WORKFLOWS)("unsound-condition: $name has its conditions in one line", ({ jobs, steps }) => {
  for (const { if: condition = "" } of [...jobs, ...steps]) {
    expect(condition).not.toContain("\n");
    if (condition.includes("${{")) expect(condition).toMatch(/^\$\{\{.*\}\}$/);
  }
});

test.each(WORKFLOWS)("unsound-contains: $name looks for a name in a list of names", ({ expressions }) => {
  for (const expression of expressions.filter((known) => known.includes("contains("))) {
    const [, list = "[]"] = /contains\(fromJSON\('(.*?)'\), inputs\.credential\)/.exec(expression) ?? [];
    expect(JSON.parse(list)).not.toEqual([]);
  }
});

test.each(WORKFLOWS)("github-app: $name makes no token of an App for its steps", ({ steps }) => {
  expect(steps.filter(({ uses }) => uses?.includes("create-github-app-token"))).toEqual([]);
});
