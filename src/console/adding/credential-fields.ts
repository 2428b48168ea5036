import credentialSchema from "../../../schemas/credential.schema.json" with { type: "json" };
import providerSchema from "../../../schemas/provider.schema.json" with { type: "json" };
import { GRANT_WORDS } from "../../adding/about-client.ts";
import { grantsOf } from "../../adding/choices.ts";
import { isNeeded } from "../../adding/subject.ts";
import { exampleOf } from "../../declaration/rules/parameters.ts";
import { redirectAdvice } from "../../providers/redirect.ts";
import type { ProviderParameter } from "../../providers/template.ts";
import { inputName } from "../form/field.ts";
import type { Field, Option } from "../form/field.ts";
import { fieldsOf } from "../form/fields-of.ts";
import { labelOf } from "../form/label.ts";
import type { About } from "./about.ts";
import { LABELS, MEANINGS } from "./layout.ts";

/** A field for everything that a credential's file can say. */
export const CREDENTIAL_FIELDS: readonly Field[] = fieldsOf(credentialSchema, {
  "provider.schema.json": providerSchema,
});

/** The same, as far as they are asked for with this provider, with what is known of it. */
export function fieldsFor(about: About): readonly Field[] {
  return CREDENTIAL_FIELDS.filter((field) => isAsked(field, about)).map((field) =>
    suited(relabelled(field, ""), about),
  );
}

/** An edited credential keeps its name, which is its file's; a new one's provider was chosen before. */
function isAsked({ key }: Field, { mode, declared, parameters }: About): boolean {
  if (key === "name") return mode === "new";
  if (key === "provider") return mode === "edit" || declared === "inline";
  if (key === "provider_parameters") return mode === "edit" || Object.keys(parameters).length > 0;
  return true;
}

function suited(field: Field, about: About): Field {
  switch (field.key) {
    case "provider_parameters":
      return parameterFields(field, about);
    case "grant":
      return field.kind === "choice" ? { ...field, options: grantOptions(field.options, about) } : field;
    case "scopes":
      return field.kind === "texts" ? scopesField(field, about) : field;
    case "redirect_uri":
      return field.kind === "text"
        ? { ...field, placeholder: usualRedirect(about) ?? field.placeholder }
        : field;
    case "outputs":
      return about.mode === "new" ? { ...field, need: "optional" } : field;
    default:
      return field;
  }
}

function relabelled(field: Field, above: string): Field {
  const name = inputName(above, field.key);
  const words = { ...field, ...LABELS[name] };
  switch (words.kind) {
    case "choice":
      return { ...words, options: words.options.map((option) => meantBy(option, MEANINGS[name])) };
    case "group":
      return { ...words, fields: words.fields.map((member) => relabelled(member, name)) };
    case "either":
      return {
        ...words,
        group: { ...words.group, fields: words.group.fields.map((member) => relabelled(member, name)) },
      };
    default:
      return words;
  }
}

function meantBy({ value, label }: Option, meanings: Readonly<Record<string, string>> = {}): Option {
  const meaning = meanings[value];
  return { value, label: meaning === undefined ? label : `${meaning} (${value})` };
}

function usualRedirect({ provider }: About): string | undefined {
  return provider && redirectAdvice(provider).declare;
}

/** Those that the provider offers, in words. */
function grantOptions(all: readonly Option[], { provider }: About): readonly Option[] {
  const offered: readonly string[] | undefined = provider && grantsOf(provider);
  const words: Readonly<Record<string, string>> = GRANT_WORDS;
  return all
    .filter(({ value }) => offered?.includes(value) !== false)
    .map(({ value, label }) => ({ value, label: words[value] ?? label }));
}

function scopesField(field: Extract<Field, { kind: "texts" }>, { provider, published }: About): Field {
  const known = Object.entries(provider?.scopes ?? {}).map(([value, label]) => ({ value, label }));
  const options = known.length > 0 ? known : published.map((value) => ({ value, label: value }));
  const needed = provider?.offlineScopes ?? [];
  const why = needed.length === 0 ? "" : ` Needed for a refresh token: ${needed.join(" or ")}.`;
  return { ...field, options, help: `${field.help}${why}` };
}

/** The provider's own, in the place of a map with any names. */
function parameterFields(field: Field, { parameters }: About): Field {
  if (Object.keys(parameters).length === 0) return field;
  const fields = Object.entries(parameters).map(([key, parameter]) => parameterField(key, parameter));
  const { key, need } = field;
  return { key, need, label: "Your account there", help: "", kind: "group", fields };
}

function parameterField(key: string, parameter: ProviderParameter): Field {
  const need = isNeeded(parameter) ? "needed" : "optional";
  const { description: help, values, default: fallback = exampleOf(parameter) } = parameter;
  const common = { key, label: labelOf(key), help, need } as const;
  if (values === undefined) return { ...common, kind: "text", placeholder: fallback };
  const options = Object.entries(values).map(([value, meaning]) => ({
    value,
    label: `${meaning} (${value})`,
  }));
  return { ...common, kind: "choice", options };
}
