import type { ProviderDeclaration } from "./generated/provider.ts";

/** What differs between a provider's customers, such as a tenant. */
export type ProviderParameter = NonNullable<ProviderDeclaration["parameters"]>[string];

/** Values by the parameter's name. */
export type ParameterValues = Readonly<Record<string, string>>;

const FORMS: Readonly<Record<ProviderParameter["format"], RegExp>> = {
  label: /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/,
  // Its last part begins with a letter, so that it is no IP address.
  hostname:
    /^(?=.{1,253}$)(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?::[1-9][0-9]{0,4})?$/,
  segment: /^(?!\.{1,2}$)[A-Za-z0-9._~-]{1,128}$/,
  base_url:
    /^(?:https:\/\/[A-Za-z0-9.-]{1,253}|http:\/\/(?:localhost|127\.0\.0\.1|\[::1\]))(?::[1-9][0-9]{0,4})?(?:\/[A-Za-z0-9._~-]{1,128}){0,16}$/,
  text: /^[!-~]{1,512}$/,
};

/** Whether a value is of the parameter's format, and among its values where those are all. */
export function isParameterValue({ format, values }: ProviderParameter, value: string): boolean {
  return isOfFormat(format, value) && (values === undefined || Object.hasOwn(values, value));
}

/** Whether a value is of a format, so that an address with it in its place is still one, of the same shape. */
export function isOfFormat(format: ProviderParameter["format"], value: string): boolean {
  if (!FORMS[format].test(value) || /(?:^|\/)\.{1,2}(?:\/|$)/.test(value)) return false;
  const urls = { hostname: `https://${value}`, base_url: value, label: `https://${value}.example` };
  return format === "segment" || format === "text" || URL.canParse(urls[format]);
}

/**
 * A declaration with its parameters' values in it. What stands on an optional parameter that has none is left out; so
 * that all others have one, and a right one, is for the caller to have seen to.
 */
export function expand(declaration: ProviderDeclaration, given: ParameterValues): ProviderDeclaration {
  const { parameters, ...rest } = declaration;
  if (parameters === undefined) return declaration;
  const values = Object.fromEntries(
    Object.entries(parameters).flatMap(([name, { default: fallback }]) => {
      const value = given[name] ?? fallback;
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
  return filled(rest, { names: Object.keys(parameters), values }) as ProviderDeclaration;
}

interface Filling {
  readonly names: readonly string[];
  readonly values: ParameterValues;
}

const PLACEHOLDER = /\{([a-z][a-z0-9_]*)\}/g;

/** undefined: it stands on a parameter without a value. */
function filled(node: unknown, filling: Filling): unknown {
  if (typeof node === "string") return filledText(node, filling);
  if (Array.isArray(node)) return node.map((item: unknown) => filled(item, filling));
  if (typeof node !== "object" || node === null) return node;
  const members = Object.entries(node).flatMap(([key, child]) => {
    const value = filled(child, filling);
    return value === undefined ? [] : [[key, value] as const];
  });
  return Object.fromEntries(members);
}

function filledText(text: string, { names, values }: Filling): string | undefined {
  const used = [...text.matchAll(PLACEHOLDER)].flatMap(([, name = ""]) => name);
  if (used.some((name) => names.includes(name) && values[name] === undefined)) return undefined;
  return text.replaceAll(PLACEHOLDER, (placeholder, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? "") : placeholder,
  );
}
