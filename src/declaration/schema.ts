import { closest } from "./closest.ts";
import type { Finding, LocatedFinding, Path } from "./fault.ts";
import type { SchemaError, Validator } from "./generated/validators.js";
import { KNOWN_KEYS } from "./generated/known-keys.ts";
import { namesSecret } from "./literal-secret.ts";
import { FORM_OF } from "./forms.ts";
import { quote, quoteAll } from "./quote.ts";

/** A compiled schema, and which of the two kinds of file it is for. */
export interface Schema {
  readonly kind: "credential" | "project";
  readonly validate: Validator;
}

/** Where a value departs from its schema, each place told once. Empty: it is what its schema says. */
export function schemaFindings(schema: Schema, value: unknown): readonly LocatedFinding[] {
  if (schema.validate(value)) return [];
  const telling = [...byPlace(schema.validate.errors ?? []).values()].flatMap(toldAt);
  return telling.map((error) => findingOf(error, { kind: schema.kind, value }));
}

function byPlace(errors: readonly SchemaError[]): ReadonlyMap<string, SchemaError[]> {
  const places = new Map<string, SchemaError[]>();
  for (const error of errors) {
    const here = places.get(error.instancePath);
    if (here === undefined) places.set(error.instancePath, [error]);
    else here.push(error);
  }
  return places;
}

interface Judged {
  readonly kind: Schema["kind"];
  readonly value: unknown;
}

/** Keywords that only gather what others say, and uniqueItems, whose places the rules tell. */
const GATHERING: readonly string[] = ["if", "propertyNames", "uniqueItems"];

/** The errors at one place that say something beside the others there. */
function toldAt(here: readonly SchemaError[]): readonly SchemaError[] {
  const types = here.filter(({ keyword }) => keyword === "type");
  const either = here.find(({ keyword }) => keyword === "anyOf");
  if (either !== undefined) {
    // Two branches: the one whose type the value has not says nothing. Has it neither, anyOf tells both.
    return types.length > 1
      ? [either]
      : here.filter((error) => !["anyOf", "type", ...GATHERING].includes(error.keyword));
  }
  if (types.length > 0) return types.slice(0, 1);
  const dependent = here.some(({ keyword }) => keyword === "dependentRequired");
  const incomplete = here.some(({ keyword }) => keyword === "required");
  return here.filter(({ keyword, schemaPath }) => {
    if (keyword === "minProperties" && incomplete) return false;
    if (schemaPath.includes("/oneOf/") || (keyword === "oneOf" && dependent)) return false;
    return !GATHERING.includes(keyword);
  });
}

function findingOf(error: SchemaError, judged: Judged): LocatedFinding {
  const path = pathOf(error.instancePath);
  if (error.propertyName !== undefined) {
    return { ...formOf(error), path: [...path, error.propertyName], part: "key" };
  }
  switch (error.keyword) {
    case "additionalProperties": {
      const key = String(error.params["additionalProperty"]);
      return { ...unknownKey(key, error, judged.kind), path: [...path, key], part: "key" };
    }
    case "required":
      return { ...missingKey(error, path), path, part: "key" };
    case "type":
    case "anyOf":
      return { ...wrongType(error, judged), path, part: "value" };
    case "enum":
    case "const":
      return { ...unknownValue(error, judged), path, part: "value" };
    case "minProperties":
    case "minItems":
      return { ...(FORM_OF[error.schemaPath] ?? tooFew(path)), path, part: "value" };
    default:
      return { ...formOf(error), path, part: "value" };
  }
}

/** A JSON pointer (RFC 6901) as a path. */
export function pathOf(pointer: string): Path {
  const steps = pointer.split("/").slice(1);
  return steps.map((step) => {
    const name = step.replaceAll("~1", "/").replaceAll("~0", "~");
    return /^[0-9]+$/u.test(name) ? Number(name) : name;
  });
}

