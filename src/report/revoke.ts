import type { RevokeResult } from "../commands/revoke.ts";
import { describeTarget } from "../stores/targets.ts";
import { table, wrap } from "./table.ts";

/** What a revocation came to, for a person. */
export function revokeText(results: readonly RevokeResult[]): string {
  return results.map(one).join("\n");
}

function one(result: RevokeResult): string {
  switch (result.outcome) {
    case "dispatched":
      return wrap(
        `${result.credential}: only a job can read the tokens, so the workflow ${result.workflow} was started to revoke it.`,
      );
    case "revoked": {
      const rows = result.removals.map(({ secret, outcome, target }) => [
        secret,
        outcome,
        describeTarget(target),
      ]);
      const provider =
        result.provider === "revoked"
          ? "revoked at the provider"
          : "its secrets are removed; end the grant on the provider's own page, it has no endpoint for that";
      return `${wrap(`${result.credential}: ${provider}`)}\n${table(["SECRET", "OUTCOME", "DESTINATION"], rows)}`;
    }
  }
}

/** A result as the JSON document has it. */
export function revokeJson(result: RevokeResult): object {
  switch (result.outcome) {
    case "dispatched":
      return { credential: result.credential, outcome: result.outcome, workflow: result.workflow };
    case "revoked":
      return {
        credential: result.credential,
        outcome: result.outcome,
        provider: result.provider,
        secrets: result.removals.map(({ target, secret, outcome }) => ({
          destination: describeTarget(target),
          secret,
          outcome,
        })),
      };
  }
}
