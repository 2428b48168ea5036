import { beforeEach, describe, expect, it, test } from "vitest";
import type { Told } from "../../src/adding/told.ts";
import { SealringError } from "../../src/errors.ts";
import { AddCheckout, TOLD } from "../support/add-checkout.ts";
import { AskedPerson } from "../support/asked-person.ts";
import { CANARIES, expectNoCanary } from "../support/canary.ts";
import { NOBODY } from "../../src/commands/nobody.ts";

const SECRET = CANARIES.clientSecret;

let here: AddCheckout;
beforeEach(async () => {
  here = await AddCheckout.create();
});

describe("the client secret", () => {
  const person = (...last: ConstructorParameters<typeof AskedPerson>) =>
    new AskedPerson(["Client secret", SECRET], ["Save", "yes"], ...last);

  it("is sealed to GitHub at once, and written nowhere", async () => {
    const report = await here.add(person(["Authorize oura now?", "no"]), { told: TOLD });
    expect(report.results).toMatchObject([
      { clientSecret: { kind: "sealed", target: here.world.store }, authorized: undefined },
    ]);
    expect(here.world.sandbox.github.revealSecret(here.world.store, "OURA_CLIENT_SECRET")).toBe(SECRET);
    expectNoCanary(JSON.stringify([here.files, here.notices, report]));
  });

  it("is left for authorize where GitHub cannot be had, and the file is written all the same", async () => {
    const connect = () => Promise.reject(new SealringError("usage", "there is no token for github.com"));
    const report = await here.add(person(), { told: TOLD }, { connect });
    expect(report).toMatchObject({
      exit: 0,
      results: [
        { outcome: "added", clientSecret: { kind: "left", reason: "there is no token for github.com" } },
      ],
    });
    expect(here.loaded().credentials).toHaveLength(1);
  });

  it("is left for authorize where its environment is not there yet", async () => {
    const report = await here.add(person(), { told: { ...TOLD, environment: "not-yet" } });
    expect(report).toMatchObject({
      exit: 0,
      results: [{ clientSecret: { kind: "left", reason: expect.stringContaining("not-yet") as unknown } }],
    });
  });

  it("is taken from the variable of its name, and then nobody is asked", async () => {
    const { secrets } = here.world.job({ owner: "process" }).ports;
    await here.add(NOBODY, { told: TOLD, consent: "given" }, { secrets });
    expect(here.world.sandbox.github.revealSecret(here.world.store, "OURA_CLIENT_SECRET")).toBeDefined();
  });
});

test("who does not want it saved has nothing written, here or at GitHub", async () => {
  const person = new AskedPerson(["Client secret", SECRET], ["Save", "no"]);
  expect(await here.add(person, { told: TOLD })).toMatchObject({
    exit: 0,
    results: [{ outcome: "declined" }],
  });
  expect(here.files).toEqual({});
  expect(here.world.sandbox.github.revealSecret(here.world.store, "OURA_CLIENT_SECRET")).toBeUndefined();
});

test("who says so authorizes at once, by the code of authorize", async () => {
  const { authorization_server: server } = here.world.sandbox.addresses;
  const [, redirectUri] = server.redirect_uris;
  const told: Told = { ...TOLD, clientId: server.client_id, redirectUri, scopes: ["extapi:personal"] };
  const person = new AskedPerson(
    ["What happens to a refresh token", "single_use"],
    ["Client secret", server.client_secret],
    ["Save", ""],
    ["Authorize oura now?", ""],
  );
  const report = await here.add(person, { provider: server.issuer, told });
  expect(report).toMatchObject({
    exit: 0,
    results: [{ authorized: { outcome: "authorized", generation: 1 } }],
  });
  expect(await here.world.outputWorks()).toBe(true);
});

test("an authorization that fails does not hide what is saved, and names the command for the next try", async () => {
  const person = new AskedPerson(["Client secret", SECRET], ["Save", ""], ["Authorize oura now?", ""]);
  const listener = { listen: () => Promise.reject(new SealringError("usage", "port 8484 is taken")) };
  await expect(here.add(person, { told: TOLD }, { listener })).rejects.toMatchObject({
    code: "usage",
    message: expect.stringMatching(
      /^credentials\/oura\.yaml is saved and OURA_CLIENT_SECRET is sealed, .*port 8484 is taken/,
    ) as unknown,
    hint: expect.stringContaining("sealring authorize oura") as unknown,
  });
});

