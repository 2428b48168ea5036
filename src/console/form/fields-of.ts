import type { Field, GroupField, Option } from "./field.ts";
import { resolved } from "./json-schema.ts";
import type { JsonSchema, Placed } from "./json-schema.ts";
import { labelOf } from "./label.ts";

/**
 * The fields of an object's schema, in its order: a field for every property, so that a new one appears by itself.
 * @throws Error for a form of schema that no field shows.
 */
export function fieldsOf(schema: JsonSchema, others: Placed["others"] = {}): readonly Field[] {
  return membersOf({ schema, root: schema, others });
}

function membersOf({ schema, root, others }: Placed): readonly Field[] {
  const { properties = {}, required = [] } = schema;
  return Object.entries(properties).map(([key, member]) => {
    const need = required.includes(key) ? "needed" : "optional";
    return fieldOf({ key, need }, { schema: member, root, others });
  });
}

type Member = Pick<Field, "key" | "need">;

function fieldOf(member: Member, placed: Placed): Field {
  const whole = resolved(placed);
  const { schema } = whole;
  const { description = "", examples = [] } = schema;
  const common = { ...member, label: labelOf(member.key), help: description };
  const placeholder = placeholderOf(examples);
  if (schema.const !== undefined) return { ...common, kind: "fixed", value: schema.const };
  if (schema.enum !== undefined) return { ...common, kind: "choice", options: optionsOf(schema.enum) };
  if (schema.anyOf !== undefined) return eitherOf(common, whole);
  switch (schema.type) {
    case "string":
      return { ...common, kind: "text", placeholder };
    case "integer":
      return { ...common, kind: "number", placeholder };
    case "boolean":
      return { ...common, kind: "flag" };
    case "array":
      return listOf(common, whole);
    case "object":
      return objectOf(common, whole);
    default:
      if (Array.isArray(schema.type)) return { ...common, kind: "scalar", placeholder };
      throw new Error(`no field shows ${member.key}`);
  }
}

type Named = Omit<GroupField, "kind" | "fields">;

function listOf(common: Named, { schema: { items = {}, examples = [] }, root, others }: Placed): Field {
  const item = resolved({ schema: items, root, others });
  if (item.schema.type === "object") return { ...common, kind: "rows", row: groupOf(common, item) };
  if (item.schema.type !== "string") throw new Error(`no field shows the items of ${common.key}`);
  const { enum: values } = item.schema;
  const options = optionsOf(values ?? []);
  const [example] = examples;
  const placeholder = Array.isArray(example) ? example.join(" ") : "";
  return { ...common, kind: "texts", options, others: values === undefined ? "typed" : "none", placeholder };
}

function objectOf(common: Named, whole: Placed): Field {
  const { properties, propertyNames = {}, additionalProperties } = whole.schema;
  if (properties !== undefined) return groupOf(common, whole);
  if (typeof additionalProperties !== "object")
    throw new Error(`no field shows the members of ${common.key}`);
  const { description: help = "", examples = [] } = resolved({ ...whole, schema: propertyNames }).schema;
  return {
    ...common,
    kind: "map",
    name: { label: "Name", help, placeholder: placeholderOf(examples) },
    value: fieldOf({ key: "value", need: "needed" }, { ...whole, schema: additionalProperties }),
  };
}

function eitherOf(common: Named, whole: Placed): Field {
  const parts = (whole.schema.anyOf ?? []).map((schema) => resolved({ ...whole, schema }));
  const text = parts.find(({ schema }) => schema.type === "string");
  const object = parts.find(({ schema }) => schema.type === "object");
  if (text === undefined || object === undefined || parts.length > 2)
    throw new Error(`no field shows the alternatives of ${common.key}`);
  const placeholder = placeholderOf(whole.schema.examples ?? []);
  return {
    ...common,
    kind: "either",
    text: { ...common, kind: "text", placeholder },
    group: groupOf(common, object),
  };
}

function groupOf(common: Named, placed: Placed): GroupField {
  return { ...common, kind: "group", fields: membersOf(placed) };
}

function optionsOf(values: readonly string[]): readonly Option[] {
  return values.map((value) => ({ value, label: value }));
}

function placeholderOf([example]: readonly unknown[]): string {
  return typeof example === "string" || typeof example === "number" ? String(example) : "";
}
