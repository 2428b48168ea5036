import { readFileSync } from "node:fs";

/** As much of a JSON Schema as the page shows. */
interface Schema {
  readonly $ref?: string;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

const SCHEMA = JSON.parse(
  readFileSync(new URL("../../schemas/provider.schema.json", import.meta.url), "utf8"),
) as Schema;

/** Every key, where the page has it. One that is in none of these is a mistake. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  "Where it is": [
    ...["issuer", "authorization_endpoint", "token_endpoint", "refresh_endpoint", "exchange_endpoint"],
    ...["device_authorization_endpoint", "device_token_endpoint", "pushed_authorization_request_endpoint"],
    ...["revocation_endpoint", "verification_endpoint", "parameters", "generations"],
  ],
  "Registering a client": ["registration", "loopback_redirect", "redirect_uri_alias"],
  "How the client shows who it is": [
    ...["token_endpoint_auth_methods_supported", "client_id_parameter"],
    ...["client_secret_basic_encoding", "client_secret_basic_user", "client_assertion_audience"],
  ],
  "Asking a person": [
    ...["grants", "authorization_parameters", "code_challenge_methods_supported", "pkce_required"],
    ...["require_pushed_authorization_requests", "authorization_response_iss_parameter_supported"],
    "device_authorization",
  ],
  Scopes: [
    "scopes",
    "offline_scopes",
    "scope_prefix",
    "scope_separator",
    "scope_parameter",
    "scope_parameters",
  ],
  "Token requests": [
    ...["token_request_format", "token_parameters", "token_headers", "refresh_parameters"],
    ...["refresh_request", "exchange_request"],
  ],
  "Their answers": ["token_response", "errors"],
  "How long tokens live": [
    ...["rotation", "rotation_grace_seconds", "reuse", "issues_refresh_token"],
    ...["refresh_token_lifetime_seconds", "refresh_token_idle_seconds"],
    ...["access_token_lifetime_seconds", "access_token_expires", "access_token_is_jwt"],
  ],
  "Ending and proving a grant": ["revocation", "verification"],
};

/** Every key of the provider's schema with its description, in Markdown. @throws Error where one has no group. */
export function departuresAsMarkdown(): string {
  const { properties = {} } = SCHEMA;
  const grouped = Object.values(GROUPS).flat();
  const strays = [
    ...Object.keys(properties).filter((key) => !grouped.includes(key)),
    ...grouped.filter((key) => !(key in properties)),
  ];
  if (strays.length > 0)
    throw new Error(`give these a group, or take them out of theirs: ${strays.join(", ")}`);
  return Object.entries(GROUPS)
    .map(([title, keys]) => {
      const items = keys.map((key) => item(key, properties[key] ?? {}, ""));
      return `### ${title}\n\n${items.join("\n")}`;
    })
    .join("\n\n");
}

function item(key: string, schema: Schema, indent: string): string {
  const whole = { ...resolved(schema), ...schema };
  const inner = Object.entries(membersOf(whole)).map(([name, member]) => item(name, member, `${indent}  `));
  const values = inner.length > 0 ? "" : valuesOf(whole);
  return [`${indent}- \`${key}\`: ${escaped(whole.description ?? "")}${values}`, ...inner].join("\n");
}

/** The values that there are, or an example of one. */
function valuesOf(schema: Schema): string {
  const all = schema.enum ?? schema.items?.enum;
  if (all !== undefined) return ` Values: ${all.map((value) => `\`${String(value)}\``).join(", ")}`;
  const [example] = schema.examples ?? [];
  return example === undefined ? "" : ` Example: \`${JSON.stringify(example)}\``;
}

function resolved({ $ref = "" }: Schema): Schema {
  return SCHEMA.$defs?.[$ref.replace("#/$defs/", "")] ?? {};
}

/** What an object, each object of a list, or each object of a map consists of. */
function membersOf(schema: Schema): Readonly<Record<string, Schema>> {
  const { properties, items, additionalProperties } = { ...resolved(schema), ...schema };
  if (properties !== undefined) return properties;
  if (items !== undefined) return membersOf(items);
  return typeof additionalProperties === "object" ? membersOf(additionalProperties) : {};
}

/** `*`, `_` and `<` would mean something to Markdown; what is in backticks stays. */
function escaped(text: string): string {
  return text.replaceAll(/`[^`]*`|[*<]/g, (found) => (found.startsWith("`") ? found : `\\${found}`));
}
