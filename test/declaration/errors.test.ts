import { describe, expect, test } from "vitest";
import { faultsOf } from "./examples.ts";

const provider = (more: string) => ({ provider: `provider: { issuer: https://a.example, ${more} }` });

describe("an entry of a provider's errors", () => {
  test.each([
    "{ error: invalid_request, means: reauthorization_required }",
    "{ status: 401, means: client_misconfigured }",
    "{ description_contains: Invalid refresh token, means: transient }",
    "{ status: 400, body: empty, means: reauthorization_required }",
    "{ error: slow.down-9, status: 403, description_contains: rate, means: rate_limited }",
  ])("may be %s", (entry) => {
    expect(faultsOf(provider(`errors: [${entry}]`))).toEqual([]);
  });

  test.each([
    ["{ means: transient }", "does not say which error"],
    ["{ error: invalid_grant }", "has no `means`"],
    ["{ error: invalid_grant, means: stale }", "is not one of"],
    ["{ error: Bad Request, means: transient }", "no OAuth error code"],
    ["{ status: 503, means: transient }", "only a status from 400 to 499"],
    ["{ status: 200, means: transient }", "only a status from 400 to 499"],
    ["{ description_contains: no, means: transient }", "3 to 200 printable"],
    ["{ body: gone, status: 400, means: transient }", "`gone` is not one of `empty`"],
    ["{ body: empty, means: transient }", "of which status"],
    ["{ body_contains: gone, means: transient }", "is no key here"],
  ])("is refused as %s", (entry, message) => {
    const faults = faultsOf(provider(`errors: [${entry}]`));
    expect(faults).toHaveLength(1);
    expect(faults[0]?.message).toContain(message);
  });

  test("is one of 32 at most", () => {
    const entries = Array.from({ length: 33 }, (_, i) => `{ error: error_${String(i)}, means: transient }`);
    expect(faultsOf(provider(`errors: [${entries.join(", ")}]`))[0]?.message).toContain("at most 32 errors");
  });
});

test.each(["refresh_token_lifetime_seconds", "refresh_token_idle_seconds"])(
  "%s is a number of seconds from a minute to ten years",
  (key) => {
    for (const seconds of [60, 315_360_000])
      expect(faultsOf(provider(`${key}: ${String(seconds)}`))).toEqual([]);
    for (const seconds of [59, 0, -1, 315_360_001]) {
      const [fault] = faultsOf(provider(`${key}: ${String(seconds)}`));
      expect(fault?.message).toContain("from a minute to ten years");
    }
  },
);
