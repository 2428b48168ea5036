import { describe, expect, test } from "vitest";
import { bareScope, providerFromDeclaration } from "../../src/providers/model.ts";

describe("a provider given inline", () => {
  test("is unknown in everything that it does not say", () => {
    expect(providerFromDeclaration({ issuer: "https://id.example.com/realm" })).toEqual({
      id: "inline",
      name: "id.example.com",
      metadata: { issuer: "https://id.example.com/realm" },
      grants: undefined,
      rotation: { kind: "unknown" },
      scopes: undefined,
      scopePrefix: "",
      revocation: { kind: "rfc7009" },
      verificationEndpoint: undefined,
      loopback: "unknown",
      deadGrantErrors: [],
    });
  });

  test("is named after its token endpoint where it has no issuer", () => {
    expect(providerFromDeclaration({ token_endpoint: "https://t.example:8443/x" }).name).toBe(
      "t.example:8443",
    );
  });

  test.each(["none", "optional", "single_use", "old_stays_valid"] as const)(
    "may rotate as %s",
    (rotation) => {
      expect(providerFromDeclaration({ rotation }).rotation).toEqual({ kind: rotation });
    },
  );

  test("has a grace of so many seconds, and none that is not told", () => {
    const grace = { rotation: "grace", rotation_grace_seconds: 30 } as const;
    expect(providerFromDeclaration(grace).rotation).toEqual({ kind: "grace", seconds: 30 });
    expect(providerFromDeclaration({ rotation: "grace" }).rotation).toEqual({ kind: "unknown" });
  });
});

describe("a bare scope", () => {
  test("is the scope without the provider's prefix, once", () => {
    expect(bareScope({ scopePrefix: "extapi:" }, "extapi:daily")).toBe("daily");
    expect(bareScope({ scopePrefix: "extapi:" }, "daily")).toBe("daily");
    expect(bareScope({ scopePrefix: "a:" }, "a:a:b")).toBe("a:b");
    expect(bareScope({ scopePrefix: "" }, "daily")).toBe("daily");
  });
});
