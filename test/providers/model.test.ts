import { describe, expect, test } from "vitest";
import { bareScope, providerFromDeclaration } from "../../src/providers/model.ts";

describe("a provider given inline", () => {
  test("is unknown in everything that it does not say", () => {
    expect(providerFromDeclaration({ issuer: "https://id.example.com/realm" })).toMatchObject({
      id: "inline",
      name: "id.example.com",
      metadata: { issuer: "https://id.example.com/realm" },
      grants: undefined,
      rotation: { kind: "unknown" },
      scopes: undefined,
      verification: undefined,
      exchange: undefined,
      reuse: "unknown",
      loopback: "unknown",
      refreshTokenLifetimeSeconds: undefined,
      refreshTokenIdleSeconds: undefined,
      errors: [],
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

test("lifetimes of a refresh token and the meanings of errors are as declared, in their order", () => {
  const provider = providerFromDeclaration({
    refresh_token_lifetime_seconds: 15_552_000,
    refresh_token_idle_seconds: 604_800,
    errors: [
      { error: "invalid_grant", description_contains: "inactive", means: "transient" },
      { status: 401, means: "client_misconfigured" },
      { status: 400, body: "empty", means: "reauthorization_required" },
    ],
  });
  const unsaid = { error: undefined, status: undefined, descriptionContains: undefined, body: undefined };
  expect(provider).toMatchObject({
    refreshTokenLifetimeSeconds: 15_552_000,
    refreshTokenIdleSeconds: 604_800,
  });
  expect(provider.errors).toEqual([
    { ...unsaid, error: "invalid_grant", descriptionContains: "inactive", means: "transient" },
    { ...unsaid, status: 401, means: "client_misconfigured" },
    { ...unsaid, status: 400, body: "empty", means: "reauthorization_required" },
  ]);
});

describe("a bare scope", () => {
  test("is the scope without the provider's prefix, once", () => {
    expect(bareScope(providerFromDeclaration({ scope_prefix: "extapi:" }), "extapi:daily")).toBe("daily");
    expect(bareScope(providerFromDeclaration({ scope_prefix: "extapi:" }), "daily")).toBe("daily");
    expect(bareScope(providerFromDeclaration({ scope_prefix: "a:" }), "a:a:b")).toBe("a:b");
    expect(bareScope(providerFromDeclaration({}), "daily")).toBe("daily");
  });
});
