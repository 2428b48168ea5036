import { describe, expect, it } from "vitest";
import { undeclaredPrefix } from "../../src/oauth/scope-prefix.ts";
import { departing } from "../support/scripted-http.ts";

const inline = (declaration = {}) => ({ ...departing(declaration), id: "inline" });
const of = (scopes: readonly string[], known: readonly string[], provider = inline()) =>
  undeclaredPrefix({ scopes, provider }, known);

describe("a prefix that the server puts before every scope", () => {
  it("is found where each declared scope is there with it", () => {
    expect(of(["personal", "daily"], ["extapi:daily", "extapi:personal"])).toBe("extapi:");
    expect(of(["read"], ["openid", "https://id.example.com/auth/read"])).toBe("https://id.example.com/auth/");
  });

  it.each([
    ["one scope has another", ["personal", "daily"], ["extapi:personal", "other:daily"]],
    ["one is missing", ["personal", "daily"], ["extapi:personal"]],
    ["one is there as it is declared", ["openid", "daily"], ["openid", "x:openid", "x:daily"]],
    ["what stands before is a part of a word", ["only"], ["readonly"]],
    ["it is longer than a declaration may give", ["daily"], [`${"x".repeat(70)}:daily`]],
    ["it would act on a terminal", ["daily"], ["\u001b[2J:daily"]],
    ["it would end a quotation", ["daily"], ['x":daily']],
    ["no scope is declared", [], ["x:daily"]],
  ])("is none where %s", (_, scopes, known) => {
    expect(of(scopes, known)).toBeUndefined();
  });

  it("is no advice where one is declared, or the catalogue is where it would stand", () => {
    expect(of(["daily"], ["x:daily"], inline({ scope_prefix: "y:" }))).toBeUndefined();
    expect(of(["daily"], ["x:daily"], { ...inline(), id: "oura" })).toBeUndefined();
  });
});
