import { processGenericTokenEndpointResponse } from "oauth4webapi";
import type { ErrorClass } from "../errors.ts";
import type { Provider } from "../providers/provider.ts";
import { Secret } from "../secret.ts";
import { asClient, asServer } from "./client.ts";
import { declaredError, errorCodeOf, settles } from "./declared-error.ts";
import type { Fields } from "./decode.ts";
import { classifyCode, classifyStatus } from "./error-class.ts";
import type { Classified } from "./error-class.ts";
import { expiryOf, refreshExpiryOf } from "./expiry.ts";
import { decodeAnswer, isSuccess, nonEmptyText, renewableIn } from "./members.ts";
import type { DecodedAnswer } from "./members.ts";
import { normalizeFields } from "./normalize.ts";
import { declaredScopes } from "./scope.ts";
import type { RawAnswer, TokenSet } from "./token-set.ts";

/** What a token request was made with. */
export interface AnswerContext {
  readonly provider: Provider;
  readonly clientId: string;
  /** As declared, without the provider's prefix. */
  readonly requestedScopes: readonly string[];
  /** When the answer came; lifetimes count from here. */
  readonly obtainedAt: Date;
  /** The refresh token that was spent; kept where the answer brings no new one (RFC 6749 §6). */
  readonly replaces: Secret | undefined;
}

/** A token endpoint's answer, judged. */
export type Reading =
  | { readonly kind: "tokens"; readonly tokens: TokenSet }
  | {
      readonly kind: "error";
      readonly errorClass: ErrorClass;
      /** Safe to print: a registered OAuth error code or one of sealring's own, never the provider's text. */
      readonly code: string;
      /** A refresh token that came in an answer that is otherwise no use: it is the live one now. */
      readonly refreshToken: Secret | undefined;
    };

/**
 * Whether the server itself has answered the token request: tokens, an OAuth error, one that the provider declares, or
 * 429. A server error, a redirect or a page of HTML leaves open what happened, which for a single-use refresh token is
 * the same as a lost answer. So does an error that only looks like one, such as `{"error":{"code":190}}` where nobody
 * has declared it, or a body that is no success and does not say why: any gateway writes those, and waiting costs no
 * token; and one that is declared to be ambiguous.
 */
export function isWellFormed(raw: RawAnswer, provider: Provider): boolean {
  if (raw.status === 429) return true;
  if (raw.status < 200 || isTrouble(raw.status)) return false;
  const answer = decodeAnswer(raw, provider);
  if (answer.word !== "failure" && accessTokenOf(answer) !== undefined) return true;
  const declared = declaredError(answer, provider);
  if (declared !== undefined) return declared.errorClass !== "ambiguous";
  const code = errorCodeOf(answer, provider);
  return code !== undefined && settles(code);
}

/**
 * Judges an answer: declared and harmless departures are put right first, then oauth4webapi decides. Never throws, and
 * never loses a refresh token that is in the answer, whatever is wrong with the rest (RFC 6749 §5.1 and §5.2).
 */
export async function readAnswer(raw: RawAnswer, context: AnswerContext): Promise<Reading> {
  const { provider, requestedScopes } = context;
  const answer = decodeAnswer(raw, provider);
  const renewable = renewableIn(answer, provider, context.replaces?.reveal());
  const { members } = answer;
  if (members === undefined || answer.word === "failure" || accessTokenOf(answer) === undefined)
    return failure(errorOf(answer, provider), renewable, context);
  const judged = await judge(normalizeFields(members, requestedScopes, provider.scopeRules), context);
  if (judged === undefined)
    return failure({ errorClass: "provider_drift", code: "unsupported_token_answer" }, renewable, context);
  return { kind: "tokens", tokens: tokenSet({ members, judged, renewable }, context) };
}

type Judged = Awaited<ReturnType<typeof processGenericTokenEndpointResponse>>;

/** undefined: not an answer that oauth4webapi accepts; it takes DPoP's, whose tokens need a key with each request. */
async function judge(fields: Fields, { provider, clientId }: AnswerContext): Promise<Judged | undefined> {
  const client = asClient({ id: clientId, secret: undefined });
  const response = Response.json(fields);
  try {
    const judged = await processGenericTokenEndpointResponse(asServer(provider), client, response);
    return judged.token_type === "bearer" ? judged : undefined;
  } catch {
    return undefined;
  }
}

interface Success {
  readonly members: Fields;
  readonly judged: Judged;
  readonly renewable: string | undefined;
}

function tokenSet({ members, judged, renewable }: Success, context: AnswerContext): TokenSet {
  const { provider, obtainedAt } = context;
  const { access_token, token_type, scope } = judged;
  // sealring signs nobody in: it hands the ID token on to those who validate it (OpenID Connect Core §3.1.3.7).
  const idToken = nonEmptyText(members["id_token"]);
  const scopes = scope?.split(" ").filter((name) => name !== "");
  return {
    accessToken: new Secret(access_token),
    tokenType: token_type,
    refreshToken: renewable === undefined ? context.replaces : new Secret(renewable),
    idToken: idToken === undefined ? undefined : new Secret(idToken),
    expiresAt: expiryOf(members, provider.answer, obtainedAt),
    refreshExpiresAt: refreshExpiryOf(members, obtainedAt),
    scope: scopes === undefined ? undefined : declaredScopes(provider, scopes),
  };
}

/** An error that repeats the request has the spent token in it, and no new one. */
function failure(what: Classified, renewable: string | undefined, { replaces }: AnswerContext): Reading {
  const isNew = renewable !== undefined && renewable !== replaces?.reveal();
  return { kind: "error", ...what, refreshToken: isNew ? new Secret(renewable) : undefined };
}

function errorOf(answer: DecodedAnswer, provider: Provider): Classified {
  const { status } = answer.raw;
  if (status === 429 || isTrouble(status)) return classifyStatus(status);
  const declared = declaredError(answer, provider);
  if (declared !== undefined) return declared;
  const code = errorCodeOf(answer, provider);
  if (code !== undefined) return classifyCode(code);
  if (!isSuccess(status)) return classifyStatus(status);
  if (answer.word === "failure") return { errorClass: "provider_drift", code: "declared_failure" };
  return {
    errorClass: "provider_drift",
    code: answer.members === undefined ? "not_oauth" : "no_access_token",
  };
}

/** Of a redirect, a timeout and a server error the body is not believed, whatever it says. */
function isTrouble(status: number): boolean {
  return (status >= 300 && status < 400) || status === 408 || status >= 500;
}

/** Only a success has one. */
function accessTokenOf({ raw, members }: DecodedAnswer): string | undefined {
  return isSuccess(raw.status) ? nonEmptyText(members?.["access_token"]) : undefined;
}
