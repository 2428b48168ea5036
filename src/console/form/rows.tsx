import { inputName } from "./field.ts";
import type { Field, GroupField } from "./field.ts";
import { FieldView, Members } from "./field-view.tsx";
import { Choice, Input } from "./leaf.tsx";
import type { LeafProps } from "./leaf.tsx";
import { FaultSlot, Help } from "./parts.tsx";
import { described, inputId } from "./shown.ts";
import type { Shown } from "./shown.ts";

/** The rows that are filled, and an empty one where there is none or another is asked for. */
function rowsOf(name: string, { typed, more }: Shown): readonly number[] {
  const filled = typed.rows(name).filter((row) => typed.holds(inputName(name, row)));
  const next = (filled.at(-1) ?? -1) + 1;
  return filled.length === 0 || more === name ? [...filled, next] : filled;
}

/** A row for each of a list's objects. */
export function Rows({ field, name, shown }: LeafProps<Extract<Field, { kind: "rows" }>>) {
  return (
    <>
      {rowsOf(name, shown).map((row, at) => (
        <fieldset class="row card" id={inputId(inputName(name, row))} data-row={name} tabindex={-1}>
          <legend>{`${field.label}, ${String(at + 1)}`}</legend>
          <FaultSlot name={inputName(name, row)} shown={shown} />
          <Members field={field.row} name={inputName(name, row)} shown={shown} />
        </fieldset>
      ))}
      <Another name={name} label={field.label} />
    </>
  );
}

/** A row for each of a map's members: its name, and its value. */
export function MapRows({ field, name, shown }: LeafProps<Extract<Field, { kind: "map" }>>) {
  return (
    <>
      <p class="help">{field.name.help}</p>
      {rowsOf(name, shown).map((row) => (
        <MapRow field={field} name={inputName(name, row)} list={name} shown={shown} />
      ))}
      <Another name={name} label={field.label} />
    </>
  );
}

type MapRowProps = LeafProps<Extract<Field, { kind: "map" }>> & { readonly list: string };

function MapRow({ field, name, list, shown }: MapRowProps) {
  const key = inputName(name, "name");
  return (
    <div class="row" data-row={list}>
      <div class="field">
        <label for={inputId(key)}>{field.name.label}</label>
        <input
          {...described(key, shown, "")}
          id={inputId(key)}
          name={key}
          value={shown.typed.one(key)}
          placeholder={field.name.placeholder}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
        />
        <FaultSlot name={key} shown={shown} />
      </div>
      <MapValue field={field.value} name={inputName(name, "value")} shown={shown} />
    </div>
  );
}

function MapValue({ field, name, shown }: LeafProps<Field>) {
  if (field.kind === "group") return <GroupValue field={field} name={name} shown={shown} />;
  if (field.kind !== "text" && field.kind !== "choice")
    return <FieldView field={field} name={name} shown={shown} />;
  const bare = { ...field, help: "" };
  return (
    <div class="field">
      <label for={inputId(name)}>{field.label}</label>
      {bare.kind === "choice" ? (
        <Choice field={bare} name={name} shown={shown} empty="none" />
      ) : (
        <Input field={bare} name={name} shown={shown} />
      )}
      <FaultSlot name={name} shown={shown} />
    </div>
  );
}

function GroupValue({ field, name, shown }: LeafProps<GroupField>) {
  return (
    <fieldset class="card" id={inputId(name)} tabindex={-1}>
      <legend>{field.label}</legend>
      <Help name={name} text={field.help} />
      <Members field={field} name={name} shown={shown} />
    </fieldset>
  );
}

/** Without a script it sends the form, and the page comes back with one more row. */
function Another({ name, label }: { readonly name: string; readonly label: string }) {
  return (
    <p>
      <span class="help">A row whose fields are all empty is left out. </span>
      <button type="submit" name="more" value={name} formaction="/check" formnovalidate data-more={name}>
        Add another
        <span class="for-readers">{`: ${label}`}</span>
      </button>
    </p>
  );
}
