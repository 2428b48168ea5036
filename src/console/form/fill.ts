import { isMembers } from "../../adding/amend/changes.ts";
import type { Members } from "../../adding/amend/changes.ts";
import { inputName } from "./field.ts";
import type { Field } from "./field.ts";
import { oneLine } from "./read.ts";
import type { Entry } from "./typed.ts";

/** The inputs of a form that says this. What no field shows is left out. */
export function fillForm(fields: readonly Field[], value: Members): readonly Entry[] {
  return fillMembers(fields, "", value);
}

function fillMembers(fields: readonly Field[], above: string, value: Members): readonly Entry[] {
  return fields.flatMap((field) =>
    Object.hasOwn(value, field.key) ? fill(field, inputName(above, field.key), value[field.key]) : [],
  );
}

function fill(field: Field, name: string, value: unknown): readonly Entry[] {
  switch (field.kind) {
    case "fixed":
      return [];
    case "text":
    case "choice":
      return typeof value === "string" ? [[name, oneLine(value)]] : [];
    case "number":
      // One that is none was typed here, or stands in a file with faults.
      return typeof value === "number" || typeof value === "string" ? [[name, oneLine(String(value))]] : [];
    case "flag":
      return typeof value === "boolean" ? [[name, String(value)]] : [];
    case "scalar":
      return [[name, scalarText(value)]];
    case "texts":
      return fillTexts(field, name, value);
    case "group":
      return isMembers(value) ? fillMembers(field.fields, name, value) : [];
    case "map":
      return isMembers(value)
        ? Object.entries(value).flatMap((member, row) => fillRow(field, inputName(name, row), member))
        : [];
    case "rows":
      return listOf(value).flatMap((each, row) =>
        isMembers(each) ? fillMembers(field.row.fields, inputName(name, row), each) : [],
      );
    case "either":
      return isMembers(value)
        ? [[inputName(name, "is"), "object"], ...fillMembers(field.group.fields, name, value)]
        : fill(field.text, name, value);
  }
}

function fillRow(
  { value: field }: Extract<Field, { kind: "map" }>,
  name: string,
  [key, value]: readonly [string, unknown],
): readonly Entry[] {
  return [[inputName(name, "name"), key], ...fill(field, inputName(name, "value"), value)];
}

function fillTexts(
  { options, others }: Extract<Field, { kind: "texts" }>,
  name: string,
  value: unknown,
): readonly Entry[] {
  const texts = listOf(value).filter((each) => typeof each === "string");
  const known = new Set(options.map((option) => option.value));
  const rest = texts.filter((text) => !known.has(text));
  return [
    ...texts.filter((text) => known.has(text)).map((text): Entry => [name, text]),
    ...(others === "typed" && rest.length > 0 ? [[inputName(name, "others"), rest.join(" ")] as const] : []),
  ];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function scalarText(value: unknown): string {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value !== "string") return "";
  return /^(?:true|false|-?[0-9].*|".*)$/s.test(value) ? JSON.stringify(value) : oneLine(value);
}
