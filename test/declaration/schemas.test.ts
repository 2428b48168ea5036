import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";

const NAMES = ["credential", "project", "provider"];

type Schema = Readonly<Record<string, unknown>>;

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../schemas/${name}.schema.json`, import.meta.url), "utf8")) as Schema;

/** Every schema of a key, and of what a key may hold, by its JSON pointer. */
function* members(schema: Schema, pointer: string): Generator<readonly [string, Schema]> {
  const { properties = {}, $defs = {}, items, additionalProperties } = schema;
  const named = { ...(properties as Schema), ...($defs as Schema), ...(isSchema(items) ? { items } : {}) };
  const children = isSchema(additionalProperties) ? { ...named, additionalProperties } : named;
  for (const [name, child] of Object.entries<Schema>(children as Readonly<Record<string, Schema>>)) {
    yield [`${pointer}/${name}`, child];
    yield* members(child, `${pointer}/${name}`);
  }
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null;
}

const ajv = new Ajv2020({ strictTypes: false, strictRequired: false, schemas: NAMES.map(read) });

describe.each(NAMES)("the schema of a %s", (name) => {
  const schema = read(name);
  const all = [["#", schema] as const, ...members(schema, "#")];

  test("is a valid schema of draft 2020-12 with an address", () => {
    expect(ajv.validateSchema(schema)).toBe(true);
    expect(schema["$schema"]).toBe("https://json-schema.org/draft/2020-12/schema");
    expect(schema["$id"]).toMatch(new RegExp(`/schemas/${name}\\.schema\\.json$`, "u"));
  });

  test("describes every key and has examples of it", () => {
    const undescribed = all.filter(([, { description, examples, $ref }]) => {
      const described = typeof description === "string" && Array.isArray(examples) && examples.length > 0;
      return !described && $ref === undefined;
    });
    expect(undescribed.map(([pointer]) => pointer)).toEqual([]);
  });

  test("has examples that it takes itself", () => {
    for (const [pointer, { examples }] of all) {
      const validate = ajv.compile({
        $ref: `${String(schema["$id"])}${pointer === "#" ? "" : toFragment(pointer, schema)}`,
      });
      for (const example of (examples ?? []) as unknown[])
        expect(validate(example), `${pointer} ${JSON.stringify(example)}`).toBe(true);
    }
  });

  test("leaves no object open", () => {
    const open = all.filter(
      ([, { type, additionalProperties }]) => type === "object" && additionalProperties === undefined,
    );
    expect(open.map(([pointer]) => pointer)).toEqual([]);
  });
});

/** The real place of a member: under `properties` or `$defs`, whichever has it. */
function toFragment(pointer: string, schema: Schema): string {
  let at: Schema = schema;
  const steps: string[] = [];
  for (const name of pointer.split("/").slice(1)) {
    const { properties = {}, $defs = {} } = at as { readonly properties?: Schema; readonly $defs?: Schema };
    const under = Object.hasOwn(properties, name)
      ? ["properties"]
      : Object.hasOwn($defs, name)
        ? ["$defs"]
        : [];
    steps.push(...under, name);
    at = (Object.hasOwn(properties, name) ? properties[name] : ($defs[name] ?? at[name])) as Schema;
  }
  return `#/${steps.join("/")}`;
}
