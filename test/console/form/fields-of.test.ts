import { describe, expect, it } from "vitest";
import credentialSchema from "../../../schemas/credential.schema.json" with { type: "json" };
import providerSchema from "../../../schemas/provider.schema.json" with { type: "json" };
import { CREDENTIAL_FIELDS } from "../../../src/console/adding/credential-fields.ts";
import type { Field } from "../../../src/console/form/field.ts";
import { fieldsOf } from "../../../src/console/form/fields-of.ts";
import type { JsonSchema } from "../../../src/console/form/json-schema.ts";

const only = (schema: JsonSchema, root: JsonSchema = {}) =>
  fieldsOf({ ...root, type: "object", properties: { it: schema } })[0];

describe("the fields of a schema", () => {
  it("are one for each property, with its words, in its order", () => {
    const made: JsonSchema = {
      type: "object",
      required: ["ring_size"],
      properties: {
        ring_size: { type: "integer", description: "In millimetres.", examples: [18] },
        landing_uri: { type: "string", examples: ["https://a.example"] },
      },
    };
    expect(fieldsOf(made)).toEqual([
      {
        kind: "number",
        key: "ring_size",
        label: "Ring size",
        help: "In millimetres.",
        need: "needed",
        placeholder: "18",
      },
      {
        kind: "text",
        key: "landing_uri",
        label: "Landing URI",
        help: "",
        need: "optional",
        placeholder: "https://a.example",
      },
    ]);
  });

  it("are of the kind that the schema asks for", () => {
    const kind = (schema: JsonSchema) => only(schema)?.kind;
    expect(kind({ const: 1 })).toBe("fixed");
    expect(kind({ type: "boolean" })).toBe("flag");
    expect(kind({ type: ["string", "number"] })).toBe("scalar");
    expect(kind({ type: "string", enum: ["a"] })).toBe("choice");
    expect(kind({ type: "array", items: { type: "string" } })).toBe("texts");
    expect(kind({ type: "array", items: { type: "object", properties: {} } })).toBe("rows");
    expect(kind({ type: "object", additionalProperties: { type: "string" } })).toBe("map");
    expect(kind({ type: "object", properties: {} })).toBe("group");
    expect(kind({ anyOf: [{ type: "string" }, { type: "object", properties: {} }] })).toBe("either");
  });

  it("follow references, and keep the words beside them", () => {
    const root = { $defs: { size: { type: "integer", description: "Of a ring." } } };
    expect(only({ $ref: "#/$defs/size" }, root)).toMatchObject({ kind: "number", help: "Of a ring." });
    expect(only({ $ref: "#/$defs/size", description: "Own." }, root)).toMatchObject({ help: "Own." });
    expect(() => only({ $ref: "#/$defs/none" })).toThrow("leads nowhere");
  });

  it("are missing for nothing: a form of schema that none shows is a bug", () => {
    expect(() => only({})).toThrow("no field shows it");
    expect(() => only({ type: "array", items: { type: "integer" } })).toThrow(
      "no field shows the items of it",
    );
  });
});

/** The keys of a schema's properties, with those below them. */
function keysOf(schema: JsonSchema, root: JsonSchema, above = ""): readonly string[] {
  if (schema.$ref?.startsWith("#/$defs/") === true)
    return keysOf(
      { ...root.$defs?.[schema.$ref.slice("#/$defs/".length)], ...schema, $ref: undefined },
      root,
      above,
    );
  const below = [schema.items, schema.additionalProperties].flatMap((each) =>
    typeof each === "object" ? keysOf(each, root, `${above}/*`) : [],
  );
  const own = Object.entries(schema.properties ?? {}).flatMap(([key, member]) => {
    const path = above === "" ? key : `${above}/${key}`;
    return [path, ...keysOf(member, root, path)];
  });
  return [...below, ...own];
}

function shownBy(fields: readonly Field[], above = ""): readonly string[] {
  return fields.flatMap((field) => {
    const path = above === "" ? field.key : `${above}/${field.key}`;
    return [path, ...insideOf(field, path)];
  });
}

function insideOf(field: Field, path: string): readonly string[] {
  if (field.kind === "group") return shownBy(field.fields, path);
  if (field.kind === "rows") return shownBy(field.row.fields, `${path}/*`);
  if (field.kind === "map") return insideOf(field.value, `${path}/*`);
  return field.kind === "either" ? shownBy(field.group.fields, path) : [];
}

describe("the form for a credential", () => {
  it("has a field for every key of both schemas", () => {
    const provider = keysOf(providerSchema, providerSchema).map((key) => `provider/${key}`);
    const wanted = [...keysOf(credentialSchema, credentialSchema), ...provider];
    expect(wanted.length).toBeGreaterThan(140);
    expect(wanted.filter((key) => !shownBy(CREDENTIAL_FIELDS).includes(key))).toEqual([]);
  });
});
