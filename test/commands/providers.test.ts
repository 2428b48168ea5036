import { describe, expect, test } from "vitest";
import { listCatalogue, showProvider } from "../../src/commands/providers.ts";
import { catalogueAsText, providerAsText } from "../../src/report/providers-text.ts";

describe("sealring providers", () => {
  test("lists the catalogue, a provider on each line", () => {
    const lines = catalogueAsText(listCatalogue()).split("\n");
    expect(lines).toContain("oura         Oura Ring");
    expect(lines).toContain("oura-legacy  Oura Ring (old portal)");
    expect(lines).toHaveLength(listCatalogue().length + 1);
  });

  test("shows what is known of a provider, and where from", () => {
    const text = providerAsText(showProvider("oura"));
    expect(text).toContain("https://moi.ouraring.com/oauth/v2/ext/oauth-token\n");
    expect(text).toMatch(/^refresh token rotation +single_use$/mu);
    expect(text).toMatch(/^device authorization endpoint +none known$/mu);
    expect(text).toContain("  daily: Daily sleep, activity and readiness\n");
    expect(text).toContain(", read 2026-11\n");
    expect(providerAsText(showProvider("oura-legacy"))).toMatch(/^revocation +POST \?access_token=$/mu);
  });

  test("names the one that was meant", () => {
    expect(() => showProvider("uora-legacy")).toThrow(
      expect.objectContaining({ code: "usage", hint: "run: sealring providers show oura-legacy" }),
    );
    expect(() => showProvider("zzzzzzzz")).toThrow(
      expect.objectContaining({ hint: "run: sealring providers list" }),
    );
  });
});
