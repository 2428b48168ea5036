import { isMissing } from "../protocol/publish.ts";
import type { Publication } from "../protocol/publish.ts";
import type { CredentialResult } from "../protocol/result.ts";
import { describeTarget } from "../stores/targets.ts";
import { minuteUtc } from "./instants.ts";
import { table, wrap } from "./table.ts";
import { warningRemark } from "./warning.ts";

/** The results of a refresh or a recovery, for a person. */
export function refreshText(results: readonly CredentialResult[]): string {
  if (results.length === 0) return "No credential is declared in credentials/.\n";
  const rows = results.map(({ credential, outcome, generation, expiresAt }) => [
    credential,
    outcome,
    generation === undefined ? "-" : String(generation),
    minuteUtc(expiresAt),
  ]);
  return (
    table(["CREDENTIAL", "OUTCOME", "GENERATION", "EXPIRES (UTC)"], rows) + results.map(remarks).join("")
  );
}

function remarks(result: CredentialResult): string {
  const own = result.message === undefined ? "" : `\n${wrap(result.message)}${hintLine(result.hint)}`;
  return own + publicationRemarks(result.destinations) + warningRemark(result.credential, result.warning);
}

/** What a destination did not take, and why. */
export function publicationRemarks(publications: readonly Publication[]): string {
  return publications
    .filter((publication) => isMissing(publication) || publication.outcome === "skipped")
    .map(
      ({ secret, target, message, hint }) =>
        `\n${wrap(`${secret} in ${describeTarget(target)}: ${message ?? ""}`)}${hintLine(hint)}`,
    )
    .join("");
}

export function hintLine(hint: string | undefined): string {
  return hint === undefined ? "" : wrap(hint, "  ");
}

/** A result as the JSON document has it. */
export function refreshJson(result: CredentialResult): object {
  return {
    credential: result.credential,
    outcome: result.outcome,
    generation: result.generation ?? null,
    expires_at: result.expiresAt ?? null,
    destinations: result.destinations.map(publicationJson),
    message: result.message ?? null,
    hint: result.hint ?? null,
    warning: result.warning ?? null,
  };
}

export function publicationJson(publication: Publication): object {
  const { target, secret, outcome, message } = publication;
  return { destination: describeTarget(target), secret, outcome, message: message ?? null };
}
