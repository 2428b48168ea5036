import type { Credential } from "../declaration/credential.ts";
import { ENDPOINTS } from "../oauth/client.ts";
import type { EndpointName } from "../oauth/client.ts";
import { needsDiscovery } from "../oauth/discovery.ts";
import { prefixAdvice, undeclaredPrefix } from "../oauth/scope-prefix.ts";
import type { Grant } from "../providers/provider.ts";

/** What a server publishes of itself, as it came: of any shape, and not to be printed. */
export type Published = Readonly<Record<string, unknown>>;

/** A field in which a declaration and what its server publishes do not agree, and what to do. */
export interface Drift {
  readonly found: string;
  readonly fix: string;
}

/** Everything in which a credential's provider, as it is declared, departs from what its server publishes (RFC 8414 §2). */
export function driftOf(credential: Credential, published: Published): readonly Drift[] {
  return [
    ...ENDPOINTS.flatMap((field) => endpointDrift(credential, field, published[field])),
    ...methodDrift(credential, listIn(published["token_endpoint_auth_methods_supported"])),
    ...pkceDrift(credential, listIn(published["code_challenge_methods_supported"])),
    ...grantDrift(credential, listIn(published["grant_types_supported"])),
    ...scopeDrift(credential, listIn(published["scopes_supported"])),
  ];
}

/** What an endpoint that nobody declared would be good for. */
const GOOD_FOR: Readonly<Partial<Record<EndpointName, string>>> = {
  device_authorization_endpoint: "the device grant, for people without a browser at hand",
  revocation_endpoint: "sealring revoke, to end the grant there, too",
};

function endpointDrift(credential: Credential, field: EndpointName, published: unknown): readonly Drift[] {
  const { provider } = credential;
  const declared = provider.metadata[field];
  if (published === undefined || isSame(declared, published)) return [];
  if (declared !== undefined)
    return [
      {
        found: `${field}: ${shown(published)} is published, ${declared} declared`,
        fix: mend(credential, field),
      },
    ];
  const use = GOOD_FOR[field];
  // What is not declared is looked up there all the same.
  if (use === undefined || needsDiscovery(provider)) return [];
  return [
    {
      found: `${field}: ${shown(published)} is published, and not declared; it is for ${use}`,
      fix: mend(credential, field),
    },
  ];
}

function isSame(declared: string | undefined, published: unknown): boolean {
  return declared !== undefined && hrefOf(declared) === hrefOf(published);
}

function hrefOf(value: unknown): string | undefined {
  return typeof value === "string" && URL.canParse(value) ? new URL(value).href : undefined;
}

/** An address that anybody may read and nothing acts upon; any other is not repeated. */
const HARMLESS = /^https?:\/\/[A-Za-z0-9.:[\]-]{1,100}\/[A-Za-z0-9._~/-]{0,100}$/;

function shown(published: unknown): string {
  const href = hrefOf(published);
  return href !== undefined && HARMLESS.test(href) ? href : "another value";
}

function methodDrift(credential: Credential, published: readonly string[] | undefined): readonly Drift[] {
  const { client, provider } = credential;
  const declared =
    client.authMethod === undefined
      ? (provider.metadata.token_endpoint_auth_methods_supported ?? [])
      : [client.authMethod];
  const gone = published === undefined ? [] : declared.filter((method) => !published.includes(method));
  if (gone.length === 0) return [];
  const field = "token_endpoint_auth_methods_supported";
  const fix =
    client.authMethod === undefined
      ? mend(credential, field)
      : `see what the client is registered for, and change client.token_endpoint_auth_method in ${credential.file}`;
  return [{ found: `${field}: ${gone.join(", ")} is declared, and not published`, fix }];
}

function pkceDrift(credential: Credential, published: readonly string[] | undefined): readonly Drift[] {
  if (published === undefined || credential.grant !== "authorization_code") return [];
  const field = "code_challenge_methods_supported";
  const declared = credential.provider.metadata[field];
  const isUsed = declared?.includes("S256") ?? true;
  if (isUsed === published.includes("S256")) return [];
  const found = isUsed
    ? `${field}: sealring sends S256, which is not published`
    : `${field}: S256 is published, and not declared`;
  return [{ found, fix: mend(credential, field) }];
}

/** RFC 7591 §2, and RFC 8628 §7.2. */
const GRANT_TYPES: Readonly<Record<Grant, string>> = {
  authorization_code: "authorization_code",
  device_code: "urn:ietf:params:oauth:grant-type:device_code",
  client_credentials: "client_credentials",
};

function grantDrift({ grant, file }: Credential, published: readonly string[] | undefined): readonly Drift[] {
  if (published === undefined || published.includes(GRANT_TYPES[grant])) return [];
  const fix = `ask the provider; if it has ended, declare another grant in ${file}`;
  return [{ found: `grant_types_supported: ${grant} is declared, and not published`, fix }];
}

/** Scopes of OpenID Connect Core §5.4 and §11: a server that publishes these alone does not speak of its others. */
const OF_OPENID = ["openid", "profile", "email", "address", "phone", "offline_access"];

/** A server need not publish every scope (RFC 8414 §2), so that only the next authorization tells. */
function scopeDrift(credential: Credential, published: readonly string[] | undefined): readonly Drift[] {
  const supported = new Set(published);
  if ([...supported].every((scope) => OF_OPENID.includes(scope))) return [];
  const gone = credential.scopes.filter(
    (scope) => !namesOf(credential, scope).some((name) => supported.has(name)),
  );
  if (gone.length === 0) return [];
  const prefix = undeclaredPrefix(credential, [...supported]);
  if (prefix !== undefined)
    return [{ found: "scopes_supported: each is published with a prefix", fix: prefixAdvice(prefix) }];
  const found = `scopes_supported: ${gone.join(", ")} ${gone.length === 1 ? "is" : "are"} declared, and not published`;
  return [
    { found, fix: `see whether the provider still has it; if not, change scopes in ${credential.file}` },
  ];
}

/** What a declared scope may be called there: with the prefix, and without a marker. */
function namesOf({ provider }: Credential, scope: string): readonly string[] {
  const { prefix, marked } = provider.scopeRules;
  const bare = marked
    .filter(({ marker }) => scope.startsWith(marker))
    .map(({ marker }) => scope.slice(marker.length));
  return [scope, ...bare].flatMap((name) => [name, `${prefix}${name}`]);
}

function mend({ name, file, provider }: Credential, field: string): string {
  return provider.id === "inline"
    ? `ask the provider's documentation; if it says the same, correct ${field} in ${file}, and run: sealring authorize ${name}`
    : "please report it, so that the catalogue is mended: https://github.com/sealring/sealring/issues";
}

function listIn(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : undefined;
}
