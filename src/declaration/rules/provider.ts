import type { ProviderDeclaration } from "../../providers/generated/provider.ts";
import type { Grant } from "../../providers/provider.ts";
import { expand } from "../../providers/template.ts";
import { isSecureUrl } from "../../secure-url.ts";
import type { LocatedFinding, Path } from "../fault.ts";
import type { LooseCredential } from "../loose.ts";
import { quote, quoteAll } from "../quote.ts";
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

type Generation = NonNullable<ProviderDeclaration["generations"]>[number];

const GENERATION_KEYS = [
  "issuer",
  "token_endpoint",
  "revocation_endpoint",
  "verification_endpoint",
] as const satisfies readonly (keyof Generation)[];

/** What is wrong with a provider that is given inline, for the grant that uses it. */
export function providerFindings({ loose }: { readonly loose: LooseCredential }): readonly LocatedFinding[] {
  const { grant } = loose;
  if (typeof loose.provider !== "object" || parameterFindings(loose).length > 0) return [];
  const provider = expand(loose.provider, valuesOf(loose));
  return [
    ...missingEndpoints(provider, grant),
    ...URL_KEYS.flatMap((key) => brokenUrl(provider[key], [key])),
    ...(provider.generations ?? []).flatMap((generation, index) =>
      GENERATION_KEYS.flatMap((key) => brokenUrl(generation[key], ["generations", index, key])),
    ),
  ];
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

/**
 * The schema judges the form; what only a parser knows, such as ports and hosts, is judged here, with all values in their
 * places. The client id has one in the revocation endpoint, and is filled in when that is asked.
 */
function brokenUrl(declared: string | undefined, path: Path): readonly LocatedFinding[] {
  if (declared === undefined) return [];
  const url = path.at(-1) === "revocation_endpoint" ? declared.replaceAll("{client_id}", "client") : declared;
  const [placeholder] = /\{[a-z][a-z0-9_]*\}/u.exec(url) ?? [];
  if (placeholder !== undefined) {
    return [
      {
        rule: "provider-parameter",
        message: `${quote(placeholder)} stands for a parameter that is not declared`,
        hint: "declare it under parameters, or write the address without it",
        path: ["provider", ...path],
        part: "value",
      },
    ];
  }
  if (isEndpoint(url)) return [];
  return [
    {
      rule: "insecure-url",
      message: "this is no https URL without user name and fragment",
      hint: "copy it from the provider's documentation",
      path: ["provider", ...path],
      part: "value",
    },
  ];
}

function isEndpoint(text: string): boolean {
  if (!isSecureUrl(text)) return false;
  const { username, password, hash } = new URL(text);
  return [username, password, hash].every((part) => part === "");
}
