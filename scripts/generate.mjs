// Writes src/**/generated/: validators compiled from schemas/, the types that go with them, the catalogue of providers as
// one module, and what the pages load. Run by `npm run generate`; its output is not committed.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import Ajv2020 from "ajv/dist/2020.js";
import standaloneCode from "ajv/dist/standalone/index.js";
import { compile } from "json-schema-to-typescript";
import { bundleScript, readStyle } from "./assets.mjs";
import { readCatalogue } from "./catalogue.mjs";

const ROOT = new URL("../", import.meta.url);
const HEADER = "// Written by scripts/generate.mjs. Do not edit.\n";

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
  write("src/page/generated/style.ts", textModule("STYLE", await readStyle())),
  write("src/console/generated/script.ts", textModule("SCRIPT", await bundleScript())),
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
  collectKeys(schemas.credential, "credential:", { known, root: schemas.credential });
  collectKeys(schemas.project, "project:", { known, root: schemas.project });
  return `/** Known keys by the place of their object: the kind of file, and a JSON pointer with * for an index. */
export const KNOWN_KEYS: Readonly<Record<string, readonly string[]>> = ${JSON.stringify(known, undefined, 2)};
`;
}

function collectKeys(schema, place, { known, root }) {
  if (schema.additionalProperties === false) known[place] = Object.keys(schema.properties);
  const children = [
    ...(schema.anyOf ?? []).map((branch) => [branch, place]),
    ...Object.entries(schema.properties ?? {}).map(([key, child]) => [child, `${place}/${key}`]),
    ...(schema.items === undefined ? [] : [[schema.items, `${place}/*`]]),
  ];
  for (const [child, where] of children) {
    const [target, home] = resolved(child, root);
    collectKeys(target, where, { known, root: home });
  }
}

/** What a reference means, and the schema that its own references are of. */
function resolved(schema, root) {
  if (schema.$ref === "provider.schema.json") return [schemas.provider, schemas.provider];
  const [, name] = /^#\/\$defs\/(.+)$/.exec(schema.$ref ?? "") ?? [];
  return name === undefined ? [schema, root] : [root.$defs[name], root];
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
  const validate = ajv.getSchema(schemas.provider.$id);
  const entries = await readCatalogue((declaration) =>
    validate(declaration) ? [] : [ajv.errorsText(validate.errors)],
  );
  const texts = Object.fromEntries(entries.map((entry) => [entry.id, JSON.stringify(entry)]));
  return `/** Each entry as JSON, by its id: most commands want one of them, and starting parses none. */
export const CATALOGUE: Readonly<Record<string, string>> = ${JSON.stringify(texts, undefined, 2)};
`;
}

function textModule(name, content) {
  return `export const ${name} = ${JSON.stringify(content)};\n`;
}

async function text(path) {
  return readFile(new URL(path, ROOT), "utf8");
}

async function write(path, content) {
  const url = new URL(path, ROOT);
  await mkdir(new URL(".", url), { recursive: true });
  await writeFile(url, HEADER + content);
}
