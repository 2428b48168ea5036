import { expect, it } from "vitest";
import { runProviders } from "../../src/cli/providers.ts";
import type { Host } from "../../src/cli/host.ts";

/** `providers` prints, and asks the process for nothing else. */
function printed(...args: readonly string[]): string {
  const said: string[] = [];
  const host = { columns: 80, out: (text: string) => void said.push(text) } as unknown as Host;
  runProviders(host, { directory: ".", format: "text", noInput: true, verbose: false }, args);
  return said.join("");
}

it("an id alone, in capitals or not, is shown", () => {
  expect(printed("Slack")).toBe(printed("show", "slack"));
  expect(printed("oura")).toMatch(/^Oura Ring \(oura\)/);
});

it("what is neither an id nor a word of the command is a mistake", () => {
  expect(() => printed("uora")).toThrow(expect.objectContaining({ code: "usage" }));
  expect(() => printed("oura", "daily")).toThrow(expect.objectContaining({ code: "usage" }));
});