describe("a client secret of another credential", () => {
  it("is never sealed over: the new one's gets another name", async () => {
    const before = "client: { id: other, secret: OURA_CLIENT_SECRET }";
    here.files["credentials/ring.yaml"] =
      `version: 1\nname: ring\nprovider: oura\ngrant: authorization_code\n${before}\n` +
      "scopes: [daily]\nredirect_uri: http://localhost:8484/callback\noutputs: { RING: access_token }\n";
    const person = new AskedPerson(["Client secret", SECRET], ["Save", ""], ["Authorize oura now?", "no"]);
    await here.add(person, { told: TOLD });
    const { github } = here.world.sandbox;
    expect(github.revealSecret(here.world.store, "OURA_CLIENT_SECRET")).toBeUndefined();
    expect(github.revealSecret(here.world.store, "OURA_CLIENT_SECRET_2")).toBe(SECRET);
    expect(here.loaded().faults).toEqual([]);
  });
});

describe("where nobody is to be asked", () => {
  it("what people stumble over is told all the same", async () => {
    await here.add(NOBODY, { told: TOLD, consent: "given" });
    expect(here.notices.map(({ kind }) => kind)).toEqual(["provider", "registration", "file"]);
  });

  it("no scope is chosen for anybody, but the one without which no refresh token comes", async () => {
    const told = { clientId: "a", parameters: { tenant: "acme" } };
    await here.add(NOBODY, { provider: "microsoft", told, consent: "given" });
    expect(here.loaded().credentials).toMatchObject([{ scopes: ["offline_access"] }]);
    const without = here.add(NOBODY, { provider: "slack", told: { clientId: "a" }, consent: "given" });
    await expect(without).rejects.toMatchObject({
      message: expect.stringContaining("the scopes") as unknown,
    });
    await here.add(NOBODY, { provider: "notion", told: { clientId: "a" }, consent: "given" });
    const less = await here.add(NOBODY, {
      ...{ provider: "microsoft", consent: "given" },
      told: { ...told, name: "less", scopes: ["User.Read"] },
    });
    expect(less).toMatchObject({ faults: [{ rule: "offline-scope" }] });
  });

  it("everything that is missing is told at once, with its options", async () => {
    await expect(here.add(NOBODY, { provider: "zendesk" })).rejects.toMatchObject({
      code: "usage",
      message:
        "nobody is there to ask for what is missing: the subdomain, the client id, the scopes, the consent to save it",
      hint:
        "run at a terminal, or: sealring add zendesk --parameter subdomain=acme --client-id <id> --scopes <scopes> --yes; " +
        "what to know before: sealring providers show zendesk",
    });
  });

  it("what the catalogue says of refresh tokens is not told again", async () => {
    const adding = here.add(NOBODY, { told: { ...TOLD, rotation: "none" }, consent: "given" });
    await expect(adding).rejects.toMatchObject({
      code: "usage",
      hint: expect.stringContaining("--rotation") as unknown,
    });
  });

  it("a faulty option is a fault of the file that is not written", async () => {
    const report = await here.add(NOBODY, { told: { ...TOLD, scopes: ["dayly"] }, consent: "given" });
    expect(report).toMatchObject({
      exit: 2,
      faults: [{ rule: "unknown-scope", hint: "did you mean `daily`?" }],
    });
    expect(here.files).toEqual({});
  });

  it("a file that is there is never written over", async () => {
    here.files["credentials/oura.yaml"] = "mine";
    const adding = here.add(NOBODY, { told: TOLD, consent: "given" });
    await expect(adding).rejects.toMatchObject({
      code: "usage",
      hint: expect.stringContaining("--name") as unknown,
    });
    expect(here.files).toEqual({ "credentials/oura.yaml": "mine" });
  });
});

describe("a file that is there", () => {
  it("ends it before anything is asked where its name was an option", async () => {
    here.files["credentials/oura.yaml"] = "mine";
    const person = new AskedPerson();
    await expect(here.add(person, { told: { name: "oura" } })).rejects.toMatchObject({ code: "usage" });
  });

  it("is kept even when it came while the person was asked", async () => {
    const person = new AskedPerson(["Client secret", SECRET], ["Save", "yes"]);
    const confirm = (question: string) => {
      here.files["credentials/oura.yaml"] = "mine";
      return person.text(question).then((said) => said === "yes");
    };
    const { interactive } = person;
    const prompt = { ...NOBODY, interactive, hidden: person.hidden.bind(person), confirm };
    await expect(here.add(prompt, { told: TOLD })).rejects.toMatchObject({ code: "usage" });
    expect(here.files).toEqual({ "credentials/oura.yaml": "mine" });
    expect(here.world.sandbox.github.revealSecret(here.world.store, "OURA_CLIENT_SECRET")).toBeUndefined();
  });
});
