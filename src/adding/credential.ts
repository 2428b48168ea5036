import { exampleOf } from "../declaration/rules/parameters.ts";
import type { Grant, Provider } from "../providers/provider.ts";
import { redirectAdvice } from "../providers/redirect.ts";
import type { ParameterValues } from "../providers/template.ts";
import { clientKindsOf, grantsOf } from "./choices.ts";
import { isNeeded, parametersOf, providerIn } from "./subject.ts";
import type { Subject } from "./subject.ts";
import type { NewDestination, NewOutput, Told, ToldRotation } from "./told.ts";

/** Everything that a new credential's file says. undefined: the member is left out. */
export interface NewCredential {
  readonly name: string;
  readonly description: string | undefined;
  readonly owner: string | undefined;
  readonly rotation: Exclude<ToldRotation, ""> | undefined;
  readonly parameters: ParameterValues;
  readonly grant: Grant;
  readonly redirectUri: string | undefined;
  readonly client: NewClient;
  readonly scopes: readonly string[];
  readonly outputs: readonly NewOutput[];
  readonly destinations: readonly NewDestination[];
  readonly environment: string | undefined;
}

export interface NewClient {
  readonly id: string;
  /** undefined: a public client. */
  readonly secretName: string | undefined;
  /** Where its secret is a private key, and the provider takes nothing else; undefined: as sealring chooses. */
  readonly authMethod: "private_key_jwt" | undefined;
}

/** Stands where the client id is not told yet, so that the rest can be judged. */
const NO_CLIENT_ID = "client-id";

/** What was told, with defaults for the rest. What has no default (see missing.ts) gets an example, never to be saved. */
export function credentialOf(subject: Subject, told: Told): NewCredential {
  const { name = nameOf(subject) } = told;
  const provider = providerIn(subject);
  const grant = told.grant ?? grantsOf(provider)[0] ?? "authorization_code";
  const client = told.client ?? clientKindsOf(provider, grant)[0];
  const stem = secretStem(name);
  return {
    name,
    description: given(told.description),
    owner: given(told.owner),
    rotation: given(told.rotation),
    parameters: { ...examplesOf(subject), ...told.parameters },
    grant,
    redirectUri: given(told.redirectUri ?? usualRedirect(provider, grant)),
    client: {
      id: told.clientId ?? NO_CLIENT_ID,
      secretName: client === "public" ? undefined : `${stem}_CLIENT_SECRET`,
      authMethod: client !== "public" && takesKeysAlone(provider) ? "private_key_jwt" : undefined,
    },
    scopes: told.scopes ?? usualScopes(provider, grant),
    outputs: told.outputs ?? [{ secretName: `${stem}_ACCESS_TOKEN`, field: "access_token" }],
    destinations: told.destinations ?? [],
    environment: given(told.environment),
  };
}

function given<Text extends string>(text: Text | undefined): Exclude<Text, ""> | undefined {
  return text === undefined || text === "" ? undefined : (text as Exclude<Text, "">);
}

function takesKeysAlone({ metadata }: Provider): boolean {
  const methods = metadata.token_endpoint_auth_methods_supported ?? [];
  const withSecret = methods.filter((method) => method !== "none");
  return withSecret.length > 0 && withSecret.every((method) => method === "private_key_jwt");
}

/** One of those without which no refresh token comes: a credential that a person renews by the hour is of no use. */
function usualScopes({ offlineScopes }: Provider, grant: Grant): readonly string[] {
  return grant === "client_credentials" ? [] : offlineScopes.slice(0, 1);
}

/** The provider's id, or its host as a name. */
function nameOf({ entry, identity }: Subject): string {
  if (entry !== undefined) return entry.id;
  const words = identity.name.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return words.join("-").slice(0, 64).replace(/-$/, "");
}

/** What secrets' names begin with. No name of a secret begins with a digit, or as GitHub's and sealring's own do. */
function secretStem(name: string): string {
  const stem = name.toUpperCase().replaceAll("-", "_");
  return /^(?:[0-9]|(?:GITHUB|ACTIONS|RUNNER|SEALRING)(?:_|$))/.test(stem) ? `OAUTH_${stem}` : stem;
}

function examplesOf(subject: Subject): ParameterValues {
  const needed = Object.entries(parametersOf(subject)).filter(([, parameter]) => isNeeded(parameter));
  return Object.fromEntries(needed.map(([name, parameter]) => [name, exampleOf(parameter)]));
}

function usualRedirect(provider: Provider, grant: Grant): string | undefined {
  return grant === "authorization_code" ? redirectAdvice(provider).declare : undefined;
}
