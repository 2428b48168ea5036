import { expect, it } from "vitest";
import { compareScopes, wireScopes } from "../../src/oauth/scope.ts";
import { departing } from "../support/scripted-http.ts";

const oura = departing({ scope_prefix: "extapi:" });

it("a scope goes out with its prefix, once", () => {
  expect(wireScopes(oura, ["daily", "extapi:email"])).toEqual(["extapi:daily", "extapi:email"]);
});

it("a scope that a person has unticked is missing, one that nobody declared is extra", () => {
  const difference = compareScopes(oura, ["daily", "extapi:email"], ["extapi:daily", "tag"]);
  expect(difference).toEqual({ missing: ["email"], extra: ["tag"] });
});

it("the prefix makes no difference, on either side", () => {
  expect(compareScopes(oura, ["extapi:daily"], ["daily"])).toEqual({ missing: [], extra: [] });
});

it("a server that says nothing has granted what was declared", () => {
  expect(compareScopes(oura, ["daily"], undefined)).toEqual({ missing: [], extra: [] });
});

it("a scope with a marker is not missed, and granted without it no surprise", () => {
  const slack = departing({ scope_parameters: [{ parameter: "user_scope", marker: "user/" }] });
  const difference = compareScopes(slack, ["user/search", "user/read", "chat"], ["search", "chat", "admin"]);
  expect(difference).toEqual({ missing: [], extra: ["admin"] });
});
