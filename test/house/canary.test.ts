import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CANARIES, expectNoCanary, expectNoCanaryIn, findCanaries, formsOf } from "../support/canary.ts";

describe("a leaked canary is found", () => {
  it.each(formsOf(CANARIES.clientSecret))("written as %s", (_form, needle) => {
    expect(() => expectNoCanary(`before ${needle} after`)).toThrow("secrets found");
  });

  it("wherever it begins in what base64 encodes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 9 }), fc.uint8Array({ maxLength: 9 }), (before, after) => {
        const whole = Buffer.concat([before, Buffer.from(CANARIES.accessToken), after]);
        for (const encoding of ["base64", "base64url"] as const) {
          const found = findCanaries(Buffer.from(whole.toString(encoding)), [CANARIES.accessToken]);
          expect(found).not.toEqual([]);
        }
      }),
    );
  });

  it("and text without one passes", () => {
    expect(() => expectNoCanary("a quiet log line, canary.nothing")).not.toThrow();
  });
});

describe("in a directory", () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "sealring-canary-"))));
  afterEach(() => rmSync(directory, { recursive: true }));

  it.each([
    ["plain", Buffer.from(CANARIES.refreshToken)],
    ["a loose git object", deflateSync(`blob 40\0${CANARIES.refreshToken}`)],
    ["gzip", gzipSync(CANARIES.refreshToken)],
  ])("a canary is found in a file that is %s", (_kind, content) => {
    writeFileSync(join(directory, "file"), content);
    expect(() => expectNoCanaryIn(directory)).toThrow("secrets found");
  });

  it("a directory without one passes", () => {
    writeFileSync(join(directory, "file"), "nothing");
    expect(() => expectNoCanaryIn(directory)).not.toThrow();
  });
});
