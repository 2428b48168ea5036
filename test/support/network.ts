import { afterEach, expect } from "vitest";
import { violations } from "./network-guard.mjs";

// Node processes that a test starts, sealring's own among them, are guarded too.
const guard = new URL("./network-guard.mjs", import.meta.url).href;
process.env["NODE_OPTIONS"] = `--import=${guard}`;

// A caller may swallow the guard's error, so what was tried fails the test all the same.
afterEach(() => {
  const tried = violations.splice(0);
  expect(tried, "tried to reach the network").toEqual([]);
});
