import type { StoreTarget } from "../github.ts";
import { signInSecret } from "../stores/sign-in.ts";
import { unknownReaders } from "./environments.ts";
import type { Facts } from "./facts.ts";
import { isRevoked } from "./own-secrets.ts";
import { secretsIn } from "./present.ts";
import { homesOf } from "./wanted.ts";
import type { Home, Wanted } from "./wanted.ts";

/** A secret that only a person has: it is in a store of envelopes that lacks it, could be sealed there, and is not at hand. */
export interface Lacking {
  readonly secretName: string;
  /** `token`: what the workflow signs in with; `client`: what a provider gave for a client. */
  readonly purpose: "token" | "client";
  /** The credentials that need it. */
  readonly credentials: readonly string[];
  /** The stores that lack it. */
  readonly targets: readonly StoreTarget[];
}

/** The token first. An App's key is a file: that is not asked for. */
export function lackingSecrets(wanted: Wanted, facts: Facts): readonly Lacking[] {
  const homes = homesOf(wanted).filter(({ environment }) => unknownReaders(environment, facts) === undefined);
  const found = new Map<string, Lacking>();
  for (const each of homes.flatMap((home) => [...tokenOf(home, wanted), ...clientsOf(home, facts)])) {
    const { secretName, credentials, targets } = each;
    const isMissing = targets.every(
      (target) => secretsIn(facts, target)?.has(secretName.toUpperCase()) === false,
    );
    if (!isMissing || facts.atHand.has(secretName)) continue;
    const known = found.get(secretName) ?? { ...each, credentials: [], targets: [] };
    found.set(secretName, {
      ...known,
      credentials: [...new Set([...known.credentials, ...credentials])],
      targets: [...new Set([...known.targets, ...targets])],
    });
  }
  return [...found.values()].sort(byPurpose);
}

function tokenOf({ target, credentials }: Home, { project }: Wanted): readonly Lacking[] {
  if (project.app !== undefined) return [];
  const names = credentials.map(({ name }) => name);
  return [{ secretName: signInSecret(project), purpose: "token", credentials: names, targets: [target] }];
}

function clientsOf({ target, credentials }: Home, facts: Facts): readonly Lacking[] {
  return credentials.flatMap(({ name, client: { secretName } }): readonly Lacking[] =>
    secretName === undefined || isRevoked({ name }, facts)
      ? []
      : [{ secretName, purpose: "client", credentials: [name], targets: [target] }],
  );
}

function byPurpose(one: Lacking, other: Lacking): number {
  if (one.purpose !== other.purpose) return one.purpose === "token" ? -1 : 1;
  return one.secretName < other.secretName ? -1 : 1;
}
