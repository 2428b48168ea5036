import { beforeEach, describe, expect, it } from "vitest";
import { AddCheckout, TOLD, toldBut } from "../support/add-checkout.ts";
import { AskedPerson } from "../support/asked-person.ts";
import { NOBODY } from "../../src/commands/nobody.ts";
import { json, ScriptedHttp, text } from "../support/scripted-http.ts";

let here: AddCheckout;
beforeEach(async () => {
  here = await AddCheckout.create();
});

describe("the provider", () => {
  it("is picked from the catalogue where none is named", async () => {
    const person = new AskedPerson(["Provider", "strava"], ["Client secret", ""], ["Save", "yes"]);
    await here.add(person, { provider: undefined, told: { ...TOLD, scopes: ["read"] } });
    expect(person.lists.get("Provider")?.length).toBeGreaterThan(50);
    expect(here.loaded().credentials).toMatchObject([{ provider: { id: "strava" } }]);
  });

  it("may be any issuer, whose scopes are typed where it publishes nothing", async () => {
    const person = new AskedPerson(
      ["Provider", "by issuer"],
      ["Issuer", "id.example.com"],
      ["Issuer", "https://id.example.com"],
      ["What happens to a refresh token", ""],
      ["Did the provider give you a client secret?", "public"],
      ["Scopes, with commas", "a, b c"],
      ["Save", "yes"],
      ["Authorize id-example-com now", "no"],
    );
    await here.add(
      person,
      { provider: undefined, told: { ...toldBut("scopes", "client"), name: "id-example-com" } },
      { http: new ScriptedHttp(text(404, ""), text(404, "")) },
    );
    expect(person.objections).toHaveLength(1);
    expect(here.notices[0]).toMatchObject({ subject: { found: { kind: "unread" } } });
    expect(here.loaded().credentials).toMatchObject([
      {
        client: { secretName: undefined },
        scopes: ["a", "b", "c"],
        provider: { metadata: { issuer: "https://id.example.com" }, rotation: { kind: "unknown" } },
      },
    ]);
  });

  it("an issuer's own list of scopes is there to tick, and may lack some", async () => {
    const published = {
      issuer: "https://id.example.com",
      scopes_supported: ["read", "offline_access", "write all", "\u001b[2J", 7],
      grant_types_supported: ["client_credentials", "authorization_code", "implicit"],
    };
    const person = new AskedPerson(
      ["How does it get its first token?", "authorization_code"],
      ["What happens to a refresh token", "optional"],
      ["Client secret", ""],
      ["Scopes", ""],
      ["Other scopes", "more"],
      ["Save", "yes"],
    );
    await here.add(
      person,
      { provider: "https://id.example.com", told: toldBut("scopes", "grant") },
      { http: new ScriptedHttp(json(200, published)) },
    );
    expect(person.lists.get("Scopes")?.map(({ value }) => value)).toEqual(["read", "offline_access"]);
    expect(person.lists.get("How does it get its first token?")?.map(({ value }) => value)).toEqual([
      "authorization_code",
      "client_credentials",
    ]);
    expect(here.loaded().credentials).toMatchObject([
      { scopes: ["offline_access", "more"], provider: { rotation: { kind: "optional" } } },
    ]);
  });

  it("that takes a private key alone has that written down", async () => {
    const published = {
      issuer: "https://id.example.com",
      token_endpoint_auth_methods_supported: ["private_key_jwt", "tls_client_auth"],
    };
    const person = new AskedPerson(["private key", ""], ["Save", "yes"]);
    await here.add(
      person,
      { provider: "https://id.example.com", told: { ...TOLD, client: undefined, rotation: "" } },
      { http: new ScriptedHttp(json(200, published)) },
    );
    expect(here.loaded().credentials).toMatchObject([{ client: { authMethod: "private_key_jwt" } }]);
  });

  it("that has no new clients is only for those who have one", async () => {
    const without = new AskedPerson(["Do you have a client there already?", ""]);
    await expect(here.add(without, { provider: "ecobee" })).rejects.toMatchObject({ code: "usage" });
    expect(here.notices).toEqual([]);
  });

  it("that is not in the catalogue is refused, with the one that was meant", async () => {
    await expect(here.add(NOBODY, { provider: "ouraa" })).rejects.toMatchObject({
      code: "usage",
      hint: expect.stringContaining("oura") as unknown,
    });
  });
});
