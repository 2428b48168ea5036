import { describe, expect, it } from "vitest";
import { Secret } from "../../../src/secret.ts";
import { changed, formIn, OURA_YAML as YAML } from "../../support/console-forms.ts";
import { ConsoleWorld } from "../../support/console-world.ts";

const AS_TEXT = "/credentials/oura/edit?as=text";
const PATH = "credentials/oura.yaml";

describe("editing a credential's file as a text", () => {
  it("opens what is no YAML, and saves it when it is right", async () => {
    const broken = YAML.replace("client:", "client: [");
    const world = await ConsoleWorld.open({ [PATH]: broken });
    const { text } = await world.get(AS_TEXT.replace("?as=text", ""));
    expect(text).toContain("<textarea");
    expect(text).toMatch(/Line \d+: /);
    const form = formIn(text);
    const refused = await world.post(AS_TEXT, form);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain("data-refused");
    const [, message = ""] = /Line \d+: ([^:<]+): /.exec(refused.text) ?? [];
    expect(refused.text.split(message)).toHaveLength(2);
    expect(refused.text).not.toContain("Back to the form");
    expect(world.read(PATH)).toBe(broken);
    const right = changed(form, ["text", YAML.replaceAll("\n", "\r\n")]);
    expect((await world.post(AS_TEXT, right)).status).toBe(303);
    expect(world.read(PATH)).toBe(YAML);
  });

  it("keeps the line ends that it had", async () => {
    const dos = YAML.replaceAll("\n", "\r\n");
    const world = await ConsoleWorld.open({ [PATH]: dos });
    const form = formIn((await world.get(AS_TEXT)).text);
    const typed = dos.replace("# the end", "# fin");
    const { status, text } = await world.post(
      AS_TEXT,
      changed(form, ["text", typed.replace("oura", "other")]),
    );
    expect(status).toBe(422);
    expect(text).toContain('aria-invalid="true"');
    expect((await world.post(AS_TEXT, changed(form, ["text", typed]))).status).toBe(303);
    expect(world.read(PATH)).toBe(typed);
  });

  it("says when nothing stands against saving it, to those who ask", async () => {
    const world = await ConsoleWorld.open({ [PATH]: YAML });
    const { text } = await world.get(AS_TEXT);
    expect(text).not.toContain("Nothing stands against");
    expect((await world.post("/check", formIn(text))).text).toContain("Nothing stands against saving it.");
  });

  it("writes nothing over what somebody else has changed meanwhile", async () => {
    const world = await ConsoleWorld.open({ [PATH]: YAML });
    const form = changed(formIn((await world.get(AS_TEXT)).text), ["text", YAML.replace("daily", "email")]);
    const theirs = YAML.replace("# the end", "# their end");
    world.write(PATH, theirs);
    const { status, text } = await world.post(AS_TEXT, form);
    expect(status).toBe(422);
    expect(text).toContain("the file has changed since this form was opened");
    expect(text).toContain("-# their end");
    expect(world.read(PATH)).toBe(theirs);
    expect((await world.post(AS_TEXT, formIn(text))).status).toBe(303);
  });

  it("tells what an editor takes for a line end and the loader does not, and what saving would make of it", async () => {
    const hidden = "# harmless\rdestinations:\r  - repository: acme/other\r";
    const world = await ConsoleWorld.open({ [PATH]: YAML + hidden });
    for (const address of [AS_TEXT, AS_TEXT.replace("?as=text", "")]) {
      const { text } = await world.get(address);
      expect(text).toContain("U+000D");
    }
    const { text } = await world.get(AS_TEXT);
    expect(text).toContain("Line 14: ");
    expect(text).toMatch(/<ins>\+destinations:\n<\/ins>/);
  });

  it("is not saved as it was shown where a secret was hidden, though the file says [secret], too", async () => {
    const secret = "daily-export";
    const world = await ConsoleWorld.open();
    world.console.masked.add(new Secret(secret));
    const ours = YAML.replace("the end", "a [secret] of ours");
    const both = ours.replace("data@acme.example", secret);
    world.write(PATH, both);
    const form = formIn((await world.get(AS_TEXT)).text);
    const { status, text } = await world.post(AS_TEXT, form);
    expect(status).toBe(422);
    expect(text).toContain("hidden here");
    expect(world.read(PATH)).toBe(both);
    world.write(PATH, ours);
    const bare = formIn((await world.get(AS_TEXT)).text);
    expect((await world.post(AS_TEXT, bare)).status).toBe(303);
    expect(world.read(PATH)).toBe(ours);
  });

  it("says that somebody has to authorize again where a pinned part changes", async () => {
    const world = await ConsoleWorld.open({ [PATH]: YAML });
    const form = formIn((await world.get(AS_TEXT)).text);
    const other = changed(form, ["text", YAML.replace("4c1b7a", "another")]);
    expect((await world.post("/check", other)).text).toContain("because the client id changes");
  });
});
