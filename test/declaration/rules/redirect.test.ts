import { describe, expect, test } from "vitest";
import { faultsOf, rulesOf } from "../examples.ts";

describe("redirect URIs", () => {
  const INLINE = "provider: { issuer: https://a.example }";

  test.each([
    "http://localhost:8484/callback",
    "http://127.0.0.1:1/",
    "http://[::1]:65535",
    "http://localhost:80/callback",
    "http://localhost:8484/cb?a=b",
  ])("%s can be served", (uri) => {
    expect(faultsOf({ redirect_uri: `redirect_uri: "${uri}"` })).toEqual([]);
  });

  test.each([
    "https://localhost:8484/callback",
    "http://localhost/callback",
    "http://localhost:0/callback",
    "http://localhost:65536/callback",
    "http://localhost:08/callback",
    "http://localhost:8484/callback#a",
    "http://me@localhost:8484/callback",
    "http://localhost:8484@evil.example/",
    "http://example.com:8484/callback",
    "http://127.0.0.2:8484/",
    "http://LOCALHOST:8484/",
    "http://localhost:8484/a/../b",
    "http://localhost:8484\\\\@evil.example",
    "urn:ietf:wg:oauth:2.0:oob",
    "",
  ])("%j cannot be served", (uri) => {
    expect(rulesOf(faultsOf({ redirect_uri: `redirect_uri: "${uri}"` }))).toEqual(["redirect-uri"]);
  });

  test("a provider that compares them whole needs one", () => {
    expect(rulesOf(faultsOf({ redirect_uri: "" }))).toEqual(["redirect-uri"]);
    expect(faultsOf({ redirect_uri: "", provider: INLINE })).toEqual([]);
    expect(faultsOf({ redirect_uri: "", grant: "grant: client_credentials" })).toEqual([]);
  });

  test("a provider that takes address literals alone refuses localhost", () => {
    const provider = "provider: { issuer: https://a.example, loopback_redirect: any_port_ip_literal }";
    expect(rulesOf(faultsOf({ provider }))).toEqual(["redirect-uri"]);
    expect(faultsOf({ provider, redirect_uri: "redirect_uri: http://127.0.0.1:8484/callback" })).toEqual([]);
  });

  test("a provider that takes localhost alone refuses address literals", () => {
    const provider = "provider: { issuer: https://a.example, loopback_redirect: any_port_localhost }";
    expect(faultsOf({ provider })).toEqual([]);
    const literal = faultsOf({ provider, redirect_uri: "redirect_uri: http://127.0.0.1:8484/callback" });
    expect(rulesOf(literal)).toEqual(["redirect-uri"]);
  });

  test("where it is not known what a provider takes, an https address does as well as a loopback one", () => {
    const redirect_uri = "redirect_uri: https://localhost:8484/callback";
    expect(faultsOf({ provider: INLINE, redirect_uri })).toEqual([]);
    const broken = { provider: INLINE, redirect_uri: 'redirect_uri: "https://me@localhost:8484/"' };
    expect(rulesOf(faultsOf(broken))).toEqual(["redirect-uri"]);
  });

  test("a provider that takes https alone needs such a one, whose address is pasted", () => {
    const provider = "provider: { issuer: https://a.example, loopback_redirect: https_only }";
    expect(rulesOf(faultsOf({ provider }))).toEqual(["redirect-uri"]);
    expect(rulesOf(faultsOf({ provider, redirect_uri: "" }))).toEqual(["redirect-uri"]);
    const https = "redirect_uri: https://localhost:8484/callback";
    expect(faultsOf({ provider, redirect_uri: https })).toEqual([]);
    for (const uri of ["https://a.example/x#y", "https://me@a.example/", "https://a b/"])
      expect(rulesOf(faultsOf({ provider, redirect_uri: `redirect_uri: "${uri}"` }))).toEqual([
        "redirect-uri",
      ]);
  });

  test("each way of comparing them whole needs one", () => {
    for (const rule of ["exact", "exact_localhost", "exact_ip_literal"]) {
      const provider = `provider: { issuer: https://a.example, loopback_redirect: ${rule} }`;
      expect(rulesOf(faultsOf({ provider, redirect_uri: "" }))).toEqual(["redirect-uri"]);
    }
  });
});
