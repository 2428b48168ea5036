import { describe, expect, it } from "vitest";
import { CREDENTIAL_FIELDS } from "../../../src/console/adding/credential-fields.ts";
import type { Field } from "../../../src/console/form/field.ts";
import { SealringError } from "../../../src/errors.ts";
import type { HttpClient } from "../../../src/ports.ts";
import { changed, fieldOf, OURA, slotOf } from "../../support/console-forms.ts";
import { ConsoleWorld } from "../../support/console-world.ts";

describe("adding a credential in the console", () => {
  it("offers the catalogue, finds in it, and takes an issuer", async () => {
    const world = await ConsoleWorld.open();
    const { text } = await world.get("/add");
    expect(text).toContain('href="/add/oura"');
    expect(text).toContain('action="/add/issuer"');
    const found = (await world.get("/add?q=heartrate")).text;
    expect(found).toContain('href="/add/oura"');
    expect(found).not.toContain('href="/add/zoom"');
    expect((await world.get("/add?q=ouar")).text).toContain('href="/add/oura"');
  });

  it("says what the provider wants before it asks", async () => {
    const world = await ConsoleWorld.open();
    const { status, text } = await world.get("/add/oura");
    expect(status).toBe(200);
    expect(text).toContain("Register a client");
    expect(text).toContain("What people stumble over</h3><ul><li>");
    expect(text).toContain('say so: <a href="https://github.com/sealring/sealring/issues">');
    expect(text).toMatch(/<a href="\/add"[^>]*>Another provider/);
    expect(text).toContain('data-copy="http://localhost:8484/callback"');
    expect(text).toContain('Copy<span class="for-readers"> the redirect URI</span>');
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

  it("goes on to authorize it, where a person is needed for that", async () => {
    const world = await ConsoleWorld.open();
    expect((await world.get("/add/oura")).text).toContain('class="main" name="then" value="authorize"');
    const { headers } = await world.post("/add/oura", changed(OURA, ["then", "authorize"]));
    expect(headers.get("location")).toBe("/credentials/oura/authorize");
    expect(world.console.typed.get("OURA_CLIENT_SECRET")?.reveal()).toBe("a-client-secret");
    expect((await world.get("/credentials/oura/authorize")).text).not.toContain(
      "typed in this console before",
    );
    const alone = changed(
      OURA.filter(([name]) => name !== "redirect_uri"),
      ["form_of", "/add/zoom"],
      ["name", "zoom"],
      ["scopes", ""],
      ["grant", "client_credentials"],
      ["then", "authorize"],
    );
    const { headers: saved, text } = await world.post("/add/zoom", alone);
    expect(text).toBe("");
    expect(saved.get("location")).toBe("/credentials/zoom/saved");
  });

  it("shows faults beside their fields, in the words of validate, and what was typed but for the secret", async () => {
    const world = await ConsoleWorld.open();
    const bad = changed(OURA, ["redirect_uri", "https://evil.example/#x"], ["scopes/others", "dayly"]);
    const { status, text } = await world.post("/add/oura", bad);
    expect(status).toBe(422);
    expect(text).toMatch(/id="in:redirect_uri"[^>]*/);
    expect(fieldOf(text, "redirect_uri")).toMatch(
      /aria-describedby="[^"]*redirect_uri:fault" aria-invalid="true"/,
    );
    expect(slotOf(text, "scopes")).toContain("dayly");
    expect(text).toContain('href="#in%3Aredirect_uri"');
    expect(text).toContain('value="4c1b7a"');
    expect(text).not.toContain("a-client-secret");
    expect(fieldOf(text, "client_secret")).not.toContain("value=");
    expect(() => world.read("credentials/oura.yaml")).toThrow("ENOENT");
    expect(world.console.typed.size).toBe(0);
  });

  it("tells what is missing where it is missing", async () => {
    const world = await ConsoleWorld.open();
    const rows = [
      ["destinations/3/organization", "acme"],
      ["destinations/3/visibility", "selected"],
    ] as const;
    const { text } = await world.post("/check", changed(OURA, ...rows));
    expect(slotOf(text, "destinations/3/repositories")).toContain("has no `repositories`");
  });

  it("checks without writing, and says when nothing is wrong", async () => {
    const world = await ConsoleWorld.open();
    const { status, text } = await world.post("/check", OURA);
    expect(status).toBe(200);
    expect(text).toContain("Nothing stands against saving it.");
    expect(() => world.read("credentials/oura.yaml")).toThrow("ENOENT");
  });

  it("adds an empty row to a list without a script", async () => {
    const world = await ConsoleWorld.open();
    const { text } = await world.post(
      "/check",
      changed(OURA, ["destinations/0/repository", "acme/a"], ["more", "destinations"]),
    );
    expect(text).toContain('name="destinations/1/repository"');
    expect(text).toMatch(/<details class="card" open=""><summary><h2>Where the token goes/);
    expect(text).toContain("A row whose fields are all empty is left out.");
  });

  it("writes over no file, and takes a client secret's name that is free", async () => {
    const world = await ConsoleWorld.open();
    await world.post("/add/oura", OURA);
    const again = await world.post("/add/oura", OURA);
    expect(again.status).toBe(422);
    expect(slotOf(again.text, "name")).toContain("credentials/oura.yaml is there already");
    const other = changed(
      OURA,
      ["name", "oura-2"],
      ["outputs/0/name", "SECOND"],
      ["outputs/0/value", "id_token"],
    );
    expect((await world.post("/add/oura", other)).status).toBe(303);
    expect(world.read("credentials/oura-2.yaml")).toContain("secret: OURA_2_CLIENT_SECRET");
    expect(world.read("credentials/oura-2.yaml")).toContain("SECOND: id_token");
  });

  it("writes what add does not ask: organizations, apps, the margin, and whatever else the schema has", async () => {
    const world = await ConsoleWorld.open();
    const { status } = await world.post(
      "/add/oura",
      changed(
        OURA,
        ["destinations/0/organization", "acme"],
        ["destinations/0/visibility", "selected"],
        ["destinations/0/repositories/others", "a b"],
        ["destinations/1/repository", "acme/app"],
        ["destinations/1/app", "dependabot"],
        ["refresh/margin", "8h"],
        ["client/token_endpoint_auth_method", "client_secret_post"],
      ),
    );
    expect(status).toBe(303);
    const file = world.read("credentials/oura.yaml");
    expect(file).toContain("  - organization: acme\n    visibility: selected\n    repositories:");
    expect(file).toContain("  - repository: acme/app\n    app: dependabot");
    expect(file).toContain("refresh:\n  margin: 8h");
    expect(file).toContain("token_endpoint_auth_method: client_secret_post");
    expect(file).not.toContain("No `destinations`");
  });

  it("asks for the provider's own parameters", async () => {
    const world = await ConsoleWorld.open();
    const { text } = await world.get("/add/zendesk");
    expect(text).toContain('name="provider_parameters/subdomain"');
    const fields = OURA.filter(([name]) => !name.startsWith("scopes")).concat([["form_of", "/add/zendesk"]]);
    const missing = await world.post("/add/zendesk", fields);
    expect(slotOf(missing.text, "provider_parameters/subdomain")).toContain("subdomain");
  });

  it("asks no issuer that a page of another port leads to", async () => {
    const asked: string[] = [];
    const http: HttpClient = {
      send: async ({ url }) => {
        asked.push(url);
        return { kind: "not_sent", reason: "refused" };
      },
    };
    const world = await ConsoleWorld.open({}, {}, { http });
    const address = "/add/issuer?issuer=https%3A%2F%2Fid.example.com";
    for (const [site, status] of [
      ["same-site", 403],
      ["same-origin", 200],
    ] as const) {
      expect(asked).toEqual([]);
      const headers = { "sec-fetch-site": site, "sec-fetch-dest": "document" };
      expect((await world.ask(address, { headers })).status).toBe(status);
    }
    expect(asked.length).toBeGreaterThan(0);
  });

  it("adds a provider by its issuer, of which it asks for everything that a provider can say", async () => {
    const world = await ConsoleWorld.open();
    const { issuer } = world.world.sandbox.addresses.authorization_server;
    const address = `/add/issuer?${new URLSearchParams({ issuer }).toString()}`;
    const { text } = await world.get(address);
    const ids = idsOf(CREDENTIAL_FIELDS, "").filter((id) => id !== "provider_parameters");
    expect(ids.filter((id) => !text.includes(`id="in:${id}"`) && !text.includes(`name="${id}"`))).toEqual([]);
    const fields = changed(
      OURA,
      ["form_of", address],
      ["provider/is", "object"],
      ["provider/issuer", issuer],
      ["provider/rotation", "single_use"],
      ["provider/token_headers/0/name", "X-Ring"],
      ["provider/token_headers/0/value", "1"],
    );
    expect((await world.post(address, fields)).status).toBe(303);
    const file = world.read("credentials/oura.yaml");
    expect(file).toContain("rotation: single_use # what happens");
    expect(file).toContain('token_headers:\n    X-Ring: "1"');
  });

  it("says what came of a client secret that GitHub did not take, and keeps it for the authorization", async () => {
    const world = await ConsoleWorld.open(
      {},
      {},
      { connect: () => Promise.reject(new SealringError("usage", "no token")) },
    );
    expect((await world.post("/add/oura", OURA)).status).toBe(303);
    expect(world.console.savedSecrets.get("oura")).toEqual({
      kind: "left",
      secretName: "OURA_CLIENT_SECRET",
      reason: "no token",
    });
    expect(world.console.typed.has("OURA_CLIENT_SECRET")).toBe(true);
  });
});

/** Of everything that has one input, or one list of them. */
function idsOf(fields: readonly Field[], above: string): readonly string[] {
  return fields.flatMap((field) => {
    const name = above === "" ? field.key : `${above}/${field.key}`;
    if (field.kind === "fixed") return [];
    if (field.kind === "either") return idsOf(field.group.fields, name);
    return field.kind === "group" ? idsOf(field.fields, name) : [name];
  });
}
