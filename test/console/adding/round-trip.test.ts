import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Members } from "../../../src/adding/amend/changes.ts";
import { plainOf } from "../../../src/adding/amend/plain.ts";
import { catalogued } from "../../../src/adding/subject.ts";
import { showProvider } from "../../../src/commands/providers.ts";
import { aboutNew, aboutOld } from "../../../src/console/adding/about.ts";
import { fieldsFor } from "../../../src/console/adding/credential-fields.ts";
import { isSound } from "../../../src/console/adding/draft.ts";
import { editDraft } from "../../../src/console/adding/edit-draft.ts";
import { newDraft } from "../../../src/console/adding/new-draft.ts";
import { fillForm } from "../../../src/console/form/fill.ts";
import { readForm } from "../../../src/console/form/read.ts";
import { Typed } from "../../../src/console/form/typed.ts";
import { memoryFiles } from "../../support/memory-files.ts";

const subject = catalogued(showProvider("oura").entry);
const CLIENT = { kind: undefined, secret: undefined, problems: [] };
const around = { files: memoryFiles({}), repository: "acme/credentials" };

const line = fc.stringMatching(/^[!-~ä]([ -~ä#:'"]{0,20}[!-~ä])?$/u).filter((text) => text === text.trim());
const secretName = fc
  .stringMatching(/^[A-Z]{1,3}_[A-Z0-9_]{1,6}$/)
  .filter((name) => !/^(GITHUB|SEALRING)_/.test(name));
const repository = fc.stringMatching(/^[a-z]{1,5}\/[a-z][a-z.-]{0,5}$/);
const destination = fc.oneof(
  fc.record({ repository }),
  fc.record({ repository, environment: fc.constantFrom("production", "a b", "ä") }),
  fc.record({ repository, app: fc.constantFrom("actions", "dependabot", "codespaces") }),
  fc.record({
    organization: fc.stringMatching(/^[a-z]{1,8}$/),
    visibility: fc.constantFrom("all", "private"),
  }),
  fc.record({
    organization: fc.stringMatching(/^[a-z]{1,8}$/),
    visibility: fc.constant("selected"),
    repositories: fc.uniqueArray(fc.stringMatching(/^[a-z]{1,5}$/), { minLength: 1, maxLength: 3 }),
  }),
);
const some = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

const credential: fc.Arbitrary<Members> = fc
  .record({
    name: fc.stringMatching(/^[a-z]{1,6}(-[a-z0-9]{1,4})?$/),
    description: some(line),
    owner: some(line),
    grant: fc.constant("authorization_code"),
    client: fc.record({ id: fc.stringMatching(/^[!-~]([ -~]{0,10}[!-~])?$/) }),
    scopes: some(fc.subarray(["email", "personal", "daily", "heartrate"], { minLength: 1 })),
    redirect_uri: fc
      .integer({ min: 1024, max: 65535 })
      .map((port) => `http://localhost:${String(port)}/callback`),
    outputs: some(
      fc.dictionary(secretName, fc.constantFrom("access_token", "id_token", "scope"), {
        minKeys: 1,
        maxKeys: 3,
        noNullPrototype: true,
      }),
    ),
    destinations: some(
      fc.uniqueArray(destination, { minLength: 1, maxLength: 3, selector: (each) => Object.values(each)[0] }),
    ),
    environment: some(fc.constantFrom("sealring-2", "ä b")),
    refresh: some(fc.record({ margin: fc.constantFrom("8h", "90s") })),
  })
  .map((value) => Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)));

describe("a credential that is typed into the form", () => {
  it("comes back from its file as it was typed, whatever it is", () => {
    const fields = fieldsFor(aboutNew(subject, {}));
    fc.assert(
      fc.property(credential, line, (value, owner) => {
        const reading = readForm(fields, new Typed(fillForm(fields, value)));
        const draft = newDraft(around, { subject, reading, client: CLIENT });
        expect(draft.faults).toEqual({ byName: new Map(), elsewhere: [] });
        expect(isSound(draft)).toBe(true);
        const written = plainOf(draft.file.text) as Members;
        expect(written).toMatchObject(value);

        const old = { ...draft.file, value: written };
        const shown = fieldsFor(aboutOld(written, draft.judgement.credential?.provider));
        const again = readForm(shown, new Typed(fillForm(shown, written)));
        const { name, ...rest } = value;
        expect(again.value).toMatchObject(rest);
        const edited = { ...again, value: { ...again.value, owner } };
        const typed = { fields: shown, reading: edited, client: CLIENT, problems: [] };
        expect(plainOf(editDraft(around, old, typed).file.text)).toEqual({ ...written, owner });
      }),
      { numRuns: 25 },
    );
  });
});
