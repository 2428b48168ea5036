import { exampleOf } from "../declaration/rules/parameters.ts";
import { isNeeded, parametersOf, providerIn } from "./subject.ts";
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

const MOST_NAMED = 5;

/** Where nobody knows the provider's scopes, it may have none. */
function missingScopes(subject: Subject, told: Told): readonly Missing[] {
  const { scopes } = providerIn(subject);
  if (told.scopes !== undefined || scopes === undefined) return [];
  const examples = Object.keys(scopes).slice(0, MOST_NAMED).join(",");
  return [{ what: "the scopes", option: `--scopes ${examples}` }];
}
