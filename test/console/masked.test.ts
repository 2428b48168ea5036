import { describe, expect, it } from "vitest";
import { Masked } from "../../src/console/masked.ts";
import { Secret } from "../../src/secret.ts";

describe("what the console hides", () => {
  it("hides a secret as it is, and as HTML writes it", () => {
    const masked = new Masked();
    masked.add(new Secret(`a"b<c>&'def`));
    expect(masked.scrub(`x a"b<c>&'def y`)).toBe("x [secret] y");
    expect(masked.scrub("x a&quot;b&lt;c&gt;&amp;&#39;def y")).toBe("x [secret] y");
  });

  it("hides the longer of two secrets whole", () => {
    const masked = new Masked();
    masked.add(new Secret("abcdef"));
    masked.add(new Secret("abcdefghi"));
    expect(masked.scrub("abcdefghi abcdef")).toBe("[secret] [secret]");
  });

  it("leaves words that are no longer than words", () => {
    const masked = new Masked();
    masked.add(new Secret("short"));
    expect(masked.scrub("a short text")).toBe("a short text");
  });
});
