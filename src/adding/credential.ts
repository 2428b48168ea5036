import { exampleOf } from "../declaration/rules/parameters.ts";
import type { Grant, Provider } from "../providers/provider.ts";
import { redirectAdvice } from "../providers/redirect.ts";
import type { ParameterValues } from "../providers/template.ts";
import { clientKindsOf, grantsOf } from "./choices.ts";
import { isNeeded, parametersOf, providerIn } from "./subject.ts";
import type { Subject } from "./subject.ts";
import type { NewDestination, NewOutput, Told } from "./told.ts";

/** Everything that a new credential's file says. undefined: the member is left out. */
export interface NewCredential {
  readonly name: string;
  readonly description: string | undefined;
  readonly owner: string | undefined;
  readonly parameters: ParameterValues;
  readonly grant: Grant;
  readonly redirectUri: string | undefined;
  readonly client: { readonly id: string; readonly secretName: string | undefined };
  readonly scopes: readonly string[];
  readonly outputs: readonly NewOutput[];
  readonly destinations: readonly NewDestination[];
  readonly environment: string | undefined;
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
    parameters: { ...examplesOf(subject), ...told.parameters },
    grant,
    redirectUri: given(told.redirectUri ?? usualRedirect(provider, grant)),
    client: {
      id: told.clientId ?? NO_CLIENT_ID,
      secretName: client === "public" ? undefined : `${stem}_CLIENT_SECRET`,
    },
    scopes: told.scopes ?? [],
    outputs: told.outputs ?? [{ secretName: `${stem}_ACCESS_TOKEN`, field: "access_token" }],
    destinations: told.destinations ?? [],
    environment: given(told.environment),
  };
}

function given(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
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
