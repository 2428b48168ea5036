import { format, inspect } from "node:util";
import { expect, test } from "vitest";
import { Secret } from "../src/secret.ts";
import { CANARIES, expectNoCanary } from "./support/canary.ts";

const secret = new Secret(CANARIES.refreshToken);

test("only reveal gives the value", () => {
  expect(secret.reveal()).toBe(CANARIES.refreshToken);
});

test.each<[string, () => string]>([
  // eslint-disable-next-line @typescript-eslint/restrict-template-expressions -- what the rule forbids is what is tried
  ["a template", () => `${secret}`],
  ["String()", () => String(secret)],
  ["JSON", () => JSON.stringify({ token: secret, list: [secret] })],
  ["console.log", () => format("%s %o %O %j", secret, secret, secret, secret)],
  ["an inspection of everything", () => inspect({ secret }, { showHidden: true, depth: 9, getters: true })],
  ["its own keys", () => JSON.stringify([Object.entries(secret), Object.getOwnPropertyNames(secret)])],
  ["a copy", () => JSON.stringify(structuredClone(Object.assign({}, secret)))],
  ["an error's message", () => String(new Error(String(secret)).stack)],
])("%s does not show it", (_, shown) => {
  expectNoCanary(shown());
});

test("what is printed in its place says what it is", () => {
  expect([String(secret), inspect(secret), JSON.stringify(secret)]).toEqual([
    "[secret]",
    "[secret]",
    '"[secret]"',
  ]);
});
