import { describe, expect, it } from "vitest";
import { changed, fieldOf, OURA, slotOf } from "../../support/console-forms.ts";
import { ConsoleWorld } from "../../support/console-world.ts";

describe("what a new credential is called, and whose it is", () => {
  it("has a name from the start that no other has", async () => {
    const world = await ConsoleWorld.open();
    expect(fieldOf((await world.get("/add/oura")).text, "name")).toContain('value="oura"');
    await world.post("/add/oura", OURA);
    const { text } = await world.get("/add/oura");
    expect(fieldOf(text, "name")).toContain('value="oura-2"');
    expect(text).toContain("OURA_2_ACCESS_TOKEN: access_token");
  });

  it("is not called after an address of numbers", async () => {
    const world = await ConsoleWorld.open();
    const { issuer } = world.world.sandbox.addresses.authorization_server;
    const { text } = await world.get(`/add/issuer?${new URLSearchParams({ issuer }).toString()}`);
    expect(fieldOf(text, "name")).toContain('value=""');
    expect(text).toContain("whoever runs 127.0.0.1");
    expect(text).toContain("Not said yet: its name is the credential's.".replace("'", "&#39;"));
    expect(text).not.toContain("credentials/.yaml");
    expect(text.match(/data-slot="">Not said yet\.</g)).toHaveLength(1);
  });

  it("tells of a name that is bad or taken, and not of the secrets that follow from it", async () => {
    const world = await ConsoleWorld.open();
    const bad = (await world.post("/check", changed(OURA, ["name", "Ou Ra!"]))).text;
    expect(slotOf(bad, "name")).not.toBe("");
    expect(bad).toContain("One thing is not right yet");
    const own = changed(OURA, ["name", "Ou Ra!"], ["client/secret", "no name"]);
    expect(slotOf((await world.post("/check", own)).text, "client/secret")).not.toBe("");
    await world.post("/add/oura", OURA);
    const taken = (await world.post("/check", OURA)).text;
    expect(slotOf(taken, "name")).toContain("is there already");
    expect(taken).toContain("One thing is not right yet");
  });

  it("asks again for an issuer that is no address", async () => {
    const world = await ConsoleWorld.open();
    for (const issuer of ["not-a-url", "http://id.example.com", ""]) {
      const { status, text } = await world.get(`/add/issuer?${new URLSearchParams({ issuer }).toString()}`);
      expect(status).toBe(400);
      expect(text).toMatch(/aria-invalid="true"/);
      expect(text).toContain(`value="${issuer}"`);
      expect(text).toContain("such as https://id.example.com");
    }
  });
});
