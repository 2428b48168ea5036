import { describe, expect, it } from "vitest";
import { changed, formIn, OURA, slotOf } from "../../support/console-forms.ts";
import { ConsoleWorld } from "../../support/console-world.ts";

const NONE = "No scope is ticked";

describe("the scopes of a credential", () => {
  it("are told of where one of them is needed for a refresh token", async () => {
    const world = await ConsoleWorld.open();
    expect((await world.get("/add/atlassian")).text).toContain("Needed for a refresh token: offline_access.");
  });

  it("are warned of where none is ticked and some are known, and may be saved so", async () => {
    const world = await ConsoleWorld.open();
    expect(slotOf((await world.get("/add/oura")).text, "scopes")).toContain(NONE);
    const bare = OURA.filter(([name]) => name !== "scopes");
    const { text } = await world.post("/check", bare);
    expect(slotOf(text, "scopes")).toContain(NONE);
    expect(text.split(NONE)).toHaveLength(3);
    expect(text).toContain("Nothing stands against saving it");
    expect((await world.post("/check", OURA)).text).not.toContain(NONE);
    expect((await world.post("/check", changed(bare, ["grant", "client_credentials"]))).text).not.toContain(
      NONE,
    );
    expect((await world.post("/add/oura", bare)).status).toBe(303);
  });

  it("are ticked in an edited credential, too, as far as its issuer tells of them", async () => {
    const world = await ConsoleWorld.open();
    const { issuer } = world.world.sandbox.addresses.authorization_server;
    const address = `/add/issuer?${new URLSearchParams({ issuer }).toString()}`;
    const fields = changed(
      OURA,
      ["form_of", address],
      ["provider/is", "object"],
      ["provider/issuer", issuer],
      ["scopes", "extapi:daily"],
    );
    expect((await world.post(address, fields)).status).toBe(303);
    const { text } = await world.get("/credentials/oura/edit");
    expect(text).toMatch(/type="checkbox" id="[^"]*" name="scopes" value="extapi:daily" checked/);
    expect((await world.post("/check", formIn(text))).text).toContain("Nothing yet.");
    const file = world.read("credentials/oura.yaml");
    world.write("credentials/oura.yaml", file.replaceAll(issuer, "http://127.0.0.1:1"));
    const unread = await world.get("/credentials/oura/edit");
    expect(unread.status).toBe(200);
    expect(unread.text).toContain('name="scopes/others" value="extapi:daily"');
  });
});
