import { expect, test } from "vitest";
import { connect } from "./server.ts";

test.each(["state", "team/sealring-state", "v1.2_x"])("%s may be the state branch", (stateBranch) => {
  expect(() => connect("http://127.0.0.1:1", { stateBranch })).not.toThrow();
});

test.each([
  "",
  "/a",
  "a/",
  "a//b",
  "a..b",
  ".a",
  "a/.b",
  "a.",
  "a.lock",
  "-a",
  "a b",
  "a~1",
  "a:b",
  "a%2e",
  "@{0}",
  "ä",
])("%j may not be the state branch", (stateBranch) => {
  expect(() => connect("http://127.0.0.1:1", { stateBranch })).toThrow(
    expect.objectContaining({ code: "usage" }) as Error,
  );
});
