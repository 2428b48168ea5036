// Writes src/**/generated/: validators compiled from schemas/, the types that go with them, and the catalogue
// of providers as one module. Run by `npm run generate`; its output is not committed.
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import Ajv2020 from "ajv/dist/2020.js";
import standaloneCode from "ajv/dist/standalone/index.js";
import { compile } from "json-schema-to-typescript";
import { parse } from "yaml";

const ROOT = new URL("../", import.meta.url);
const HEADER = "// Written by scripts/generate.mjs. Do not edit.\n";
const CATALOGUE_KEYS = ["id", "name", "docs", "sources"];

const schemas = await readSchemas(["provider", "credential", "project"]);
const ajv = new Ajv2020.default({
  allErrors: true,
  allowUnionTypes: true,
  // A const or a required key of an `if` is typed by the schema around it.
  strictTypes: false,
  strictRequired: false,
  code: { source: true, esm: true, lines: true },
  schemas: Object.values(schemas),
});

const localRefs = {
  order: 1,
  canRead: /provider\.schema\.json$/,
  read: () => JSON.stringify(shapeOf(schemas.provider)),
};

await Promise.all([
  write("src/declaration/generated/validators.js", validators()),
  write("src/declaration/generated/validators.d.ts", validatorTypes()),
  write("src/declaration/generated/known-keys.ts", knownKeysModule()),
  write("src/declaration/generated/credential.ts", await types("credential")),
  write("src/declaration/generated/project.ts", await types("project")),
  write("src/providers/generated/provider.ts", await types("provider")),
  write("src/providers/generated/catalogue.ts", await catalogueModule()),
]);

async function readSchemas(names) {
  const read = async (name) => [name, JSON.parse(await text(`schemas/${name}.schema.json`))];
  return Object.fromEntries(await Promise.all(names.map(read)));
}

function validators() {
  const exports = { validateCredential: schemas.credential.$id, validateProject: schemas.project.$id };
  const code = standaloneCode.default(ajv, exports);
  if (process.env.DBG) console.log(code.match(/.*require\(.*/g));
  else if (code.includes("require("))
    throw new Error("a validator needs ajv at run time: keep to simpler keywords");
  return code;
}

function validatorTypes() {
  return `/** One error of a compiled schema. */
export interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly propertyName?: string;
}
export interface Validator {
  (value: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}
export declare const validateCredential: Validator;
export declare const validateProject: Validator;
`;
}

/** The keys that an object may have, by where it is in the document, for "did you mean". */
function knownKeysModule() {
  const known = {};
  collectKeys(schemas.credential, "credential:", known);
  collectKeys(schemas.project, "project:", known);
  return `/** Known keys by the place of their object: the kind of file, and a JSON pointer with * for an index. */
export const KNOWN_KEYS: Readonly<Record<string, readonly string[]>> = ${JSON.stringify(known, undefined, 2)};
`;
}

function collectKeys(schema, place, known) {
  if (schema.additionalProperties === false) known[place] = Object.keys(schema.properties);
  for (const branch of schema.anyOf ?? []) collectKeys(resolved(branch), place, known);
  for (const [key, child] of Object.entries(schema.properties ?? {})) {
    collectKeys(resolved(child), `${place}/${key}`, known);
  }
  if (schema.items !== undefined) collectKeys(resolved(schema.items), `${place}/*`, known);
}

/** Only objects have keys, and of the referenced schemas two are objects. */
function resolved(schema) {
  if (schema.$ref === "provider.schema.json") return schemas.provider;
  if (schema.$ref === "#/$defs/destination") return schemas.credential.$defs.destination;
  return schema;
}

async function types(name) {
  const source = await compile(shapeOf(schemas[name]), name, {
    additionalProperties: false,
    bannerComment: "",
    declareExternallyReferenced: true,
    format: false,
    $refOptions: { resolve: { http: false, file: false, sealring: localRefs } },
  });
  return source;
}

/** Types say what keys there are; which go together is for the validator. */
function shapeOf(schema) {
  if (Array.isArray(schema)) return schema.map(shapeOf);
  if (typeof schema !== "object" || schema === null) return schema;
  const dropped = [
    "$id",
    "oneOf",
    "dependentRequired",
    "dependentSchemas",
    "if",
    "then",
    "else",
    "examples",
    "minItems",
    "maxItems",
  ];
  const kept = Object.entries(schema).filter(([key]) => !dropped.includes(key));
  return Object.fromEntries(kept.map(([key, child]) => [key, shapeOf(child)]));
}

async function catalogueModule() {
  const folder = "src/providers/catalogue/";
  const files = (await readdir(new URL(folder, ROOT))).sort();
  const entries = await Promise.all(
    files.map(async (file) => catalogueEntry(file, await text(folder + file))),
  );
  return `import type { CatalogueEntry } from "../catalogue.ts";

export const CATALOGUE: readonly CatalogueEntry[] = ${JSON.stringify(entries, undefined, 2)};
`;
}

function catalogueEntry(file, source) {
  const { id, name, docs, sources, ...declaration } = parse(source);
  const validate = ajv.getSchema(schemas.provider.$id);
  if (!validate(declaration)) throw new Error(`${file}: ${ajv.errorsText(validate.errors)}`);
  if (`${id}.yaml` !== file) throw new Error(`${file}: id is ${id}`);
  const missing = CATALOGUE_KEYS.filter((key) => parse(source)[key] === undefined);
  if (missing.length > 0) throw new Error(`${file}: ${missing.join(", ")} missing`);
  return { id, name, docs, sources, declaration };
}

async function text(path) {
  return readFile(new URL(path, ROOT), "utf8");
}

async function write(path, content) {
  const url = new URL(path, ROOT);
  await mkdir(new URL(".", url), { recursive: true });
  await writeFile(url, HEADER + content);
}
