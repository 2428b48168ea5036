import { describe, expect, it } from "vitest";
import { findEntry, findProvider, listProviders, providerOf } from "../../src/providers/catalogue.ts";
import { providerFromDeclaration } from "../../src/providers/model.ts";
import { isInCatalogue, secretRecipients } from "../../src/providers/recipients.ts";
import { departing } from "../support/scripted-http.ts";

const inline = (token_endpoint: string, more: object = {}) =>
  providerFromDeclaration({ token_endpoint, rotation: "single_use", ...more });

describe("who gets a client secret", () => {
  it("is every endpoint at which the client authenticates, and the issuer where it is to tell them", () => {
    const provider = departing({
      device_token_endpoint: "https://x.example.com/device",
      pushed_authorization_request_endpoint: "https://par.example.com/",
    });
    expect(secretRecipients(provider)).toEqual([
      "https://id.example.com/token",
      "https://par.example.com/",
      "https://id.example.com/device",
      "https://x.example.com/device",
      "https://id.example.com/revoke",
    ]);
    expect(secretRecipients(providerFromDeclaration({ issuer: "https://id.example.com" }))).toEqual([
      "https://id.example.com",
    ]);
  });
});

describe("the catalogue vouches", () => {
  it("for its own providers where their hosts are no parameters", () => {
    for (const id of ["oura", "google", "oura-legacy", "gitlab"]) {
      const provider = findProvider(id);
      expect(provider && isInCatalogue(provider), id).toBe(true);
    }
    for (const { id } of listProviders()) {
      const provider = findProvider(id);
      if (provider !== undefined) expect(isInCatalogue(provider), id).toBe(true);
    }
  });

  it("for a tenant's path at a host of its own, and not for a host that a declaration names", () => {
    const of = (id: string, values: Readonly<Record<string, string>>) => {
      const entry = findEntry(id);
      if (entry === undefined) throw new Error(id);
      return isInCatalogue(providerOf(entry, values));
    };
    expect(of("microsoft", { tenant: "acme.onmicrosoft.com" })).toBe(true);
    expect(of("auth0", { domain: "evil.example" })).toBe(false);
    expect(of("gitlab", { host: "evil.example" })).toBe(false);
  });

  it("for an inline provider at its very addresses alone", () => {
    expect(isInCatalogue(inline("https://moi.ouraring.com/oauth/v2/ext/oauth-token"))).toBe(true);
    for (const address of [
      "https://evil.example/oauth/token",
      "https://discord.com/api/webhooks/1/2",
      "https://{domain}/oauth/token",
      "http://127.0.0.1:8080/token",
    ])
      expect(isInCatalogue(inline(address)), address).toBe(false);
    const par = { pushed_authorization_request_endpoint: "https://evil.example/par" };
    expect(isInCatalogue(inline("https://moi.ouraring.com/oauth/v2/ext/oauth-token", par))).toBe(false);
  });
});
