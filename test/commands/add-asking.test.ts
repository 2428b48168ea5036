import { beforeEach, describe, expect, it, test } from "vitest";
import type { Told } from "../../src/adding/told.ts";
import { AddCheckout, TOLD, toldBut } from "../support/add-checkout.ts";
import { AskedPerson } from "../support/asked-person.ts";
import { CANARIES } from "../support/canary.ts";
import { NOBODY } from "../../src/commands/nobody.ts";

let here: AddCheckout;
beforeEach(async () => {
  here = await AddCheckout.create();
});

test("a person is asked for what Oura needs, and the file is what was shown", async () => {
  const person = new AskedPerson(
    ["How does it get its first token?", "authorization_code"],
    ["Redirect URI", ""],
    ["Name", "oura-study"],
    ["What is the data for", "Sleep: of the #cohort"],
    ["Who is called", "@acme/data"],
    ["Client id", "4c1b7a"],
    ["Client id, again", "4c1b7a"],
    ["Client secret", ""],
    ["Scopes", ["daily", "heartrate"]],
    ["Which repositories' workflows", "acme/dashboards:production"],
    ["Secrets that pipelines read", "STUDY_TOKEN, STUDY_END=expires_at"],
    ["Save credentials/oura-study.yaml?", ""],
  );
  const report = await here.add(person);
  expect(report).toMatchObject({
    exit: 0,
    results: [
      { credential: "oura-study", outcome: "added", clientSecret: { kind: "left", reason: undefined } },
    ],
  });
  expect(person.unasked).toEqual([]);
  const file = here.notices.find(({ kind }) => kind === "file");
  expect(file).toEqual({
    kind: "file",
    path: "credentials/oura-study.yaml",
    text: here.files["credentials/oura-study.yaml"],
  });
  expect(here.loaded()).toMatchObject({
    faults: [],
    credentials: [
      {
        description: "Sleep: of the #cohort",
        owner: "@acme/data",
        grant: "authorization_code",
        redirectUri: "http://localhost:8484/callback",
        client: { id: "4c1b7a", secretName: "OURA_STUDY_CLIENT_SECRET" },
        scopes: ["daily", "heartrate"],
        outputs: [{ secretName: "STUDY_TOKEN" }, { secretName: "STUDY_END", field: "expires_at" }],
        destinations: [{ kind: "environment", repository: "acme/dashboards", environment: "production" }],
      },
    ],
  });
});

describe("before it asks for the client id", () => {
  it("tells where the client is registered, and which redirect URI to enter there", async () => {
    const person = new AskedPerson(
      ["Redirect URI", "http://localhost:9000/cb"],
      ["Client id", "a"],
      ["again", "a"],
      ["Client secret", ""],
      ["Save", "no"],
    );
    await here.add(person, { told: toldBut("redirectUri", "clientId") });
    expect(here.notices.map(({ kind }) => kind)).toEqual([
      "provider",
      "registration",
      "registration",
      "file",
    ]);
    expect(here.notices).toContainEqual({
      kind: "registration",
      registration: expect.objectContaining({ url: "https://developer.ouraring.com" }) as unknown,
      enter: "http://localhost:9000/cb",
    });
  });

  it("asks again for both when the two differ", async () => {
    const person = new AskedPerson(
      ["Client id", "4c1b7a"],
      ["again", "4c1b7b"],
      ["Client id", "4c1b7c"],
      ["again", " 4c1b7c "],
      ["Client secret", ""],
      ["Save", "yes"],
    );
    await here.add(person, { told: toldBut("clientId") });
    expect(here.notices.map(({ kind }) => kind)).toContain("different_ids");
    expect(here.loaded().credentials).toMatchObject([{ client: { id: "4c1b7c" } }]);
  });
});

describe("an answer is refused as it is typed, with the loader's words:", () => {
  it.each<[what: string, keyof Told, Parameters<typeof refusing>, RegExp]>([
    ["a name with a folder in it", "name", ["Name", "../oura", "ring"], /lower case|name/i],
    ["an https redirect", "redirectUri", ["Redirect", "https://example.com", ""], /loopback listener/],
    ["an unknown field", "outputs", ["Secrets", "A=refresh_token", "A"], /a refresh token is no output/],
    [
      "a destination that is none",
      "destinations",
      ["Which repositories", "acme", "acme/x"],
      /owner\/name|repository/,
    ],
    ["a name that GitHub keeps", "outputs", ["Secrets", "GITHUB_TOKEN", "A"], /GITHUB_/],
  ])("%s", async (_, key, [words, bad, good], objection) => {
    const { person } = refusing(words, bad, good);
    await here.add(person, { told: toldBut(key) });
    expect(person.objections).toHaveLength(1);
    expect(person.objections[0]).toMatch(objection);
    expect(person.unasked).toEqual([]);
  });

  function refusing(words: string, bad: string, good: string) {
    const later = [
      ["Client secret", ""],
      ["Save", "no"],
    ] as const;
    const isLast = words === "Secrets" || words === "Which repositories";
    const asked = [
      [words, bad],
      [words, good],
    ] as const;
    const [secret, save] = later;
    return { person: new AskedPerson(...(isLast ? [secret, ...asked, save] : [...asked, secret, save])) };
  }

  it("the name of a file that is there", async () => {
    here.files["credentials/oura.yaml"] = "name: oura\n";
    const person = new AskedPerson(["Name", ""], ["Name", "oura-2"], ["Client secret", ""], ["Save", "no"]);
    await here.add(person, { told: toldBut("name") });
    expect(person.objections).toEqual(["credentials/oura.yaml is there already"]);
  });

  it("an output that another credential writes to the same place", async () => {
    await here.add(NOBODY, { told: TOLD, consent: "given" });
    const person = new AskedPerson(
      ["Client secret", ""],
      ["Secrets", "OURA_ACCESS_TOKEN"],
      ["Secrets", "B"],
      ["Save", "no"],
    );
    await here.add(person, { told: { ...toldBut("outputs"), name: "a-second" } });
    expect(person.objections).toEqual([
      expect.stringContaining("is written there by credentials/oura.yaml already"),
    ]);
  });
});

test("who does not save it gets a command that brings the answers back, without the secret", async () => {
  const person = new AskedPerson(["Client secret", CANARIES.clientSecret], ["Save", "no"]);
  const told = { ...TOLD, description: "Ann's sleep", parameters: {}, scopes: [] };
  const { results } = await here.add(person, { told });
  const again =
    "sealring add oura --name oura --description 'Ann'\\''s sleep' --grant authorization_code " +
    "--redirect-uri http://localhost:8484/callback --client-id 4c1b7a --scopes '' --output OURA_ACCESS_TOKEN=access_token";
  expect(results).toMatchObject([{ outcome: "declined", again }]);
});
