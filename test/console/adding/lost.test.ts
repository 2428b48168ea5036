import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { changed, fieldOf, formIn, OURA, OURA_YAML as YAML, slotOf } from "../../support/console-forms.ts";
import { ConsoleWorld } from "../../support/console-world.ts";

const EDIT = "/credentials/oura/edit";
const PATH = "credentials/oura.yaml";
const LITERAL = "s3cr3t-0f-0ura-itself";
const AGAIN = "If this is empty, type it again: it was not kept.";

describe("a client secret in a form that comes back", () => {
  it("is asked for again, in an edited credential and in a new one", async () => {
    const world = await ConsoleWorld.open({ [PATH]: YAML });
    const form = formIn((await world.get(EDIT)).text);
    const slip = changed(form, ["client_secret", "another-secret"], ["redirect_uri", "nowhere"]);
    const { status, text } = await world.post(EDIT, slip);
    expect(status).toBe(422);
    expect(text).toContain(AGAIN);
    expect(fieldOf(text, "client_secret")).toContain("client_secret:dropped");
    expect((await world.post("/add/oura", changed(OURA, ["redirect_uri", "nowhere"]))).text).toContain(AGAIN);
    world.write(PATH, `${YAML}# the end\n`);
    expect((await world.post(EDIT, changed(form, ["client_secret", "another-secret"]))).text).toContain(
      AGAIN,
    );
  });

  it("is not asked for where none was sent", async () => {
    const world = await ConsoleWorld.open({ [PATH]: YAML });
    const form = formIn((await world.get(EDIT)).text);
    expect((await world.post(EDIT, changed(form, ["redirect_uri", "nowhere"]))).text).not.toContain(AGAIN);
  });
});

describe("a client secret in the place of its name", () => {
  const faulty = YAML.replace("OURA_CLIENT_SECRET", LITERAL);

  it("is in no page of its file, and stays in that until a name is typed", async () => {
    const world = await ConsoleWorld.open({ [PATH]: faulty });
    const { text } = await world.get(EDIT);
    expect(text).not.toContain(LITERAL);
    expect(fieldOf(text, "client/secret")).toContain('value=""');
    expect(slotOf(text, "client/secret")).not.toBe("");
    expect((await world.get(`${EDIT}?as=text`)).text).not.toContain(LITERAL);
    const refused = await world.post(EDIT, formIn(text));
    expect(refused.status).toBe(422);
    expect(refused.text).not.toContain(LITERAL);
    const named = changed(formIn(text), ["client/secret", "OURA_CLIENT_SECRET"]);
    expect((await world.post("/check", named)).text).not.toContain(LITERAL);
    expect((await world.post(EDIT, named)).status).toBe(303);
    expect(world.read(PATH)).toBe(YAML);
  });

  it("is in no older form that comes back on it", async () => {
    const world = await ConsoleWorld.open({ [PATH]: YAML });
    const older = formIn((await world.get(EDIT)).text);
    world.write(PATH, faulty);
    const { status, text } = await world.post(EDIT, changed(older, ["owner", "ana"]));
    expect(status).toBe(422);
    expect(text).not.toContain(LITERAL);
  });

  it("hides nothing else where it is a word", async () => {
    const world = await ConsoleWorld.open({ [PATH]: YAML.replace("OURA_CLIENT_SECRET", "sealring") });
    const { text } = await world.get(EDIT);
    expect(fieldOf(text, "client/secret")).toContain('value=""');
    expect(text).not.toContain("[secret]");
  });
});

describe("a form whose file is another meanwhile", () => {
  it("gives way to the text of one that cannot be read", async () => {
    const world = await ConsoleWorld.open({ [PATH]: YAML });
    const form = formIn((await world.get(EDIT)).text);
    const broken = YAML.replace("client:", "client: [");
    world.write(PATH, broken);
    const { status, text } = await world.post(EDIT, form);
    expect(status).toBe(422);
    expect(text).toContain("the file has changed since the form was opened, and cannot be read any more");
    expect(formIn(text)).toContainEqual(["text", broken]);
    expect(text).not.toContain("<del>");
    expect(world.read(PATH)).toBe(broken);
  });

  it("leads to the credentials where there is no file any more", async () => {
    const world = await ConsoleWorld.open({ [PATH]: YAML });
    const form = formIn((await world.get(EDIT)).text);
    rmSync(join(world.directory, PATH));
    const { status, text } = await world.post(EDIT, form);
    expect(status).toBe(404);
    expect(text).toMatch(/not any more.*<a class="button" href="\/">/s);
  });
});
