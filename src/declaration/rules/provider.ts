import type { ProviderDeclaration } from "../../providers/generated/provider.ts";
import type { Grant } from "../../providers/provider.ts";
import type { LocatedFinding } from "../fault.ts";
import type { LooseCredential } from "../loose.ts";
import { quote, quoteAll } from "../quote.ts";
import { expand } from "../../providers/template.ts";
import { parameterFindings, valuesOf } from "./parameters.ts";

const ENDPOINTS_OF = {
  authorization_code: ["authorization_endpoint", "token_endpoint"],
  device_code: ["device_authorization_endpoint", "token_endpoint"],
  client_credentials: ["token_endpoint"],
} as const satisfies Record<Grant, readonly (keyof ProviderDeclaration)[]>;

const URL_KEYS = [
  "issuer",
  "authorization_endpoint",
  "token_endpoint",
  "device_authorization_endpoint",
  "refresh_endpoint",
  "exchange_endpoint",
  "device_token_endpoint",
  "pushed_authorization_request_endpoint",
  "revocation_endpoint",
  "verification_endpoint",
] as const satisfies readonly (keyof ProviderDeclaration)[];

/** What is wrong with a provider that is given inline, for the grant that uses it. */
export function providerFindings({ loose }: { readonly loose: LooseCredential }): readonly LocatedFinding[] {
  const { grant } = loose;
  if (typeof loose.provider !== "object" || parameterFindings(loose).length > 0) return [];
  const provider = expand(loose.provider, valuesOf(loose));
  return [
    ...missingEndpoints(provider, grant),
    ...URL_KEYS.flatMap((key) => brokenUrl(urlOf(provider, key), key)),
  ];
}

/** The client id has a place in one address, and is filled in when that is asked. */
function urlOf(provider: ProviderDeclaration, key: (typeof URL_KEYS)[number]): string | undefined {
  return key === "revocation_endpoint" ? provider[key]?.replaceAll("{client_id}", "client") : provider[key];
}

function missingEndpoints(
  provider: ProviderDeclaration,
  grant: Grant | undefined,
): readonly LocatedFinding[] {
  if (grant === undefined || provider.issuer !== undefined) return [];
  const missing = ENDPOINTS_OF[grant].filter((key) => provider[key] === undefined);
  if (missing.length === 0) return [];
  return [
    {
      rule: "missing-endpoint",
      message: `without an issuer, the grant ${grant} needs ${missing.map((key) => `\`${key}\``).join(" and ")}`,
      hint: `add ${quoteAll(["issuer"])}, where discovery works, or the endpoints by hand`,
      path: ["provider"],
      part: "key",
    },
  ];
}

/** The schema judges the form; what only a parser knows, such as ports and hosts, is judged here. */
function brokenUrl(url: string | undefined, key: string): readonly LocatedFinding[] {
  const [placeholder] = /\{[a-z][a-z0-9_]*\}/u.exec(url ?? "") ?? [];
  if (placeholder !== undefined) {
    return [
      {
        rule: "provider-parameter",
        message: `${quote(placeholder)} stands for a parameter that is not declared`,
        hint: "declare it under parameters, or write the address without it",
        path: ["provider", key],
        part: "value",
      },
    ];
  }
  if (url === undefined || URL.canParse(url)) return [];
  return [
    {
      rule: "insecure-url",
      message: "this is no URL",
      hint: "copy it from the provider's documentation",
      path: ["provider", key],
      part: "value",
    },
  ];
}
