import { expect, test } from "vitest";
import { JobLog } from "./log.ts";
import { pairsIn } from "./runner-files.ts";

// docs.github.com, "Workflow commands for GitHub Actions".
test("the files of a step hold lines of NAME=value, and values of several lines between delimiters", () => {
  const text = "A=1\nB=x=y\nC<<END\none\ntwo\nEND\nD=\n";
  expect(pairsIn(text)).toEqual({ A: "1", B: "x=y", C: "one\ntwo", D: "" });
});

test("anything else in them fails the step", () => {
  expect(() => pairsIn("nonsense\n")).toThrow("Invalid format 'nonsense'");
  expect(() => pairsIn("A<<END\nnever ends\n")).toThrow("Matching delimiter not found");
});

test("what is masked is shown no more, each line of a secret alone, and a longer one before a shorter", () => {
  const log = new JobLog();
  log.mask("first-line\nsecond-line");
  log.take("::add-mask::token%250A");
  for (const line of ["a first-line", "second-line b", "token%0A", "::add-mask::x"]) log.take(line);
  expect(log.shown).toBe("a ***\n*** b\n***");
  expect(log.raw).toBe("a first-line\nsecond-line b\ntoken%0A");
});
