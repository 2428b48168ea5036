import { SealringError } from "../../errors.ts";
import { faultOf } from "./faults.ts";
import type { Asked } from "./faults.ts";
import type { Lost, Refusal } from "./outcome.ts";

/** The error for issues that cannot be read or written: disabled, forbidden, or as anywhere else. */
export function issuesFault(outcome: Refusal | Lost, asked: Asked): SealringError {
  if (outcome.kind === "refused" && outcome.pauseSeconds === undefined && outcome.needsSso === "no") {
    if (outcome.status === 410) return disabled(asked);
    if (outcome.status === 403 || outcome.status === 404) return forbidden(asked);
  }
  return faultOf(outcome, asked);
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
