import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { RULES } from "../../src/declaration/fault.ts";
import { faultsAsSarif } from "../../src/report/faults-sarif.ts";
import { fault } from "./faults.ts";

/** The published schema (see test/fixtures/README.md), written for draft 4; what it uses of that means the same in draft 7 but for the name of its id. */
const SCHEMA = new URL("../fixtures/sarif-2.1.0-rtm.5.json", import.meta.url);

const validate = (() => {
  const { id, $schema, ...schema } = JSON.parse(readFileSync(SCHEMA, "utf8")) as Record<string, unknown>;
  expect($schema).toContain("draft-04");
  const ajv = new Ajv({
    strict: false,
    unicodeRegExp: false,
    allErrors: true,
    formats: { uri: URL.canParse, "uri-reference": isReference, "date-time": true },
  });
  return ajv.compile({ ...schema, $id: String(id) });
})();

/** RFC 3986 §4.1: only these characters, and no colon before the first slash of a relative one. */
function isReference(text: string): boolean {
  return /^(?:[A-Za-z][A-Za-z0-9+.-]*:|[^:/]*(?:\/|$))(?:[A-Za-z0-9._~:/?#[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*$/u.test(
    text,
  );
}

interface Log {
  readonly runs: readonly {
    readonly results: readonly {
      readonly ruleIndex: number;
      readonly ruleId: string;
      readonly locations: readonly [
        { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } },
      ];
    }[];
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
  }[];
}

describe("faults as SARIF", () => {
  test.each([
    ["no fault", []],
    ["two faults", [fault(), fault({ rule: "schedule", file: "sealring.yaml" })]],
    ["a file with an odd name", [fault({ file: "a b:c/ü%\ufffd[x].yaml" })]],
  ])("are valid by the official schema with %s", (_, faults) => {
    expect(validate(JSON.parse(faultsAsSarif(faults, "0.1.0"))), JSON.stringify(validate.errors)).toBe(true);
  });

  test("would not be valid with a line 0, so the schema is in force", () => {
    expect(validate(JSON.parse(faultsAsSarif([fault({ line: 0 })], "0.1.0")))).toBe(false);
  });

  test("name their rules, which are all described", () => {
    const log = JSON.parse(faultsAsSarif([fault()], "0.1.0")) as Log;
    const [run] = log.runs;
    const [result] = run?.results ?? [];
    expect(run?.tool.driver.rules.map(({ id }) => id)).toEqual(Object.keys(RULES));
    expect(run?.tool.driver.rules[result?.ruleIndex ?? -1]?.id).toBe("unknown-provider");
  });

  test("write a file's name as a relative reference", () => {
    const log = JSON.parse(faultsAsSarif([fault({ file: "a:b/c d.yaml" })], "0.1.0")) as Log;
    expect(log.runs[0]?.results[0]?.locations[0].physicalLocation.artifactLocation.uri).toBe(
      "a%3Ab/c%20d.yaml",
    );
  });
});
