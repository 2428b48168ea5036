import { SealringError } from "../../errors.ts";
import { faultOf } from "./faults.ts";
import type { Asked } from "./faults.ts";
import type { Lost, Refusal } from "./outcome.ts";

/** That there is no GraphQL at this address, or no way to it. */
const WITHOUT_GRAPHQL: ReadonlySet<number> = new Set([403, 404, 405, 410]);

/** The error for issues that cannot be read or written: disabled, forbidden, or as anywhere else. */
export function issuesFault(outcome: Refusal | Lost, asked: Asked): SealringError {
  if (isPlainRefusal(outcome)) {
    if (outcome.status === 410) return disabled(asked);
    if (outcome.status === 403 || outcome.status === 404) return forbidden(asked);
  }
  return faultOf(outcome, asked);
}

/** GraphQL alone says as whom this token writes: some proxies and older servers have none. */
export function loginFault(outcome: Refusal | Lost, asked: Asked): SealringError {
  if (!isPlainRefusal(outcome) || !WITHOUT_GRAPHQL.has(outcome.status)) return faultOf(outcome, asked);
  return new SealringError(
    "store_refused",
    `the token's login could not be asked (GraphQL answered HTTP ${String(outcome.status)}), so nobody is told by an issue`,
    { hint: "let requests to GitHub's /graphql through; `sealring status --check` says who is needed" },
  );
}

/** Neither a rate limit nor a single sign-on that is missing. */
function isPlainRefusal(outcome: Refusal | Lost): outcome is Refusal {
  return outcome.kind === "refused" && outcome.pauseSeconds === undefined && outcome.needsSso === "no";
}

function disabled({ what }: Asked): SealringError {
  return new SealringError("store_refused", `the ${what} are disabled, so nobody is told there`, {
    hint: "turn them on under Settings > General > Features; `sealring status --check` says who is needed",
  });
}

function forbidden({ what }: Asked): SealringError {
  return new SealringError("store_refused", `the token may not use the ${what}, so nobody is told there`, {
    hint: "add `issues: write` to the permissions of the workflow's job, or `Issues: Read and write` to the token",
  });
}
