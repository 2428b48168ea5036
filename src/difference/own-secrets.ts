import { envelopeSecretName } from "../declaration/credential.ts";
import type { Credential } from "../declaration/credential.ts";
import { setCommand } from "../stores/commands.ts";
import { signInSecret } from "../stores/sign-in.ts";
import { describeTarget } from "../stores/targets.ts";
import { blankOf } from "./blank.ts";
import { unknownReaders } from "./environments.ts";
import { secretsIn } from "./present.ts";
import { valueOf } from "./facts.ts";
import type { Facts } from "./facts.ts";
import type { Item } from "./plan.ts";
import { homesOf } from "./wanted.ts";
import type { Home, Wanted } from "./wanted.ts";

/** Whether each store of envelopes holds what the job signs in with, and the client secrets. */
export function ownSecretItems(wanted: Wanted, facts: Facts): readonly Item[] {
  return homesOf(wanted).flatMap((home) => {
    const present = secretsIn(facts, home.target);
    if (present === undefined) return [];
    const clients = clientSecrets(home).filter(
      ({ name, users }) =>
        users.some((user) => isAuthorized(user, present)) ||
        (facts.atHand.has(name) && !users.every((user) => isRevoked(user, facts))),
    );
    return [signInSecret(wanted.project), ...clients.map(({ name }) => name)]
      .filter((name) => !present.has(name.toUpperCase()))
      .map((name) => missing(home, name, facts));
  });
}

interface ClientSecret {
  readonly name: string;
  readonly users: readonly Credential[];
}

function clientSecrets({ credentials }: Home): readonly ClientSecret[] {
  const names = new Map<string, ClientSecret>();
  for (const credential of credentials) {
    const name = credential.client.secretName;
    if (name === undefined) continue;
    const known = names.get(name.toUpperCase()) ?? { name, users: [] };
    names.set(name.toUpperCase(), { ...known, users: [...known.users, credential] });
  }
  return [...names.values()];
}

/** Before, `authorize` asks for the client secret and seals it. */
function isAuthorized({ name }: Credential, present: ReadonlyMap<string, unknown>): boolean {
  return present.has(envelopeSecretName(name));
}

/** A revocation has removed its client secret, and whoever authorizes it again brings that along. */
export function isRevoked({ name }: Pick<Credential, "name">, { journal }: Pick<Facts, "journal">): boolean {
  return valueOf(valueOf(journal)?.get(name))?.phase === "revoked";
}

/** Only a variable of the very name is taken: any other token was given for something else. */
function missing({ target, environment }: Home, secretName: string, facts: Facts): Item {
  const place = `${secretName} in ${describeTarget(target)}`;
  const unknown = unknownReaders(environment, facts);
  if (unknown !== undefined) return blankOf(`who could read ${place}`, unknown);
  if (facts.atHand.has(secretName)) return { kind: "seal", sign: "add", target, secretName };
  const what = `${secretName} is missing in ${describeTarget(target)}`;
  return { kind: "person", what, command: setCommand(facts, target, secretName) };
}
