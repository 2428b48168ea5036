import { describe, expect, test } from "vitest";
import { faultsAsAnnotations } from "../../src/report/faults-github.ts";
import { fault } from "./faults.ts";

describe("faults as annotations", () => {
  test("are an error command on a line each", () => {
    expect(faultsAsAnnotations([fault(), fault({ line: 1, endLine: 2 })])).toBe(
      [
        "::error file=credentials/oura.yaml,line=3,endLine=3,col=11,endColumn=14,title=sealring unknown-provider::`ouro` is not in the catalogue%0Ahint: did you mean `oura`?",
        "::error file=credentials/oura.yaml,line=1,endLine=2,title=sealring unknown-provider::`ouro` is not in the catalogue%0Ahint: did you mean `oura`?",
        "",
      ].join("\n"),
    );
  });

  test("cannot be broken out of by what is in a file or its name", () => {
    const hostile = fault({
      file: "a,line=1::b%0A.yaml",
      message: "x\r\n::add-mask::y",
      hint: "%0A::stop-commands::z",
    });
    const text = faultsAsAnnotations([hostile]);
    expect(text.split("\n")).toHaveLength(2);
    expect(text).toContain("file=a%2Cline=1%3A%3Ab%250A.yaml,line=3");
    expect(text).toContain("x%0D%0A::add-mask::y%0Ahint: %250A::stop-commands::z");
  });
});
