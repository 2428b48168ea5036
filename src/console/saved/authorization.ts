import { statusOf } from "../../commands/status.ts";
import type { StatusResult } from "../../commands/status.ts";
import type { Credential } from "../../declaration/credential.ts";
import type { Declarations } from "../../declaration/load.ts";
import { SealringError } from "../../errors.ts";
import { compareScopes } from "../../oauth/scope.ts";
import { pinChanges } from "../adding/pin-remarks.ts";
import type { Console, Edit } from "../console.ts";
import { readDeclarations, soundPart } from "../declarations.ts";

/** How the authorization of a credential stands to its declaration. */
export type Authorization =
  /** Nobody has given one that works, or GitHub could not be asked. */
  | { readonly kind: "none" }
  | {
      readonly kind: "outdated";
      /** Declared, and not granted. */
      readonly missing: readonly string[];
      /** What else is not as it was authorized, in words. */
      readonly changed: readonly string[];
    }
  | { readonly kind: "holds" };

/** By the journal, and by the edits that this console has seen since. */
export async function authorizationOf({ ports, edits }: Console, name: string): Promise<Authorization> {
  const declarations = readDeclarations(ports);
  const own = declarations.credentials.filter((credential) => credential.name === name);
  try {
    const [result] = await statusOf(ports, soundPart(declarations), own);
    const [credential] = own;
    if (result === undefined || credential === undefined || NEEDED.includes(result.health))
      return { kind: "none" };
    return judged({ credential, project: declarations.project }, result, edits.get(name) ?? []);
  } catch (error) {
    // GitHub that cannot be asked is no reason to show less.
    if (error instanceof SealringError) return { kind: "none" };
    throw error;
  }
}

const NEEDED: readonly StatusResult["health"][] = ["never_authorized", "needs_person", "revoked"];

interface Declared extends Pick<Declarations, "project"> {
  readonly credential: Credential;
}

function judged(is: Declared, { entry }: StatusResult, edits: readonly Edit[]): Authorization {
  const authorizedAt = entry?.authorizedAt;
  const was = edits.find(({ until }) => authorizedAt !== undefined && authorizedAt <= until);
  const { provider, scopes } = is.credential;
  // A provider that does not say what it granted has granted what was asked for.
  const { missing } = compareScopes(provider, scopes, entry?.scope ?? was?.credential.scopes);
  const changed = was === undefined ? [] : pinChanges(was, is);
  return missing.length === 0 && changed.length === 0
    ? { kind: "holds" }
    : { kind: "outdated", missing, changed };
}
