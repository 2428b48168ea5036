import { SealringError } from "../../errors.ts";
import type { Asked } from "./faults.ts";

/** 409 to whatever needs a git object: there is none at all yet. */
export function emptyRepository(asked: Asked): SealringError {
  return new SealringError(
    "store_refused",
    `GitHub cannot write ${asked.what}: the repository has no commit yet`,
    {
      hint: "commit and push your declarations first, then run the command again",
    },
  );
}

/** 422 to a ref update that is a fast-forward. */
export function heldByRuleset(asked: Asked): SealringError {
  return new SealringError(
    "store_refused",
    `a ruleset or branch protection keeps the token from writing ${asked.what}`,
    {
      hint: "let the App, or the token's owner, bypass it under Settings > Rules > Rulesets",
    },
  );
}

/** What GraphQL answers to a token that REST has let read the branch. */
export function mayNotWrite(asked: Asked): SealringError {
  return new SealringError("store_refused", `the token may not write ${asked.what}`, {
    hint: 'give it the permission "Contents: Read and write" on the repository',
  });
}

/** A tree that GitHub lists in part only: over 100,000 entries or 7 MB. */
export function tooLarge(asked: Asked): SealringError {
  return new SealringError("store_refused", `${asked.what} holds more files than a journal can have`, {
    hint: "set state_branch in sealring.yaml to a branch that nothing else writes",
  });
}

/** 404 to an object whose id GitHub itself gave: one replica is behind another. */
export function notYetServed(asked: Asked): SealringError {
  return new SealringError("transient", `GitHub does not serve an object of ${asked.what} yet`, {
    hint: "nothing to do: the next run reads it again",
  });
}
