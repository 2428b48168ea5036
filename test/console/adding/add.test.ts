import { describe, expect, it } from "vitest";
import type { Entry } from "../../../src/console/form/typed.ts";
import { ConsoleWorld } from "../../support/console-world.ts";

const OURA: readonly Entry[] = [
  ["form_of", "/add/oura"],
  ["name", "oura"],
  ["grant", "authorization_code"],
  ["client/id", "4c1b7a"],
  ["client_id_again", "4c1b7a"],
  ["client_secret", "a-client-secret"],
  ["scopes", "personal"],
  ["scopes", "daily"],
  ["redirect_uri", "http://localhost:8484/callback"],
];

const changed = (...entries: readonly Entry[]): readonly Entry[] => [
  ...OURA.filter(([name]) => entries.every(([other]) => other !== name)),
  ...entries,
];

describe("adding a credential in the console", () => {
  it("offers the catalogue, finds in it, and takes an issuer", async () => {
    const world = await ConsoleWorld.open();
    const { text } = await world.get("/add");
    expect(text).toContain('href="/add/oura"');
    expect(text).toContain('action="/add/issuer"');
    const found = (await world.get("/add?q=heartrate")).text;
    expect(found).toContain('href="/add/oura"');
    expect(found).not.toContain('href="/add/zoom"');
  });

  it("says what the provider wants before it asks", async () => {
    const world = await ConsoleWorld.open();
    const { status, text } = await world.get("/add/oura");
    expect(status).toBe(200);
    expect(text).toContain("Register a client");
    expect(text).toContain('data-copy="http://localhost:8484/callback"');
    expect(text).not.toContain("aria-invalid");
    expect(text).toContain("grant: authorization_code");
  });

  it("writes the file, seals the client secret, and goes on to what was saved", async () => {
    const world = await ConsoleWorld.open();
    const { status, headers, text } = await world.post("/add/oura", OURA);
    expect(text).toBe("");
    expect(status).toBe(303);
    expect(headers.get("location")).toBe("/credentials/oura/saved");
    const file = world.read("credentials/oura.yaml");
    expect(file).toContain("client:\n  id: 4c1b7a # public\n  secret: OURA_CLIENT_SECRET");
    expect(file).toContain("scopes: [personal, daily]");
    expect(file).toContain("OURA_ACCESS_TOKEN: access_token");
    expect(file).not.toContain("a-client-secret");
    expect(world.console.savedSecrets.get("oura")).toMatchObject({
      kind: "sealed",
      secretName: "OURA_CLIENT_SECRET",
    });
    expect(world.console.typed.get("OURA_CLIENT_SECRET")?.reveal()).toBe("a-client-secret");
  });
});
