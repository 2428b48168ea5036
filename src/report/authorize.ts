import { prefixAdvice } from "../oauth/scope-prefix.ts";
import type { AuthorizationWaits, Authorized } from "../protocol/authorize.ts";
import { describeTarget } from "../stores/targets.ts";
import { minuteUtc } from "./instants.ts";
import { hintLine, publicationJson, publicationRemarks } from "./refresh.ts";
import { table, wrap } from "./table.ts";

/** What came of trying the token. */
export const VERIFICATIONS: Record<Authorized["verification"], string> = {
  works: "The provider accepts the token.",
  refused:
    "The provider refuses the token at its verification endpoint: look at the client and the scopes there.",
  forbidden:
    "The provider accepts the token, but a scope or a membership is missing for its verification endpoint.",
  unreachable: "The provider's verification endpoint could not be reached; the token is stored all the same.",
  unknown: "The provider names no endpoint to try the token at.",
};

/** Who renews the access token, where it is not the workflow. `again`: how somebody authorizes again, as a clause. */
export function renewalText(renewal: Authorized["renewal"], again: string): string | undefined {
  switch (renewal) {
    case "unattended":
      return undefined;
    case "not_needed":
      return "No refresh token came, and the access token has no end that is known: nothing renews it.";
    case "by_a_person":
      return (
        `No refresh token came: before the access token ends ${again}. ` +
        "Many providers give one for a scope such as offline_access, or to other kinds of clients: " +
        "sealring providers show, with the provider's id."
      );
  }
}

/** What an authorization came to, for the person who gave it. */
export function authorizeText(results: readonly (Authorized | AuthorizationWaits)[]): string {
  return results.map((result) => (result.outcome === "pending" ? waits(result) : one(result))).join("\n");
}

function waits({ credential, message, hint }: AuthorizationWaits): string {
  return `${wrap(`${credential}: ${message}`)}${hintLine(hint)}`;
}

function one(result: Authorized): string {
  const rows = result.destinations.map(({ secret, target, outcome }) => [
    secret,
    outcome,
    describeTarget(target),
  ]);
  const until =
    result.expiresAt === undefined ? "" : `, access token until ${minuteUtc(result.expiresAt)} UTC`;
  return [
    `${result.credential} is authorized: generation ${String(result.generation)}${until}\n`,
    wrap(VERIFICATIONS[result.verification]),
    renewal(result),
    scopes(result),
    rows.length === 0 ? "" : `\n${table(["SECRET", "OUTCOME", "DESTINATION"], rows)}`,
    publicationRemarks(result.destinations),
  ].join("");
}

function renewal({ renewal: kind, credential }: Authorized): string {
  const text = renewalText(kind, `somebody runs again: sealring authorize ${credential}`);
  return text === undefined ? "" : wrap(text);
}

function scopes({ scopeDifference: { missing, extra }, scopePrefix, credential }: Authorized): string {
  const again = `sealring authorize ${credential}`;
  if (scopePrefix !== undefined) return wrap(`${prefixAdvice(scopePrefix)}, and then: ${again}`);
  const less = wrap(`Not granted, though declared: ${missing.join(", ")}. To ask again: ${again}`);
  const more = wrap(`Granted, though not declared: ${extra.join(", ")}.`);
  return (missing.length === 0 ? "" : less) + (extra.length === 0 ? "" : more);
}

/** A result as the JSON document has it. */
export function authorizeJson(result: Authorized | AuthorizationWaits): object {
  if (result.outcome === "pending") {
    const { credential, outcome, message, hint } = result;
    return { credential, outcome, message, hint };
  }
  return {
    credential: result.credential,
    outcome: result.outcome,
    generation: result.generation,
    expires_at: result.expiresAt ?? null,
    scope: result.scope?.join(" ") ?? null,
    scopes_missing: result.scopeDifference.missing,
    scopes_extra: result.scopeDifference.extra,
    scope_prefix: result.scopePrefix ?? null,
    verification: result.verification,
    renewal: result.renewal,
    destinations: result.destinations.map(publicationJson),
  };
}
