import { beforeEach, describe, expect, it, test } from "vitest";
import type { Told } from "../../src/adding/told.ts";
import { SealringError } from "../../src/errors.ts";
import { AddCheckout, TOLD } from "../support/add-checkout.ts";
import { AskedPerson } from "../support/asked-person.ts";
import { CANARIES, expectNoCanary } from "../support/canary.ts";
import { noPrompt } from "../support/job-ports.ts";

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
    await here.add(noPrompt, { told: TOLD, consent: "given" }, { secrets });
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
    ["Client secret", server.client_secret],
    ["Save", "yes"],
    ["Authorize oura now?", "yes"],
  );
  const report = await here.add(person, { provider: server.issuer, told });
  expect(report).toMatchObject({
    exit: 0,
    results: [{ authorized: { outcome: "authorized", generation: 1 } }],
  });
  expect(await here.world.outputWorks()).toBe(true);
});

describe("where nobody is to be asked", () => {
  it("everything that is missing is told at once, with its options", async () => {
    await expect(here.add(noPrompt, { provider: "zendesk" })).rejects.toMatchObject({
      code: "usage",
      message:
        "nobody is there to ask for what is missing: the subdomain, the client id, the scopes, the consent to save it",
      hint:
        "run at a terminal, or: sealring add zendesk --parameter subdomain=acme --client-id <id> --scopes <scopes> --yes; " +
        "what to know before: sealring providers show zendesk",
    });
  });

  it("a faulty option is a fault of the file that is not written", async () => {
    const report = await here.add(noPrompt, { told: { ...TOLD, scopes: ["dayly"] }, consent: "given" });
    expect(report).toMatchObject({
      exit: 2,
      faults: [{ rule: "unknown-scope", hint: "did you mean `daily`?" }],
    });
    expect(here.files).toEqual({});
  });

  it("a file that is there is never written over", async () => {
    here.files["credentials/oura.yaml"] = "mine";
    const adding = here.add(noPrompt, { told: TOLD, consent: "given" });
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
    const prompt = { ...noPrompt, interactive, hidden: person.hidden.bind(person), confirm };
    await expect(here.add(prompt, { told: TOLD })).rejects.toMatchObject({ code: "usage" });
    expect(here.files).toEqual({ "credentials/oura.yaml": "mine" });
    expect(here.world.sandbox.github.revealSecret(here.world.store, "OURA_CLIENT_SECRET")).toBeUndefined();
  });
});
