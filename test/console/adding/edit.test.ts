import { describe, expect, it } from "vitest";
import type { Entry } from "../../../src/console/form/typed.ts";
import { diffLines } from "../../../src/difference/line-diff.ts";
import { changed, formIn, slotOf } from "../../support/console-forms.ts";
import { ConsoleWorld } from "../../support/console-world.ts";

const EDIT = "/credentials/oura/edit";
const PATH = "credentials/oura.yaml";
const COMMENTED = `# Ask Ana before you touch it.
version: 1   # of the format
name: oura    # = the file's name

# whose it is
owner: 'data@acme.example'    # who is called
provider: oura
grant: authorization_code
client:
  # public, says the RFC
  id: "4c1b7a"    # from the portal
  secret:   OURA_CLIENT_SECRET
scopes: [daily,  personal]   # in Ana's order
redirect_uri: http://localhost:8484/callback
outputs:
  OURA_ACCESS_TOKEN:   access_token # the one

destinations:
  - repository:   acme/health   # production
    environment: production
  # for the dashboards
  - { organization: acme,  visibility: all }
# the end
`;

describe("editing a credential in the console", () => {
  it("keeps every line that says the same, comments and all", async () => {
    const world = await ConsoleWorld.open({ [PATH]: COMMENTED });
    const form = await filled(world);
    const { status, headers } = await world.post(
      EDIT,
      changed(form, ["owner", "ana@acme.example"], ["refresh/margin", "2h"]),
    );
    expect(status).toBe(303);
    expect(headers.get("location")).toBe("/credentials/oura/saved");
    expect(diffLines(COMMENTED, world.read(PATH)).filter((line) => /^[+-]/.test(line))).toEqual([
      "-owner: 'data@acme.example'    # who is called",
      "+owner: 'ana@acme.example'    # who is called",
      "+refresh:",
      "+  margin: 2h",
    ]);
    expect(world.console.savedSecrets.has("oura")).toBe(false);
  });

  it("is left to where the credential is, as a form and as a text, each with a way to the other", async () => {
    const world = await ConsoleWorld.open({ [PATH]: COMMENTED });
    const [form, text] = [(await world.get(EDIT)).text, (await world.get(`${EDIT}?as=text`)).text];
    for (const page of [form, text])
      expect(page).toMatch(/<a class="button" href="\/credentials\/oura"[^>]*>Cancel/);
    expect(form).toContain(`<a href="${EDIT}?as=text">`);
    expect(text).toContain(`<a href="${EDIT}">Back to the form</a>`);
  });

  it("changes nothing where nothing was changed", async () => {
    const world = await ConsoleWorld.open({ [PATH]: COMMENTED });
    const form = await filled(world);
    expect((await world.post("/check", form)).text).toContain("Nothing yet.");
    expect((await world.post(EDIT, form)).status).toBe(303);
    expect(world.read(PATH)).toBe(COMMENTED);
  });

  it("shows what differs, and that somebody has to authorize again where a pinned part does", async () => {
    const world = await ConsoleWorld.open({ [PATH]: COMMENTED });
    const form = await filled(world);
    const harmless = (await world.post("/check", changed(form, ["owner", "b"]))).text;
    expect(harmless).toContain("<ins>+owner: &#39;b&#39;");
    expect(harmless).not.toContain("authorize it again");
    const other = changed(
      form,
      ["client/id", "new"],
      ["client_id_again", "new"],
      ["environment", "sealring-2"],
    );
    expect((await world.post("/check", other)).text).toContain(
      "because the client id and the environment change: somebody",
    );
  });

  it("wants another client id twice, and the old one once", async () => {
    const world = await ConsoleWorld.open({ [PATH]: COMMENTED });
    const form = await filled(world);
    expect((await world.post(EDIT, changed(form, ["client/id", "new"]))).text).toContain("typed once only");
    expect((await world.post(EDIT, form)).status).toBe(303);
  });

  it("seals another client secret under the name that the file has", async () => {
    const world = await ConsoleWorld.open({ [PATH]: COMMENTED });
    const { status } = await world.post(
      EDIT,
      changed(await filled(world), ["client_secret", "another-secret"]),
    );
    expect(status).toBe(303);
    expect(world.console.savedSecrets.get("oura")).toMatchObject({
      kind: "sealed",
      secretName: "OURA_CLIENT_SECRET",
    });
    expect(world.read(PATH)).toBe(COMMENTED);
    // Who gets it was written by whoever wrote the file.
    expect((await world.get("/credentials/oura/authorize")).text).toContain("typed in this console before");
  });

  it("writes nothing over what somebody else has changed meanwhile", async () => {
    const world = await ConsoleWorld.open({ [PATH]: COMMENTED });
    const form = await filled(world);
    const theirs = COMMENTED.replace("# the end", "# their end");
    world.write(PATH, theirs);
    const { status, text } = await world.post(EDIT, changed(form, ["owner", "b"]));
    expect(status).toBe(422);
    expect(text).toContain("the file has changed since this form was opened");
    expect(world.read(PATH)).toBe(theirs);
    expect((await world.post(EDIT, changed(formIn(text), ["owner", "b"]))).status).toBe(303);
    expect(world.read(PATH)).toContain("# their end");
  });

  it("keeps of an older form what was changed in it, and of the rest what the file says now", async () => {
    const world = await ConsoleWorld.open({ [PATH]: COMMENTED });
    const older = await filled(world);
    const theirs: readonly Entry[] = [
      ...(await filled(world)),
      ["scopes", "heartrate"],
      ["outputs/1/name", "OURA_EXPIRY"],
      ["outputs/1/value", "expires_at"],
    ];
    expect((await world.post(EDIT, theirs)).status).toBe(303);
    const typed = [...changed(older, ["description", "sleep"]), ["scopes", "workout"] as const];
    const { status, text } = await world.post(EDIT, typed);
    expect(status).toBe(422);
    expect(text).toContain("the file has changed since this form was opened, and that stays");
    expect(text).not.toMatch(/<del>[^<]*OURA_EXPIRY/);
    expect((await world.post(EDIT, formIn(text))).status).toBe(303);
    const saved = world.read(PATH);
    for (const part of ["heartrate", "workout", "OURA_EXPIRY: expires_at", "description: sleep"])
      expect(saved).toContain(part);
  });

  it("makes of what both have changed what was typed, and says so", async () => {
    const world = await ConsoleWorld.open({ [PATH]: COMMENTED });
    const older = await filled(world);
    world.write(PATH, COMMENTED.replace("data@acme.example", "bo@acme.example"));
    const { text } = await world.post(EDIT, changed(older, ["owner", "ana"], ["client_secret", "s"]));
    expect(text).toContain("owner was changed there, too: saving makes it what you typed");
    expect((await world.post(EDIT, formIn(text))).status).toBe(303);
    expect(world.read(PATH)).toContain("owner: 'ana'");
  });

  it("takes in what others changed only when the rest can be read", async () => {
    const world = await ConsoleWorld.open({ [PATH]: COMMENTED });
    const older = await filled(world);
    world.write(PATH, COMMENTED.replace("data@acme.example", "bo@acme.example"));
    const twice: readonly Entry[] = [
      ["outputs/1/name", "OURA_ACCESS_TOKEN"],
      ["outputs/1/value", "id_token"],
    ];
    const { text } = await world.post(EDIT, [...older, ...twice]);
    expect(text).toContain("as soon as the rest here is mended");
    const back = formIn(text);
    expect(back).toEqual(expect.arrayContaining([...twice]));
    const mended = await world.post(EDIT, changed(back, ["outputs/1/name", "OURA_ID"]));
    expect(mended.status).toBe(422);
    expect((await world.post(EDIT, formIn(mended.text))).status).toBe(303);
    expect(world.read(PATH)).toContain("bo@acme.example");
    expect(world.read(PATH)).toContain("OURA_ID: id_token");
  });

  it("says that saving takes back what others changed where nobody knows what that was", async () => {
    const world = await ConsoleWorld.open({ [PATH]: COMMENTED });
    const form = changed(await filled(world), ["file_was", "of-a-console-before"]);
    expect((await world.post(EDIT, form)).text).toContain("saving takes back what was changed meanwhile");
  });

  it("opens a faulty file, with its faults beside their fields, and keeps what it cannot show", async () => {
    const faulty = `${COMMENTED}frequency: 2h\n`.replace("grant: authorization_code", "grant: implicit");
    const world = await ConsoleWorld.open({ [PATH]: faulty });
    const { text } = await world.get(EDIT);
    expect(text).toMatch(/id="grant:fault"[^>]*><p>/);
    expect(text).toContain("frequency");
    const { status } = await world.post(EDIT, changed(formIn(text), ["grant", "authorization_code"]));
    expect(status).toBe(422);
    expect((await world.post("/check", changed(formIn(text), ["owner", "b"]))).text).not.toContain(
      "-frequency",
    );
  });

  it("keeps what was typed where what is shared by an alias stands against it", async () => {
    const shared = COMMENTED.replace("access_token # the one", "&t access_token\n  SECOND: *t");
    const world = await ConsoleWorld.open({ [PATH]: shared });
    const form = changed(await filled(world), ["outputs/0/value", "id_token"], ["owner", "ana"]);
    const { status, text } = await world.post(EDIT, form);
    expect(status).toBe(422);
    expect(text).toContain("parts of it are shared");
    expect(formIn(text)).toEqual(expect.arrayContaining([...form]));
    expect(world.read(PATH)).toBe(shared);
  });

  it("says what to do of a fault for which the form has no field", async () => {
    const world = await ConsoleWorld.open({ [PATH]: COMMENTED.replace("version: 1", "version: 2") });
    const { text } = await world.get(EDIT);
    expect(text).not.toContain("#in%3Aversion");
    expect(text).toMatch(/<li>[^<]*is not one of `1`: [^<]+<\/li>/);
  });

  it("says what is not said yet of what is folded", async () => {
    const bare = COMMENTED.replace(/^grant: .*\n/m, "").replace(/^outputs:\n.*\n/m, "");
    const world = await ConsoleWorld.open({ [PATH]: bare.replace(/^destinations:[^]*$/m, "") });
    expect((await world.get(EDIT)).text.match(/data-slot="">Not said yet\.</g)).toHaveLength(2);
  });

  it("takes a client secret only where the file says under which name", async () => {
    const nameless = COMMENTED.replace(/^ {2}secret: .*\n/m, "");
    const world = await ConsoleWorld.open({ [PATH]: nameless });
    const { text } = await world.post("/check", changed(await filled(world), ["client_secret", "another"]));
    expect(slotOf(text, "client_secret")).toContain("names no secret");
  });

  it("forgets what became of the secret that an earlier save has sealed", async () => {
    const world = await ConsoleWorld.open({ [PATH]: COMMENTED });
    await world.post(EDIT, changed(await filled(world), ["client_secret", "another-secret"]));
    expect(world.console.savedSecrets.has("oura")).toBe(true);
    await world.post(EDIT, changed(await filled(world), ["owner", "b"]));
    expect(world.console.savedSecrets.has("oura")).toBe(false);
  });
});

async function filled(world: ConsoleWorld): Promise<readonly Entry[]> {
  return formIn((await world.get(EDIT)).text);
}
