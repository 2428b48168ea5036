import { inputName } from "../form/field.ts";
import type { Field, GroupField } from "../form/field.ts";

/** Labels and help in a person's words, by the inputs' names, where the schema's are an engineer's. */
export const LABELS: Readonly<Record<string, Partial<Pick<Field, "label" | "help">>>> = {
  name: { help: "In lower case, with hyphens. It is the name of the file, too." },
  description: { label: "What the data is for", help: "Shown in the status table and in alerts." },
  owner: { label: "Who is called when a person is needed", help: "An address, a team, a GitHub name." },
  grant: { label: "How it gets its first token", help: "" },
  "client/id": { label: "Client id", help: "As the provider shows it. It is public." },
  "client/secret": { label: "Name of the client secret" },
  "provider/rotation": {
    help: "What happens to a refresh token when it is used. Left out, each is taken to work once.",
  },
  scopes: { label: "Scopes", help: "What the token may read." },
  outputs: {
    label: "Secrets that pipelines read",
    help: "The name of each, and what is in it. Left empty: one with the access token.",
  },
  destinations: {
    label: "Destinations",
    help: "A repository, an environment of one, or an organization. Left empty: this repository's Actions secrets.",
  },
};

/** What the values of a choice mean, by its input's name, where a schema has their names alone. */
export const MEANINGS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "provider/rotation": {
    none: "It stays, and works again",
    optional: "A new one may come, and then takes its place",
    single_use: "Each works once, and the next comes with it",
    grace: "It works for some seconds more, and a new one comes",
    old_stays_valid: "A new one comes, and the old one works on",
  },
};

/** A field and the name of its input. */
export interface PlacedField {
  readonly field: Field;
  readonly name: string;
  readonly folding: "open" | "folded";
}

/** Most people leave it empty. */
const FOLDED = ["destinations"];

/** What people are asked for first, in this order; the rest comes under "More". */
const MAIN = {
  about: ["name", "description", "owner"],
  account: ["provider_parameters"],
  client: ["client/id"],
  access: ["scopes"],
  grant: ["grant", "redirect_uri"],
  outputs: ["outputs", "destinations"],
  store: ["environment", "refresh/margin"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Where each field is shown. */
export interface Layout extends Readonly<Record<keyof typeof MAIN, readonly PlacedField[]>> {
  readonly more: readonly PlacedField[];
  /** undefined: the provider is not asked for. */
  readonly provider: PlacedField | undefined;
}

/** Every field has its place: what is not known here, under "More". */
export function layoutOf(fields: readonly Field[]): Layout {
  const all = new Map(fields.flatMap((field) => placesOf(field)).map((place) => [place.name, place]));
  const take = (name: string): readonly PlacedField[] => {
    const place = all.get(name);
    // Where it is not known which there are, few have any.
    if (place?.field.kind === "map" && name === "provider_parameters") return [];
    all.delete(name);
    return place === undefined ? [] : [{ ...place, folding: FOLDED.includes(name) ? "folded" : "open" }];
  };
  const { about, account, client, access, grant, outputs, store } = MAIN;
  const main = {
    about: about.flatMap(take),
    account: account.flatMap(take),
    grant: grant.flatMap(take),
    client: client.flatMap(take),
    access: access.flatMap(take),
    outputs: outputs.flatMap(take),
    store: store.flatMap(take),
    provider: take("provider")[0],
  };
  return { ...main, more: [...all.values()].filter(({ field }) => field.kind !== "fixed") };
}

/** Groups that are no field of their own on the page: nothing can be told beside them. */
export const SPREAD: ReadonlySet<string> = new Set(
  Object.values(MAIN).flatMap((names) =>
    names.flatMap((name) => (name.includes("/") ? [name.split("/")[0] ?? ""] : [])),
  ),
);

/** A group of which a part is shown elsewhere goes member by member. */
function placesOf(field: Field): readonly PlacedField[] {
  if (!SPREAD.has(field.key) || field.kind !== "group")
    return [{ field, name: field.key, folding: "folded" }];
  return membersOf(field, field.key);
}

/** The fields of a group, each with its place. */
export function membersOf({ fields }: GroupField, name: string): readonly PlacedField[] {
  return fields.map((field) => ({ field, name: inputName(name, field.key), folding: "folded" }));
}
