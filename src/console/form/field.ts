/** What every field of a form has. */
interface Common {
  /** Of the member that it fills. */
  readonly key: string;
  readonly label: string;
  /** What it is for, and what happens when it is left out. */
  readonly help: string;
  readonly need: "needed" | "optional";
}

/** A value to choose, and what it means. */
export interface Option {
  readonly value: string;
  readonly label: string;
}

/** The name that members of a map have. */
export interface KeyField {
  readonly label: string;
  readonly help: string;
  readonly placeholder: string;
}

export interface TextField extends Common {
  readonly kind: "text";
  readonly placeholder: string;
}

export interface GroupField extends Common {
  readonly kind: "group";
  readonly fields: readonly Field[];
}

/** A field of a form, as a schema's member asks for it. */
export type Field =
  | TextField
  | GroupField
  /** One value only, and nothing to ask. */
  | (Common & { readonly kind: "fixed"; readonly value: unknown })
  | (Common & { readonly kind: "number"; readonly placeholder: string })
  | (Common & { readonly kind: "flag" })
  /** A text, a number, or true or false, as JSON has them; a plain word is a text. */
  | (Common & { readonly kind: "scalar"; readonly placeholder: string })
  | (Common & { readonly kind: "choice"; readonly options: readonly Option[] })
  /** Texts without spaces: those to tick, and others, typed, where there may be some. */
  | (Common & {
      readonly kind: "texts";
      readonly options: readonly Option[];
      readonly others: "typed" | "none";
      readonly placeholder: string;
    })
  | (Common & { readonly kind: "map"; readonly name: KeyField; readonly value: Field })
  | (Common & { readonly kind: "rows"; readonly row: GroupField })
  /** A text, or an object in its place. */
  | (Common & { readonly kind: "either"; readonly text: TextField; readonly group: GroupField });

/** The name of a member's input, below that of what holds it. */
export function inputName(above: string, key: string | number): string {
  return above === "" ? String(key) : `${above}/${String(key)}`;
}
