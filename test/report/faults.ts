import type { Fault } from "../../src/declaration/fault.ts";

export function fault(changed: Partial<Fault> = {}): Fault {
  return {
    file: "credentials/oura.yaml",
    line: 3,
    column: 11,
    endLine: 3,
    endColumn: 15,
    rule: "unknown-provider",
    message: "`ouro` is not in the catalogue",
    hint: "did you mean `oura`?",
    frame: "  3 | provider: ouro\n    |           ^^^^",
    ...changed,
  };
}
