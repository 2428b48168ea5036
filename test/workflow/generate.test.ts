import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { generateWorkflows, jobPlaces } from "../../src/workflow/generate.ts";
import type { Declared } from "../../src/workflow/source.ts";
import { credentialFile, declaredBy, example, EXAMPLES, textOf } from "./examples.ts";
import { asGitHub, asYaml, lint } from "./readers.ts";

describe.each(EXAMPLES)("the workflow of %s", (_name, declared) => {
  test("is one that GitHub's own parser takes", async () => {
    expect((await asGitHub(textOf(declared))).errors).toEqual([]);
  });

  test("is one that actionlint finds nothing wrong with", async () => {
    expect(await lint(textOf(declared))).toEqual([]);
  });

  test("is the same in whatever order the credentials come", () => {
    const shuffled = fc.shuffledSubarray([...declared.credentials], {
      minLength: declared.credentials.length,
    });
    fc.assert(
      fc.property(shuffled, (credentials) => textOf({ ...declared, credentials }) === textOf(declared)),
    );
  });

  test("has every job in the environment of its credentials, and gives it their secrets", () => {
    const jobs = Object.values(asYaml(textOf(declared)).jobs);
    for (const { environment, name } of declared.credentials) {
      const own = jobs.filter((job) => job.environment === (environment ?? undefined));
      const secret = `SEALRING_CREDENTIAL_${name.toUpperCase().replaceAll("-", "_")}`;
      const given = own.flatMap(({ steps = [] }) => steps.map(({ env }) => env?.[secret]));
      expect(given).toContain(`\${{ secrets.${secret} }}`);
    }
  });
});

test("both readers see what is wrong with a workflow", async () => {
  const wrong = textOf(example("one credential")).replace("timeout-minutes: 45", "timeout: 45");
  expect((await asGitHub(wrong)).errors).not.toEqual([]);
  expect(await lint(wrong)).not.toEqual([]);
});

test("no credential, no workflow", () => {
  expect(generateWorkflows({ ...example("one credential"), credentials: [] })).toEqual([]);
});

test("a client secret of several credentials is given once", () => {
  const [job] = Object.values(asYaml(textOf(example("several environments"))).jobs);
  expect(Object.keys(job?.steps?.[2]?.env ?? {})).toEqual([
    ...["SEALRING_COMMAND", "SEALRING_NAME", "SEALRING_FORCE", "SEALRING_ENVIRONMENT"],
    ...["SEALRING_APP_KEY", "SEALRING_JOB_ID"],
    ...["SEALRING_CREDENTIAL_OURA", "SEALRING_CREDENTIAL_OURA_2", "OURA_CLIENT_SECRET"],
  ]);
});

test("where an App signs in, a device grant's two steps still share a token to seal by", () => {
  const steps = Object.values(asYaml(textOf(example("several environments"))).jobs).flatMap(
    (job) => job.steps ?? [],
  );
  const withToken = steps.filter(({ env }) => env !== undefined && "GITHUB_TOKEN" in env);
  expect(withToken.map(({ run }) => /--part (\w+)/.exec(run ?? "")?.[1])).toEqual(["request", "finish"]);
});

test("jobs run one after the other, whether or not the one before failed", () => {
  const jobs = Object.entries(asYaml(textOf(example("several environments"))).jobs);
  expect(jobs).toHaveLength(3);
  for (const [index, [, { needs, if: condition }]] of jobs.entries()) {
    expect(needs).toBe(jobs[index - 1]?.[0]);
    expect(condition?.includes("!cancelled()")).toBe(index > 0);
  }
});

test("a run is never cut off, and on a server that cannot queue runs none is asked to", () => {
  const group = "sealring-environment-sealring";
  for (const [name, queue] of [
    ["one credential", { queue: "max" }],
    ["a GitHub Enterprise Server", {}],
  ] as const) {
    const [job] = Object.values(asYaml(textOf(example(name))).jobs);
    expect(job?.concurrency).toEqual({ group, "cancel-in-progress": false, ...queue });
  }
});

test("only a workflow with a device grant can authorize, in the job of that credential", () => {
  const steps = (name: string) =>
    Object.values(asYaml(textOf(example(name))).jobs).map(
      ({ steps: all = [] }) => all.filter((step) => step.if === "inputs.command == 'authorize'").length,
    );
  expect(steps("several environments")).toEqual([0, 0, 2]);
  expect(steps("one credential")).toEqual([0]);
  expect(textOf(example("several environments"))).toContain("revoke, authorize]");
  expect(textOf(example("one credential"))).not.toContain("authorize]");
});

/** As many credentials as an environment takes, in each of so many. */
function large(environments: number, each: number): Declared {
  const [credential] = example("one credential").credentials;
  if (credential === undefined) throw new Error("there is one");
  const credentials = Array.from({ length: environments * each }, (_, index) => {
    const name = `credential-with-quite-a-long-name-${String(index).padStart(6, "0")}`;
    const secretName = `${name.toUpperCase().replaceAll("-", "_")}_CLIENT_SECRET`;
    const environment = `sealring-${String(index % environments)}`;
    return { ...credential, name, environment, client: { id: "4c1b7a", secretName } };
  });
  return { ...example("one credential"), credentials };
}

