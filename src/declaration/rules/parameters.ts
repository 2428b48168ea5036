import { findEntry } from "../../providers/catalogue.ts";
import type { ProviderDeclaration } from "../../providers/generated/provider.ts";
import { isParameterValue } from "../../providers/template.ts";
import type { ParameterValues, ProviderParameter } from "../../providers/template.ts";
import { closest } from "../closest.ts";
import type { LocatedFinding } from "../fault.ts";
import type { LooseCredential } from "../loose.ts";
import { quote, quoteAll } from "../quote.ts";

/** The provider that a credential names or describes, as it is declared. */
export function declarationOf({ provider }: LooseCredential): ProviderDeclaration | undefined {
  return typeof provider === "string" ? findEntry(provider)?.declaration : provider;
}

/** The values for its parameters that are well formed. */
export function valuesOf({ provider_parameters: values = {} }: LooseCredential): ParameterValues {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
}

/** A provider's parameters that have no value, values that are none of its parameters', and values of another form. */
export function parameterFindings(loose: LooseCredential): readonly LocatedFinding[] {
  const declaration = declarationOf(loose);
  if (declaration === undefined) return [];
  const parameters = declaration.parameters ?? {};
  const given = loose.provider_parameters ?? {};
  return [
    ...Object.entries(parameters).flatMap(([name, parameter]) =>
      name in given ? wrongValue(name, parameter, given[name]) : missing(name, parameter),
    ),
    ...Object.keys(given)
      .filter((name) => !Object.hasOwn(parameters, name))
      .map((name) => stranger(name, Object.keys(parameters))),
  ];
}

function missing(name: string, parameter: ProviderParameter): readonly LocatedFinding[] {
  if (parameter.default !== undefined || parameter.optional === true) return [];
  return [
    {
      rule: "provider-parameter",
      message: `the provider needs ${quote(name)}: ${parameter.description}`,
      hint: `add provider_parameters: { ${name}: ${exampleOf(parameter)} }`,
      path: ["provider"],
      part: "key",
    },
  ];
}

function wrongValue(
  name: string,
  parameter: ProviderParameter,
  value: string | undefined,
): readonly LocatedFinding[] {
  if (value === undefined || isParameterValue(parameter, value)) return [];
  const { values } = parameter;
  return [
    {
      rule: "provider-parameter",
      message:
        values === undefined
          ? `this is no ${FORMAT_WORDS[parameter.format]}: ${parameter.description}`
          : `${quote(name)} is one of ${quoteAll(Object.keys(values))}`,
      hint: `write ${name}: ${exampleOf(parameter)}`,
      path: ["provider_parameters", name],
      part: "value",
    },
  ];
}

const FORMAT_WORDS: Readonly<Record<ProviderParameter["format"], string>> = {
  label: "part of a host name",
  hostname: "host name",
  segment: "part of a path",
  base_url: "https address to begin an endpoint with",
  text: "value without spaces",
};

const FORMAT_EXAMPLES: Readonly<Record<ProviderParameter["format"], string>> = {
  label: "acme",
  hostname: "id.acme.example",
  segment: "acme",
  base_url: "https://id.acme.example/realms/main",
  text: "acme",
};

/** A value that a parameter could have. */
export function exampleOf({ default: fallback, values, format }: ProviderParameter): string {
  return fallback ?? Object.keys(values ?? {})[0] ?? FORMAT_EXAMPLES[format];
}

function stranger(name: string, known: readonly string[]): LocatedFinding {
  const meant = closest(name, known);
  const hint = known.length === 0 ? "remove it: this provider has none" : `it has ${quoteAll(known)}`;
  return {
    rule: "provider-parameter",
    message: `the provider has no parameter ${quote(name)}`,
    hint: meant === undefined ? hint : `did you mean ${quote(meant)}?`,
    path: ["provider_parameters", name],
    part: "key",
  };
}
