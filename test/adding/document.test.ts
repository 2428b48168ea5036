import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { credentialOf } from "../../src/adding/credential.ts";
import { fileOf } from "../../src/adding/document.ts";
import { faultsOfNew } from "../../src/adding/judge.ts";
import { modeline } from "../../src/adding/schemas.ts";
import { byIssuer, catalogued } from "../../src/adding/subject.ts";
import type { Told } from "../../src/adding/told.ts";
import { loadDeclarations } from "../../src/declaration/load.ts";
import { findEntry, listProviders } from "../../src/providers/catalogue.ts";
import { memoryFiles } from "../support/memory-files.ts";

const REPOSITORY = "acme/app";
const EMPTY = { files: memoryFiles({}), repository: REPOSITORY };

function oura() {
  const entry = findEntry("oura");
  if (entry === undefined) throw new Error("oura is in the catalogue");
  return catalogued(entry);
}

function loaded(subject: Parameters<typeof fileOf>[0], told: Told) {
  const { path, text } = fileOf(subject, credentialOf(subject, told));
  const files = memoryFiles({ [path]: text });
  return loadDeclarations(files, { paths: [], environment: { repository: REPOSITORY } });
}

test("the file says what each part is for, where the client is registered, and which schema it has", () => {
  const told: Told = { clientId: "4c1b7a", description: "Sleep", owner: "@acme/data", scopes: ["daily"] };
  expect(fileOf(oura(), credentialOf(oura(), told))).toEqual({
    path: "credentials/oura.yaml",
    text: `# yaml-language-server: $schema=https://raw.githubusercontent.com/sealring/sealring/main/schemas/credential.schema.json

# Oura Ring: the client is registered at https://developer.ouraring.com

version: 1
name: oura # the file's name
description: Sleep
owner: "@acme/data" # who is called when a person is needed

provider: oura # what is known of it: sealring providers show oura
grant: authorization_code

client:
  id: 4c1b7a # public
  secret: OURA_CLIENT_SECRET # the secret's NAME, never its value

scopes: [daily]
redirect_uri: http://localhost:8484/callback # byte for byte as registered

# What pipelines read: the name of each secret, and what is in it.
outputs:
  OURA_ACCESS_TOKEN: access_token

# No \`destinations\`: the outputs become Actions secrets of this repository.
`,
  });
});

test("README.md shows what add writes", () => {
  const { text } = fileOf(
    oura(),
    credentialOf(oura(), {
      clientId: "4c1b7a00-1111-2222-3333-444455556666",
      description: "Sleep, activity and recovery of the study cohort",
      owner: "data-platform@acme.example",
      scopes: ["personal", "daily", "heartrate"],
    }),
  );
  const shown = text.slice(text.indexOf("version: 1"), text.indexOf("\n# No `destinations`"));
  expect(readFileSync("README.md", "utf8")).toContain(`\`\`\`yaml\n${shown}\`\`\``);
});

test.each(["credential", "project"] as const)(
  "the first line names the published schema of a %s",
  (schema) => {
    const { $id } = JSON.parse(readFileSync(`schemas/${schema}.schema.json`, "utf8")) as { $id: string };
    expect(modeline(schema)).toBe(`yaml-language-server: $schema=${$id}`);
  },
);

describe("the loader reads what was told", () => {
  // What nobody can see the loader refuses, unless it is written as an escape.
  const text = fc
    .string({ unit: "binary", maxLength: 60 })
    .filter((each) => !/[\p{Surrogate}\p{Cf}]/u.test(each));
  const line = fc.oneof(
    text,
    fc.constantFrom("null", "yes", "0x1f", "1e3", "~", "- a", "a: b", "a #b", " a ", "'", "|"),
  );
  const name = fc.stringMatching(/^[a-z0-9]{1,8}(?:-[a-z0-9]{1,8}){0,3}$/);
  const scope = fc.stringMatching(/^[!#-[\]-~]{1,20}$/);
  const clientId = fc.stringMatching(/^[ -~]{1,40}$/);
  const known = /^(?:gh|xox|[rs]k_|ya29|AIza|AKIA|ASIA|eyJ|-----|AGE)/;

  it("byte for byte, whatever is in names, descriptions, client ids and scopes", () => {
    const told = fc.record({
      name,
      description: line,
      owner: line,
      clientId: clientId.filter((id) => !known.test(id)),
      scopes: fc.uniqueArray(scope, { maxLength: 12 }),
      environment: fc.stringMatching(/^[a-z ]{0,10}[a-z]$/).filter((each) => !each.startsWith(" ")),
    });
    fc.assert(
      fc.property(told, (each) => {
        const { faults, credentials } = loaded(byIssuer("https://id.example.com"), each);
        expect(faults.map(({ message, line: at }) => [message, at])).toEqual([]);
        const { description, owner } = each;
        expect(credentials).toMatchObject([
          {
            name: each.name,
            client: { id: each.clientId },
            scopes: each.scopes,
            environment: each.environment,
          },
        ]);
        expect([credentials[0]?.description, credentials[0]?.owner]).toEqual(
          [description, owner].map((value) => (value === "" ? undefined : value)),
        );
      }),
      { numRuns: 500 },
    );
  });

  it("outputs, destinations and the environment", () => {
    const { credentials, faults } = loaded(oura(), {
      clientId: "a",
      outputs: [
        { secretName: "A", field: "access_token" },
        { secretName: "B", field: "expires_at" },
      ],
      destinations: [{ repository: "acme/app", environment: "prod" }, { repository: "acme/b" }],
      environment: "sealring-2",
    });
    expect(faults).toEqual([]);
    expect(credentials).toMatchObject([
      {
        outputs: [
          { secretName: "A", field: "access_token" },
          { secretName: "B", field: "expires_at" },
        ],
        destinations: [
          { kind: "environment", repository: "acme/app", environment: "prod" },
          { kind: "repository", repository: "acme/b" },
        ],
        environment: "sealring-2",
      },
    ]);
  });
});

test.each(listProviders().map((entry) => [entry.id, entry] as const))(
  "of %s the defaults alone make a file without a fault",
  (_, entry) => {
    const subject = catalogued(entry);
    for (const grant of entry.declaration.grants ?? [undefined]) {
      const file = fileOf(subject, credentialOf(subject, { clientId: "a", grant }));
      expect(faultsOfNew(EMPTY, file).map(({ message, hint }) => `${message}: ${hint}`)).toEqual([]);
    }
  },
);

test.each(["github", "3scale", "actions-app", "sealring", "runner"])(
  "a name that no secret's may begin with, %s, makes secrets that GitHub takes",
  (name) => {
    expect(loaded(oura(), { name, clientId: "a" }).faults.map(({ message }) => message)).toEqual([]);
  },
);
