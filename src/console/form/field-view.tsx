import type { Child } from "hono/jsx";
import { inputName } from "./field.ts";
import type { Field, GroupField } from "./field.ts";
import { Leaf } from "./leaf.tsx";
import type { LeafProps } from "./leaf.tsx";
import { FaultSlot, Help } from "./parts.tsx";
import { MapRows, Rows } from "./rows.tsx";
import { inputId, isInUse } from "./shown.ts";
import { Texts } from "./texts.tsx";

/** A field of whatever kind. One with others in it is folded as long as nothing is in it, unless it is `open`. */
export function FieldView({
  field,
  name,
  shown,
  folding = "folded",
}: LeafProps<Field> & { readonly folding?: "folded" | "open" }): Child {
  switch (field.kind) {
    case "fixed":
      return null;
    case "text":
    case "number":
    case "flag":
    case "scalar":
    case "choice":
      return <Leaf field={field} name={name} shown={shown} />;
    case "texts":
      return <Texts field={field} name={name} shown={shown} />;
    case "either":
      return <Either field={field} name={name} shown={shown} />;
    case "group":
    case "map":
    case "rows":
      return folding === "open" ? (
        <Compound field={field} name={name} shown={shown} />
      ) : (
        <details class="field" open={isInUse(name, shown)}>
          <summary>{field.label}</summary>
          <Compound field={field} name={name} shown={shown} />
        </details>
      );
  }
}

function Compound({ field, name, shown }: LeafProps<Extract<Field, { kind: "group" | "map" | "rows" }>>) {
  return (
    <fieldset class="compound" id={inputId(name)} tabindex={-1}>
      <legend>{field.label}</legend>
      <Help name={name} text={field.help} />
      <FaultSlot name={name} shown={shown} />
      <Inside field={field} name={name} shown={shown} />
    </fieldset>
  );
}

function Inside({
  field,
  name,
  shown,
}: LeafProps<Extract<Field, { kind: "group" | "map" | "rows" }>>): Child {
  switch (field.kind) {
    case "group":
      return <Members field={field} name={name} shown={shown} />;
    case "map":
      return <MapRows field={field} name={name} shown={shown} />;
    case "rows":
      return <Rows field={field} name={name} shown={shown} />;
  }
}

/** The fields of a group, one below the other. */
export function Members({ field, name, shown }: LeafProps<GroupField>) {
  return (
    <>
      {field.fields.map((member) => (
        <FieldView field={member} name={inputName(name, member.key)} shown={shown} />
      ))}
    </>
  );
}

/** As it is: a text, or an object. */
function Either({ field, name, shown }: LeafProps<Extract<Field, { kind: "either" }>>) {
  const is = inputName(name, "is");
  if (shown.typed.one(is) !== "object") return <Leaf field={field.text} name={name} shown={shown} />;
  return (
    <>
      <input type="hidden" name={is} value="object" />
      <FieldView field={field.group} name={name} shown={shown} />
    </>
  );
}
