import type { Declared, Named } from "./declared.ts";

const EXAMPLES = {
  label: "acme",
  hostname: "acme.example.com",
  segment: "acme",
  text: "acme",
};

const ENDPOINTS: readonly string[] = [
  "issuer",
  "authorization_endpoint",
  "token_endpoint",
  "refresh_endpoint",
  "exchange_endpoint",
  "device_authorization_endpoint",
  "device_token_endpoint",
  "pushed_authorization_request_endpoint",
  "revocation_endpoint",
  "verification_endpoint",
];

/** The declaration as it is at this origin: a host becomes the first part of a path, and {name} stays. */
export function placedAt(origin: string, declared: Declared): Declared {
  const place = (url: string) => url.replace(/^https:\/\//, `${origin}/`);
  const placed = <Urls extends object>(urls: Urls): Urls =>
    Object.fromEntries(
      Object.entries(urls).map(([key, value]: [string, unknown]) => [
        key,
        typeof value === "string" && ENDPOINTS.includes(key) ? place(value) : value,
      ]),
    ) as Urls;
  const { generations } = declared;
  return {
    ...placed(declared),
    ...(generations === undefined ? {} : { generations: generations.map(placed) }),
  };
}

/** A customer's values for the parameters: what a person would enter, at this origin. */
export function valuesFor(origin: string, { parameters = {} }: Declared): Named {
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, { format, values, default: usual, optional }]) => {
      if (optional === true && usual === undefined) return [];
      if (format === "base_url") return [[name, `${origin}/acme.example.com/realms/acme`]];
      return [[name, usual ?? Object.keys(values ?? {})[0] ?? EXAMPLES[format]]];
    }),
  );
}

/** The declaration with these values in the place of {name}; an entry whose parameter has none is left out. */
export function filledIn(declared: Declared, values: Named): Declared {
  const { parameters, ...rest } = declared;
  return fill(rest, { names: Object.keys(parameters ?? {}), values }) as Declared;
}

interface Filling {
  readonly names: readonly string[];
  readonly values: Named;
}

function fill(node: unknown, filling: Filling): unknown {
  if (typeof node === "string") return fillText(node, filling);
  if (Array.isArray(node)) return node.map((item) => fill(item, filling));
  if (typeof node !== "object" || node === null) return node;
  const members = Object.entries(node).map(([key, value]) => [key, fill(value, filling)] as const);
  return Object.fromEntries(members.filter(([, value]) => value !== undefined));
}

function fillText(text: string, { names, values }: Filling): string | undefined {
  const asked = names.filter((name) => text.includes(`{${name}}`));
  if (asked.some((name) => values[name] === undefined)) return undefined;
  return asked.reduce((so, name) => so.replaceAll(`{${name}}`, values[name] ?? ""), text);
}
