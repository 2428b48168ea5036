import type { Members } from "../../adding/amend/changes.ts";
import { wordsIn } from "../../adding/words.ts";
import type { Path } from "../../declaration/fault.ts";
import { PLACEHOLDER } from "../../hiding.ts";
import { inputName } from "./field.ts";
import type { Field } from "./field.ts";
import type { Typed } from "./typed.ts";

/** What is wrong with an input before there is a file to judge. */
export interface Problem {
  /** Of the input; undefined: it is about none. */
  readonly name: string | undefined;
  readonly message: string;
  readonly hint: string;
}

/** What a form says. */
export interface Reading {
  /** Without what was left empty. */
  readonly value: Members;
  /** The input that fills a member, by the member's path as `placeKey` has it. */
  readonly places: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

/** What stands in these fields. What no field takes stays as it was typed, for the loader to judge. */
export function readForm(fields: readonly Field[], typed: Typed): Reading {
  const reader = new Reader(typed);
  const value = reader.members(fields, { name: "", path: [] });
  return { value, places: reader.places, problems: reader.problems };
}

export function placeKey(path: Path): string {
  return JSON.stringify(path.map(String));
}

/** One line, as an input of a browser keeps it. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s*[\r\n\u2028\u2029]+\s*/g, " ").trim();
}

interface At {
  readonly name: string;
  readonly path: Path;
}

class Reader {
  readonly places = new Map<string, string>();
  readonly problems: Problem[] = [];
  readonly #typed: Typed;

  constructor(typed: Typed) {
    this.#typed = typed;
  }

  members(fields: readonly Field[], at: At): Members {
    return Object.fromEntries(
      fields.flatMap((field) => {
        const value = this.#value(field, below(at, field.key));
        return value === undefined ? [] : [[field.key, value] as const];
      }),
    );
  }

  #value(field: Field, at: At): unknown {
    // Nobody can put it right in the form: what is wrong with it is told by itself.
    if (field.kind === "fixed") return field.value;
    this.places.set(placeKey(at.path), at.name);
    const text = this.#text(at.name);
    switch (field.kind) {
      case "text":
      case "choice":
        return text === "" ? undefined : text;
      case "number":
        return text === "" ? undefined : /^[0-9]{1,15}$/.test(text) ? Number(text) : text;
      case "flag":
        return text === "" ? undefined : text === "true" ? true : text === "false" ? false : text;
      case "scalar":
        return text === "" ? undefined : scalarOf(text);
      case "texts":
        return this.#texts(at.name);
      case "group":
        return this.#group(field.fields, at);
      case "map":
        return this.#map(field, at);
      case "rows":
        return this.#list(field, at);
      case "either":
        return this.#typed.one(inputName(at.name, "is")) === "object"
          ? this.#group(field.group.fields, at)
          : this.#value(field.text, at);
    }
  }

  /** @param told the field beside which is told what is wrong with it */
  #text(name: string, told = name): string {
    const text = oneLine(this.#typed.one(name));
    if (text.includes(PLACEHOLDER)) this.problems.push({ name: told, ...HIDDEN });
    return text;
  }

  #texts(name: string): readonly string[] | undefined {
    const typed = wordsIn(this.#text(inputName(name, "others"), name));
    const all = [...new Set([...this.#typed.all(name), ...typed])].filter((text) => text !== "");
    return all.length === 0 ? undefined : all;
  }

  #group(fields: readonly Field[], at: At): Members | undefined {
    const members = this.members(fields, at);
    return Object.keys(members).length === 0 ? undefined : members;
  }

  #map(field: Extract<Field, { kind: "map" }>, at: At): Members | undefined {
    const members = new Map<string, unknown>();
    for (const row of this.#typed.rows(at.name)) {
      const name = inputName(at.name, row);
      const key = this.#text(inputName(name, "name"));
      const value = this.#value(field.value, { name: inputName(name, "value"), path: [...at.path, key] });
      // What is chosen has a value before somebody looks at the row.
      if (key === "" && (value === undefined || field.value.kind === "choice")) continue;
      this.places.set(placeKey([...at.path, key]), inputName(name, "name"));
      if (members.has(key)) this.problems.push({ name: inputName(name, "name"), ...TWICE });
      members.set(key, value ?? "");
    }
    return members.size === 0 ? undefined : Object.fromEntries(members);
  }

  #list(field: Extract<Field, { kind: "rows" }>, at: At): readonly Members[] | undefined {
    const rows: Members[] = [];
    for (const row of this.#typed.rows(at.name)) {
      const place = { name: inputName(at.name, row), path: [...at.path, rows.length] };
      const members = this.#group(field.row.fields, place);
      if (members === undefined) continue;
      this.places.set(placeKey(place.path), place.name);
      rows.push(members);
    }
    return rows.length === 0 ? undefined : rows;
  }
}

/** Of a text in which a secret was hidden when the page with it was made. */
export const HIDDEN = {
  message: "a part of this is the client secret, too, and was hidden here",
  hint: "type it again, and only the secret into the field for that",
};

const TWICE = { message: "this name is already in the list", hint: "keep one of the two" };

function below({ name, path }: At, key: string): At {
  return { name: inputName(name, key), path: [...path, key] };
}

/** What is no JSON is a text. */
function scalarOf(text: string): unknown {
  if (!/^(?:true|false|-?[0-9]+(?:\.[0-9]+)?|".*")$/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