describe("more than a file takes", () => {
  const declared = large(300, 1);
  const files = generateWorkflows(declared);

  test("goes into several, each inside GitHub's limits, with every environment once", async () => {
    for (const { environments, path, text } of [...files, ...generateWorkflows(large(20, 49))]) {
      expect(environments.length, path).toBeLessThanOrEqual(256);
      expect(Buffer.byteLength(text), path).toBeLessThan(500_000);
    }
    expect(files.map(({ path }) => path.split("/").at(-1))).toEqual([
      "sealring.yml",
      "sealring-2.yml",
      "sealring-3.yml",
    ]);
    const all = files.flatMap(({ environments }) => environments);
    expect(all.toSorted()).toEqual(
      [...new Set(declared.credentials.map((own) => own.environment))].toSorted(),
    );
    expect((await asGitHub(files.at(-1)?.text ?? "")).errors).toEqual([]);
  });

  test("starts at a minute of its own in each", () => {
    const crons = files.map(({ text }) => /cron: "(.*?)"/.exec(text)?.[1]);
    expect(new Set(crons).size).toBe(files.length);
    const places = jobPlaces(declared);
    for (const [index, { environments, path }] of files.entries()) {
      const place = { file: path.slice(".github/workflows/".length), schedule: crons[index] };
      for (const environment of environments) expect(places.get(environment)).toEqual(place);
    }
    const [last = null] = files.at(-1)?.environments ?? [];
    expect(jobPlaces(declared).get(last)?.file).toBe("sealring-3.yml");
  });

  test("takes turns with the others, because they share one token; a lone file needs not", () => {
    for (const { text } of files) {
      expect(asYaml(text).concurrency).toEqual({
        ...{ group: "sealring", "cancel-in-progress": false, queue: "max" },
      });
    }
    expect(asYaml(textOf(example("several environments"))).concurrency).toBeUndefined();
  });
});

/** Environments as anybody may write them, and worse: GitHub and the schema refuse some of these. */
const HOSTILE = fc
  .oneof(
    fc.string({ unit: "binary", minLength: 1 }),
    fc
      .array(
        fc.constantFrom(
          "${{",
          "}}",
          " secrets.A ",
          "'",
          '"',
          "\n",
          "\r",
          "\u0085",
          "\u2028",
          "#",
          ": ",
          "\\",
          "$",
          "a",
          "{0}",
          "%",
        ),
        { minLength: 1, maxLength: 12 },
      )
      .map((parts) => parts.join("")),
  )
  .filter((name) => !/\p{Surrogate}/u.test(name));

const LITERAL = " '${{' ";

/** What a text comes to once GitHub has filled in its expressions; undefined where one is more than a text. */
function filled(text: string): string | undefined {
  const expressions = [...text.matchAll(/\$\{\{(.*?)\}\}/gsu)].map(([, inside]) => inside);
  return expressions.every((inside) => inside === LITERAL)
    ? text.replaceAll(`\${{${LITERAL}}}`, "${{")
    : undefined;
}

describe("an environment's name", () => {
  const [credential] = example("one credential").credentials;
  const withEnvironment = (environment: string): Declared => ({
    ...example("one credential"),
    credentials:
      credential === undefined
        ? []
        : [{ ...credential, environment, client: { id: environment, secretName: "A" } }],
  });

  test("stays a name, whatever is in it", () => {
    const normal = asYaml(textOf(withEnvironment("a")));
    fc.assert(
      fc.property(HOSTILE, (environment) => {
        const text = textOf(withEnvironment(environment));
        // A reader of YAML 1.1 takes some of these for the end of a line.
        expect(text).not.toMatch(/[\u007f-\u009f\u2028\u2029\ufeff]/u);
        const workflow = asYaml(text);
        const [job] = Object.values(workflow.jobs);
        const [own] = Object.values(normal.jobs);
        expect(filled(job?.environment ?? "")).toBe(environment);
        expect(filled(String(job?.concurrency?.["group"]))).toBe(`sealring-environment-${environment}`);
        expect(filled(job?.steps?.[2]?.env?.["SEALRING_ENVIRONMENT"] ?? "")).toBe(environment);
        expect(job?.steps?.map(({ run, uses, with: given }) => ({ run, uses, given }))).toEqual(
          own?.steps?.map(({ run, uses, with: given }) => ({ run, uses, given })),
        );
        expect(job?.permissions).toEqual(own?.permissions);
      }),
      { examples: [["${{ secrets.A }}"], ["a${${{{{"], ["}}\n  b:"]] },
    );
  });

  test("that looks like an expression is none to GitHub", async () => {
    const text = textOf(withEnvironment("${{ secrets.A }} {0}"));
    expect(await lint(text)).toEqual([]);
    const { template, errors } = await asGitHub(text);
    expect(errors).toEqual([]);
    // The only thing that is put into the text is another text.
    expect(JSON.stringify(template.jobs)).toContain(
      JSON.stringify("format('{0} secrets.A }}}} {{0}}', '${{')"),
    );
  });

  test("never gives two jobs one id", () => {
    fc.assert(
      fc.property(fc.uniqueArray(HOSTILE, { minLength: 2, maxLength: 5 }), (names) => {
        const credentials = names.flatMap((name) => withEnvironment(name).credentials);
        const text = textOf({ ...example("one credential"), credentials });
        expect(Object.keys(asYaml(text).jobs)).toHaveLength(names.length);
      }),
    );
  });
});

test("a declared name may be odd, and its job has a proper id", () => {
  const text = textOf(declaredBy(credentialFile("oura", { environment: "environment: Prod / EU (1)" })));
  expect(Object.keys(asYaml(text).jobs)[0]).toMatch(/^environment-prod-eu-1_[0-9a-f]{8}$/);
});
