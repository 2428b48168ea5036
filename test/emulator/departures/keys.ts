import { readFileSync } from "node:fs";

interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

const ROOT = JSON.parse(
  readFileSync(new URL("../../../schemas/provider.schema.json", import.meta.url), "utf8"),
) as Schema;

/** Whole objects that a declaration gives or leaves out as one. */
const AS_ONE: readonly string[] = ["parameters", "generations", "scope_parameters"];

/** What is for people to read, and for no request or answer. */
const FOR_PEOPLE: readonly string[] = ["registration", "issues_refresh_token"];

/** What the loader asks of a declaration: test/declaration/rules has its tests. */
const FOR_THE_LOADER: readonly string[] = ["offline_scopes"];

/** Every key of a provider's declaration that a client acts upon: `revocation.method`. */
export function keysOfSchema(): readonly string[] {
  return keysIn(ROOT, "").filter(
    (key) => ![...FOR_PEOPLE, ...FOR_THE_LOADER].includes(key.split(".")[0] ?? ""),
  );
}

function keysIn(schema: Schema, prefix: string): readonly string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const key = prefix + name;
    const { properties, items } = resolved(property);
    const isWhole = AS_ONE.includes(key) || name === "success";
    if (isWhole || (properties === undefined && items?.properties === undefined)) return [key];
    return keysIn(properties === undefined ? (items ?? {}) : resolved(property), `${key}.`);
  });
}

function resolved(schema: Schema): Schema {
  const name = schema.$ref?.split("/").at(-1);
  return name === undefined ? schema : (ROOT.$defs?.[name] ?? schema);
}
