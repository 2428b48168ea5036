import { expect, it } from "vitest";
import { askParameters } from "../../src/adding/about-parameters.ts";
import { credentialOf } from "../../src/adding/credential.ts";
import { fileOf } from "../../src/adding/document.ts";
import { faultsOfNew, memberOf } from "../../src/adding/judge.ts";
import { missingFrom } from "../../src/adding/missing.ts";
import type { Subject } from "../../src/adding/subject.ts";
import type { Told } from "../../src/adding/told.ts";
import type { ProviderParameter } from "../../src/providers/template.ts";
import { AskedPerson } from "../support/asked-person.ts";
import { memoryFiles } from "../support/memory-files.ts";

/** A provider that is described inline, with these parameters. */
function providerWith(parameters: Record<string, ProviderParameter>): Subject {
  const tokenEndpoint = "https://id.example.com/token";
  const declaration = { authorization_endpoint: tokenEndpoint, token_endpoint: tokenEndpoint, parameters };
  // A credential declares the whole of it, in this test.
  const declared = declaration as unknown as { readonly issuer: string };
  return { declared, declaration, identity: { id: "inline", name: "Example" }, entry: undefined };
}

async function asked(subject: Subject, person: AskedPerson, told: Told = {}): Promise<Told> {
  const faultOf = (member: string, all: Told) => {
    const file = fileOf(subject, credentialOf(subject, all));
    const around = { files: memoryFiles({}), repository: "acme/app" };
    return faultsOfNew(around, file).find((fault) => memberOf(file, fault) === member)?.message;
  };
  const notify = () => undefined;
  const all = await askParameters({ prompt: person, subject, notify, faultOf }, told);
  expect(person.unasked).toEqual([]);
  return all;
}

const SUBDOMAIN: ProviderParameter = { format: "label", description: "Your subdomain" };
const HOST: ProviderParameter = {
  format: "hostname",
  description: "Your host",
  values: { "id-demo.example.com": "Demo", "id.example.com": "Production" },
  default: "id.example.com",
};
const HINT: ProviderParameter = { format: "text", description: "Login hint", optional: true };

it("a value is refused as it is typed, and has to be given", async () => {
  const person = new AskedPerson(["subdomain", "-acme"], ["subdomain", ""], ["subdomain", "acme"]);
  const subject = providerWith({ subdomain: SUBDOMAIN });
  expect(await asked(subject, person)).toEqual({ parameters: { subdomain: "acme" } });
  expect(person.objections).toEqual([
    "this is no part of a host name: Your subdomain",
    "the provider needs it",
  ]);
});

it("where the values are known they are chosen from, the default first; that one is not written down", async () => {
  const subject = providerWith({ host: HOST });
  const usual = new AskedPerson(["host", "id.example.com"]);
  expect(await asked(subject, usual)).toEqual({});
  expect(usual.lists.get("Your host")?.map(({ label }) => label)).toEqual(["Production", "Demo"]);
  const demo = await asked(subject, new AskedPerson(["host", "id-demo.example.com"]));
  expect(demo).toEqual({ parameters: { host: "id-demo.example.com" } });
});

it("an optional one may be left out, and one that was told is not asked for", async () => {
  const subject = providerWith({ subdomain: SUBDOMAIN, hint: HINT });
  const told = { parameters: { subdomain: "acme" } };
  expect(await asked(subject, new AskedPerson(["Login hint", ""]), told)).toEqual(told);
});

it("where nobody is asked, only what the provider needs is missing", () => {
  const subject = providerWith({ subdomain: SUBDOMAIN, host: HOST, hint: HINT });
  expect(missingFrom(subject, { clientId: "a", scopes: [] }).map(({ option }) => option)).toEqual([
    "--parameter subdomain=acme",
  ]);
});
