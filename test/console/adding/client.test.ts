import { describe, expect, it } from "vitest";
import { changed, fieldOf, formIn, OURA, slotOf } from "../../support/console-forms.ts";
import { ConsoleWorld } from "../../support/console-world.ts";

const PASTED = changed(
  OURA,
  ["client/id", "0123456789abcdef"],
  ["client_id_again", "0123456789abcdef"],
  ["client_secret", "0123456789abcdef"],
);

describe("a client id that is pasted as the client secret, too", () => {
  it("is refused, and stays readable", async () => {
    const world = await ConsoleWorld.open();
    const { status, text } = await world.post("/add/oura", PASTED);
    expect(status).toBe(422);
    expect(slotOf(text, "client_secret")).toContain("this is the client id, not its secret");
    expect(fieldOf(text, "client/id")).toContain('value="0123456789abcdef"');
    const saved = await world.post("/add/oura", changed(formIn(text), ["client_secret", "a-client-secret"]));
    expect(saved.status).toBe(303);
    expect(world.read("credentials/oura.yaml")).toContain("id: 0123456789abcdef");
  });

  it("is refused in the field for the second look, and in an edited credential", async () => {
    const world = await ConsoleWorld.open();
    const slip = changed(PASTED, ["client/id", "slip"]);
    expect(fieldOf((await world.post("/add/oura", slip)).text, "client_id_again")).toContain("0123456789ab");
    await world.post("/add/oura", changed(PASTED, ["client_secret", "a-client-secret"]));
    const form = formIn((await world.get("/credentials/oura/edit")).text);
    const { text } = await world.post(
      "/credentials/oura/edit",
      changed(form, ["client_secret", "0123456789abcdef"]),
    );
    expect(slotOf(text, "client_secret")).toContain("this is the client id, not its secret");
    expect(fieldOf(text, "client/id")).toContain('value="0123456789abcdef"');
  });
});

describe("what was hidden in a page because it is a secret", () => {
  it("is not saved as it was shown", async () => {
    const world = await ConsoleWorld.open();
    const secret = "s3cret-of-somebody";
    const slip = changed(OURA, ["owner", secret], ["scopes/others", secret], ["client_secret", secret]);
    const form = formIn((await world.post("/add/oura", slip)).text);
    expect(form).toContainEqual(["owner", "[secret]"]);
    const { status, text } = await world.post("/add/oura", form);
    expect(status).toBe(422);
    for (const name of ["owner", "scopes"]) expect(slotOf(text, name)).toContain("hidden here");
    expect(() => world.read("credentials/oura.yaml")).toThrow("ENOENT");
  });

  it("is not saved as a name in a list, nor in a text", async () => {
    const world = await ConsoleWorld.open();
    const named = changed(OURA, ["outputs/0/name", "[secret]"], ["outputs/0/value", "access_token"]);
    expect(slotOf((await world.post("/check", named)).text, "outputs/0/name")).toContain("hidden here");
    await world.post("/add/oura", changed(OURA, ["owner", "data@acme.example"]));
    const address = "/credentials/oura/edit?as=text";
    const form = formIn((await world.get(address)).text);
    const masked = form.map(([name, text]) => [name, text.replace("data@acme.example", "[secret]")] as const);
    const { status, text } = await world.post(address, masked);
    expect(status).toBe(422);
    expect(text).toContain("hidden here");
    expect(world.read("credentials/oura.yaml")).toContain("data@acme.example");
  });
});

describe("the client of a new credential", () => {
  it("wants the client id twice, and the same", async () => {
    const world = await ConsoleWorld.open();
    for (const [again, words] of [
      ["", "once only"],
      ["4c1b7b", "not the same"],
    ] as const) {
      const { text } = await world.post("/check", changed(OURA, ["client_id_again", again]));
      expect(slotOf(text, "client_id_again")).toContain(words);
    }
  });

  it("takes no secret for a public client", async () => {
    const world = await ConsoleWorld.open();
    const entry = (await world.get("/add/gitlab")).text;
    expect(entry).toContain('name="client_kind"');
    const { text } = await world.post(
      "/add/gitlab",
      changed(OURA, ["form_of", "/add/gitlab"], ["client_kind", "public"]),
    );
    expect(slotOf(text, "client_secret")).toContain("has none to seal");
  });
});
