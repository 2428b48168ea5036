import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CREDENTIAL_FIELDS } from "../../../src/console/adding/credential-fields.ts";
import type { Field } from "../../../src/console/form/field.ts";
import { fieldsOf } from "../../../src/console/form/fields-of.ts";
import type { JsonSchema } from "../../../src/console/form/json-schema.ts";
import { fillForm } from "../../../src/console/form/fill.ts";
import { overlaid } from "../../../src/console/form/overlay.ts";
import { readForm } from "../../../src/console/form/read.ts";
import { Typed } from "../../../src/console/form/typed.ts";
import type { Entry } from "../../../src/console/form/typed.ts";
import { anyMembers } from "../../support/arbitrary-forms.ts";

const LIST: JsonSchema = { type: "array", items: { type: "object", properties: { a: { type: "string" } } } };
const MAP: JsonSchema = { type: "object", additionalProperties: { type: "string", enum: ["x", "y"] } };
const FIELDS = fieldsOf({
  properties: { list: LIST, map: MAP, size: { type: "integer" }, on: { type: "boolean" } },
});
const read = (...entries: readonly Entry[]) => readForm(FIELDS, new Typed(entries));

describe("what stands in a form", () => {
  it("is without what was left empty", () => {
    expect(
      read(["list/0/a", ""], ["map/0/name", ""], ["map/0/value", "x"], ["size", " "], ["on", ""]).value,
    ).toEqual({});
  });

  it("closes up where a row was emptied, and knows the place of each", () => {
    const { value, places } = read(["list/0/a", ""], ["list/3/a", "one"], ["list/12/a", "two"]);
    expect(value).toEqual({ list: [{ a: "one" }, { a: "two" }] });
    expect(places.get('["list","1","a"]')).toBe("list/12/a");
  });

  it("stays as it was typed where no field takes it, for the loader to judge", () => {
    expect(read(["size", "ten"], ["on", "perhaps"]).value).toEqual({ size: "ten", on: "perhaps" });
  });

  it("has a name twice as a problem", () => {
    const { problems } = read(
      ["map/0/name", "A"],
      ["map/0/value", "x"],
      ["map/1/name", "A"],
      ["map/1/value", "y"],
    );
    expect(problems).toMatchObject([{ name: "map/1/name", message: "this name is already in the list" }]);
  });

  it("is what it was filled with, whatever a credential's fields have", () => {
    const fixed = Object.fromEntries(
      CREDENTIAL_FIELDS.flatMap((field) => (field.kind === "fixed" ? [[field.key, field.value]] : [])),
    );
    fc.assert(
      fc.property(anyMembers(CREDENTIAL_FIELDS), (value) => {
        const typed = new Typed(fillForm(CREDENTIAL_FIELDS, value));
        expect(readForm(CREDENTIAL_FIELDS, typed).value).toEqual({ ...value, ...fixed });
      }),
      { numRuns: 40 },
    );
  });
});

describe("what is changed in a form", () => {
  const group: readonly Field[] = fieldsOf({
    properties: { list: LIST, words: { type: "array", items: { type: "string" } } },
  });

  it("leaves alone what the form does not show, and the order of what it shows", () => {
    const old = { words: ["b", "a"], other: 1, list: [{ a: "1", odd: true }, { a: "2" }] };
    const before = { words: ["a", "b"], list: [{ a: "1" }, { a: "2" }] };
    const after = { words: ["a", "b", "c"], list: [{ a: "1" }] };
    expect(overlaid(group, old, { before, after })).toEqual({
      words: ["b", "a", "c"],
      other: 1,
      list: [{ a: "1", odd: true }],
    });
    expect(overlaid(group, old, { before, after: before })).toEqual(old);
  });

  it("is nothing where only an input shows it in one line", () => {
    const fields = fieldsOf({ properties: { note: { type: "string" } } });
    const before = readForm(fields, new Typed(fillForm(fields, { note: "a\n b" }))).value;
    expect(before).toEqual({ note: "a b" });
    expect(overlaid(fields, { note: "a\n b" }, { before, after: before })).toEqual({ note: "a\n b" });
  });
});
