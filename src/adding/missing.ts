import { exampleOf } from "../declaration/rules/parameters.ts";
import { credentialOf } from "./credential.ts";
import { hasNoScopes, isNeeded, parametersOf, providerIn } from "./subject.ts";
import type { Subject } from "./subject.ts";
import type { Told } from "./told.ts";

/** Something that only a person can tell. */
export interface Missing {
  readonly what: string;
  /** The option that tells it. */
  readonly option: string;
}

/** What has no default and was not told. */
export function missingFrom(subject: Subject, told: Told): readonly Missing[] {
  return [
    ...missingParameters(subject, told),
    ...(told.clientId === undefined ? [{ what: "the client id", option: "--client-id <id>" }] : []),
    ...missingScopes(subject, told),
  ];
}

function missingParameters(subject: Subject, { parameters = {} }: Told): readonly Missing[] {
  return Object.entries(parametersOf(subject))
    .filter(([name, parameter]) => isNeeded(parameter) && !Object.hasOwn(parameters, name))
    .map(([name, parameter]) => ({
      what: `the ${name}`,
      option: `--parameter ${name}=${exampleOf(parameter)}`,
    }));
}

/** What a token may do is nothing to choose for somebody: none is named here, to be pasted unread. */
function missingScopes(subject: Subject, told: Told): readonly Missing[] {
  if (told.scopes !== undefined || hasNoScopes(subject)) return [];
  const isOpen = providerIn(subject).scopes === undefined;
  if (isOpen && credentialOf(subject, told).scopes.length > 0) return [];
  return [{ what: "the scopes", option: "--scopes <scopes>" }];
}
