import { SealringError } from "../errors.ts";
import type { HttpOutcome } from "../ports.ts";
import { decodeFields } from "./decode.ts";
import { classifyCode, classifyStatus } from "./error-class.ts";
import type { RawAnswer } from "./token-set.ts";
import { rawAnswer } from "./transport.ts";

/** A request that comes before a grant: nothing is spent by it. */
export interface Preliminary {
  /** The provider's name. */
  readonly provider: string;
  /** What is asked: "device authorization request". */
  readonly request: string;
  /** What to do when it is refused. */
  readonly hint: string;
}

/**
 * What came back.
 * @throws SealringError `transient` when nothing did.
 */
export function answerTo({ provider, request }: Preliminary, outcome: HttpOutcome): RawAnswer {
  if (outcome.kind === "answer") return rawAnswer(outcome);
  throw new SealringError("transient", `${provider} did not answer the ${request} (${outcome.reason})`, {
    hint: "try again later; if it stays so, ask the provider",
  });
}

/** The error that an answer without what was asked for stands for. */
export function refusalOf({ provider, request, hint }: Preliminary, raw: RawAnswer): SealringError {
  const error = decodeFields(raw)?.["error"];
  const { errorClass, code } = typeof error === "string" ? classifyCode(error) : classifyStatus(raw.status);
  return new SealringError(errorClass, `${provider} refused the ${request} (${code})`, {
    hint,
    reason: code,
  });
}
