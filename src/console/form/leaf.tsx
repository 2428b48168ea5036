import type { Child } from "hono/jsx";
import type { Field } from "./field.ts";
import { FaultSlot, Help, Label } from "./parts.tsx";
import { described, inputId } from "./shown.ts";
import type { Shown } from "./shown.ts";

/** A field with one input. */
export type LeafField = Extract<Field, { kind: "text" | "number" | "flag" | "scalar" | "choice" }>;

export interface LeafProps<Of extends Field = LeafField> {
  readonly field: Of;
  readonly name: string;
  readonly shown: Shown;
}

/** A label, what it is for, the input, and what is wrong with it. */
export function Leaf({ field, name, shown }: LeafProps) {
  return (
    <div class="field">
      <Label name={name} need={field.need}>
        {field.label}
      </Label>
      <Help name={name} text={field.help} />
      <Input field={field} name={name} shown={shown} />
      <FaultSlot name={name} shown={shown} />
    </div>
  );
}

/** The input alone. */
export function Input({ field, name, shown }: LeafProps): Child {
  const value = shown.typed.one(name);
  const more = described(name, shown, field.help);
  switch (field.kind) {
    case "flag":
      return <Choice field={{ ...field, kind: "choice", options: FLAG }} name={name} shown={shown} />;
    case "choice":
      return <Choice field={field} name={name} shown={shown} />;
    case "text":
    case "number":
    case "scalar":
      return (
        <input
          {...more}
          id={inputId(name)}
          name={name}
          value={value}
          placeholder={field.placeholder}
          inputmode={field.kind === "number" ? "numeric" : undefined}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
        />
      );
  }
}

const FLAG = [
  { value: "true", label: "yes" },
  { value: "false", label: "no" },
];

type ChoiceProps = LeafProps<Extract<Field, { kind: "choice" }>> & {
  /** `none`: the first option stands until another is chosen. */
  readonly empty?: "none";
};

/** What is not among the options is shown all the same: it is what the file says. */
export function Choice({ field, name, shown, empty }: ChoiceProps) {
  const value = shown.typed.one(name);
  const isOdd = value !== "" && field.options.every((option) => option.value !== value);
  const isEmpty = empty === undefined && (field.need === "optional" || value === "");
  return (
    <select {...described(name, shown, field.help)} id={inputId(name)} name={name}>
      {isEmpty ? <option value="">{field.need === "optional" ? "not said" : "choose"}</option> : null}
      {(isOdd ? [{ value, label: value }, ...field.options] : field.options).map((option) => (
        <option value={option.value} selected={option.value === value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