function unknownKey(key: string, error: SchemaError, kind: Schema["kind"]): Finding {
  if (namesSecret(key) && !key.includes(" ")) {
    return {
      rule: "literal-secret",
      message: `${quote(key)} names a secret, and secrets have no place in a declaration`,
      hint: "put the value into a GitHub secret, and its name under client.secret; if it was committed, make a new one",
    };
  }
  const place = `${kind}:${error.instancePath.replace(/\/[0-9]+/gu, "/*")}`;
  const known = KNOWN_KEYS[place] ?? [];
  const meant = closest(key, known);
  return {
    rule: "unknown-key",
    message: `${quote(key)} is no key here`,
    hint: meant === undefined ? `the keys here are ${known.join(", ")}` : `did you mean ${quote(meant)}?`,
  };
}

function missingKey(error: SchemaError, path: Path): Finding {
  const key = String(error.params["missingProperty"]);
  const owner = path.length === 0 ? "this file" : quote(path.join("."));
  return { rule: "missing-key", message: `${owner} has no ${quote(key)}`, hint: `add ${quote(`${key}: …`)}` };
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  object: "a map",
  array: "a list",
  string: "text",
  integer: "a whole number",
  boolean: "true or false",
};

function wrongType(error: SchemaError, judged: Judged): Finding {
  const wanted =
    error.keyword === "type"
      ? (TYPE_NAMES[String(error.params["type"])] ?? "another type")
      : eitherType(error);
  const value = valueAt(judged.value, pathOf(error.instancePath));
  const quotable = wanted === "text" && (typeof value === "number" || typeof value === "boolean");
  return {
    rule: "wrong-type",
    message: `this must be ${wanted}, and is ${typeName(value)}`,
    hint: quotable ? "put it between quotes" : `write ${wanted}`,
  };
}

function eitherType(error: SchemaError): string {
  return error.instancePath === "/environment" ? "text or null" : "text or a map";
}

function typeName(value: unknown): string {
  if (value === null || value === undefined) return "empty";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "number") return "a number";
  return TYPE_NAMES[typeof value] ?? "something else";
}

function unknownValue(error: SchemaError, judged: Judged): Finding {
  const path = pathOf(error.instancePath);
  const value = valueAt(judged.value, path);
  if (path[0] === "outputs" && value === "refresh_token") {
    return {
      rule: "refresh-token-output",
      message: "a refresh token is no output: whoever reads it can spend it",
      hint: "give consumers the access_token; sealring keeps the refresh token in its envelope",
    };
  }
  if (error.schemaPath.includes("/dependentSchemas/")) return { ...formOf(error) };
  const allowed = error.keyword === "const" ? [error.params["allowedValue"]] : error.params["allowedValues"];
  const names = Array.isArray(allowed) ? allowed.map(String) : [];
  const meant = typeof value === "string" ? closest(value, names) : undefined;
  const found = typeof value === "string" ? quote(value) : "this";
  return {
    rule: "unknown-value",
    message: `${found} is not one of ${quoteAll(names)}`,
    hint: meant === undefined ? `write ${names.join(" or ")}` : `did you mean ${quote(meant)}?`,
  };
}

function tooFew(path: Path): Finding {
  const name = quote(path.join("."));
  return {
    rule: "too-few",
    message: `${name} is empty`,
    hint: "add an entry, or leave the key out where it may be",
  };
}

/** The form that a key asks for, told by the name of its definition. */
function formOf(error: SchemaError): Finding {
  const name = /#\/\$defs\/([a-z_]+)\//u.exec(error.schemaPath)?.[1];
  return (
    FORM_OF[name ?? ""] ??
    FORM_OF[error.schemaPath] ??
    FORM_OF[error.keyword] ?? {
      rule: "bad-value",
      message: "this value has not the form that its key asks for",
      hint: "see the description of the key in schemas/",
    }
  );
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, step) => {
    return typeof at === "object" && at !== null
      ? (at as Readonly<Record<string, unknown>>)[step]
      : undefined;
  }, value);
}
