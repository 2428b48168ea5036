import { findEntry } from "../../providers/catalogue.ts";
import type { ProviderDeclaration } from "../../providers/generated/provider.ts";
import { isOfFormat, isParameterValue } from "../../providers/template.ts";
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
    ...(declaration === loose.provider ? Object.entries(parameters).flatMap(wrongParameter) : []),
    ...Object.entries(parameters).flatMap(([name, parameter]) =>
      name in given ? wrongValue(name, parameter, given[name]) : missing(name, parameter),
    ),
    ...Object.keys(given)
      .filter((name) => !Object.hasOwn(parameters, name))
      .map((name) => stranger(name, Object.keys(parameters))),
  ];
}

/** A parameter of an inline provider whose own values are none: the catalogue's are held to this when it is generated. */
function wrongParameter([name, parameter]: readonly [string, ProviderParameter]): readonly LocatedFinding[] {
  const { default: fallback, values = {}, format } = parameter;
  const wrong = Object.keys(values).filter((value) => !isOfFormat(format, value));
  const at = ["provider", "parameters", name];
  const finding = {
    rule: "provider-parameter",
    message: `this is no ${FORMAT_WORDS[format]}, and no value of ${quote(name)}`,
    hint: `write one such as ${FORMAT_EXAMPLES[format]}, or another format`,
  } as const;
  return [
    ...wrong.map((value) => ({ ...finding, path: [...at, "values", value], part: "key" as const })),
    ...(fallback === undefined || isParameterValue(parameter, fallback)
      ? []
      : [{ ...finding, path: [...at, "default"], part: "value" as const }]),
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
      hint: hintOn(name, parameter, value),
      path: ["provider_parameters", name],
      part: "value",
    },
  ];
}

/** Whoever pastes an address means a part of it. */
function hintOn(name: string, parameter: ProviderParameter, value: string): string {
  const { host } = /^(?:https?:\/\/)?(?<host>[^/?#]+)/u.exec(value)?.groups ?? {};
  const [label = ""] = host?.split(".") ?? [];
  const part = { hostname: host, label, segment: undefined, base_url: undefined, text: undefined };
  const meant = part[parameter.format];
  return meant !== undefined && isParameterValue(parameter, meant)
    ? `write ${parameter.format === "label" ? "that part" : "the host"} alone: ${meant}`
    : `write ${name}: ${exampleOf(parameter)}`;
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

/** A value that a parameter could have: where its description has an example, that one. */
export function exampleOf(parameter: ProviderParameter): string {
  const { default: fallback, values, format, description } = parameter;
  const own = /\bsuch as ([^\s,;]+)/u.exec(description)?.[1];
  const told = own !== undefined && isParameterValue(parameter, own) ? own : undefined;
  return fallback ?? Object.keys(values ?? {})[0] ?? told ?? FORMAT_EXAMPLES[format];
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
