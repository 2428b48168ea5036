import { describe, expect, test } from "vitest";
import { faultsAsText } from "../../src/report/faults-text.ts";
import { fault } from "./faults.ts";

describe("faults as text", () => {
  test("say where, what and how to go on, and how many there are", () => {
    expect(faultsAsText([fault(), fault({ line: 5, frame: "" })], 1, { colour: "never" })).toBe(
      [
        "credentials/oura.yaml:3:11: error unknown-provider",
        "  `ouro` is not in the catalogue",
        "  3 | provider: ouro",
        "    |           ^^^^",
        "  hint: did you mean `oura`?",
        "",
        "credentials/oura.yaml:5:11: error unknown-provider",
        "  `ouro` is not in the catalogue",
        "  hint: did you mean `oura`?",
        "",
        "1 file checked: 2 faults",
        "",
      ].join("\n"),
    );
  });

  test("are none where there are none", () => {
    expect(faultsAsText([], 2, { colour: "always" })).toBe("2 files checked: no faults\n");
  });

  test("are wrapped at 80 columns", () => {
    const text = faultsAsText([fault({ message: "long ".repeat(60), hint: "also ".repeat(60) })], 1, {
      colour: "never",
    });
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    expect(text.match(/long/gu)).toHaveLength(60);
  });

  test("have colour only when told", () => {
    expect(faultsAsText([fault()], 1, { colour: "never" })).not.toContain("\u001b");
    expect(faultsAsText([fault()], 1, { colour: "always" })).toContain("\u001b[31merror\u001b[0m");
  });
});
