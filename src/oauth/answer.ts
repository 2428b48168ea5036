import { processGenericTokenEndpointResponse } from "oauth4webapi";
import type { ErrorClass } from "../errors.ts";
import type { Provider } from "../providers/provider.ts";
import { Secret } from "../secret.ts";
import { asClient, asServer } from "./client.ts";
import { declaredError } from "./declared-error.ts";
import { decodeFields, salvage } from "./decode.ts";
import type { Fields } from "./decode.ts";
import { classifyCode, classifyStatus } from "./error-class.ts";
import type { Classified } from "./error-class.ts";
import { normalizeFields } from "./normalize.ts";
import type { NormalizedFields } from "./normalize.ts";
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

/** OAuth error codes, as servers in practice write them: narrower than RFC 6749 §5.2, so that `Not Found` is none. */
const ERROR_CODE = /^[a-z][a-z0-9_.-]{2,63}$/;

/**
 * Whether the server itself has answered the token request: tokens, an OAuth error, one that the provider declares, or
 * 429. A server error, a redirect or a page of HTML leaves open what happened, which for a single-use refresh token is
 * the same as a lost answer.
 */
export function isWellFormed(raw: RawAnswer, provider: Provider): boolean {
  if (raw.status === 429) return true;
  if (raw.status >= 500 || raw.status < 200 || isRedirect(raw.status)) return false;
  const fields = decodeFields(raw);
  if (isSuccess(raw.status) && fields !== undefined && accessTokenOf(fields) !== undefined) return true;
  return declaredError(provider, raw) !== undefined || errorCodeOf(fields) !== undefined;
}

/**
 * Judges an answer: harmless departures are put right first, then oauth4webapi decides. Never throws, and never loses a
 * refresh token that is in the answer, whatever is wrong with the rest (RFC 6749 §5.1 and §5.2).
 */
export async function readAnswer(raw: RawAnswer, context: AnswerContext): Promise<Reading> {
  const fields = decodeFields(raw);
  if (fields === undefined)
    return failure(errorOf(raw, undefined, context.provider), salvage(raw, "refresh_token"));
  const refreshToken = nonEmptyString(fields["refresh_token"]) ?? salvageSuccess(raw);
  if (!isSuccess(raw.status) || accessTokenOf(fields) === undefined) {
    return failure(errorOf(raw, fields, context.provider), refreshToken);
  }
  const normalized = normalizeFields(fields, context.requestedScopes);
  const judged = await judge(normalized.judged, context);
  if (judged === undefined) {
    return failure({ errorClass: "provider_drift", code: "unsupported_token_answer" }, refreshToken);
  }
  return { kind: "tokens", tokens: tokenSet(judged, normalized, context) };
}

type Judged = Awaited<ReturnType<typeof processGenericTokenEndpointResponse>>;

/** undefined: not an answer that oauth4webapi accepts. */
async function judge(fields: Fields, context: AnswerContext): Promise<Judged | undefined> {
  const response = Response.json(fields);
  try {
    const server = asServer(context.provider);
    return await processGenericTokenEndpointResponse(
      server,
      asClient({ id: context.clientId, secret: undefined }),
      response,
    );
  } catch {
    return undefined;
  }
}

function tokenSet(judged: Judged, normalized: NormalizedFields, context: AnswerContext): TokenSet {
  const { access_token, token_type, refresh_token, expires_in, scope } = judged;
  const { idToken, refreshLifetimeSeconds } = normalized;
  const scopes = scope?.split(" ").filter((name) => name !== "");
  const after = (seconds: number | undefined) =>
    seconds === undefined ? undefined : new Date(context.obtainedAt.getTime() + seconds * 1000);
  return {
    accessToken: new Secret(access_token),
    tokenType: token_type,
    refreshToken: refresh_token === undefined ? context.replaces : new Secret(refresh_token),
    idToken: idToken === undefined ? undefined : new Secret(idToken),
    expiresAt: after(expires_in),
    refreshExpiresAt: after(refreshLifetimeSeconds),
    scope: scopes === undefined ? undefined : declaredScopes(context.provider, scopes),
  };
}

function failure(what: Classified, refreshToken: string | undefined): Reading {
  const kept = refreshToken === undefined ? undefined : new Secret(refreshToken);
  return { kind: "error", ...what, refreshToken: kept };
}

function errorOf(raw: RawAnswer, fields: Fields | undefined, provider: Provider): Classified {
  const { status } = raw;
  if (status === 429 || status >= 500 || isRedirect(status)) return classifyStatus(status);
  const declared = declaredError(provider, raw);
  if (declared !== undefined) return declared;
  const code = errorCodeOf(fields);
  if (code !== undefined) return classifyCode(code);
  if (!isSuccess(status)) return classifyStatus(status);
  return { errorClass: "provider_drift", code: fields === undefined ? "not_oauth" : "no_access_token" };
}

/** Of an error nothing is taken from below the top: it may repeat the request, with the token that was spent. */
function salvageSuccess(raw: RawAnswer): string | undefined {
  return isSuccess(raw.status) ? salvage(raw, "refresh_token") : undefined;
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}

function accessTokenOf(fields: Fields): string | undefined {
  return nonEmptyString(fields["access_token"]);
}

function errorCodeOf(fields: Fields | undefined): string | undefined {
  const code = fields?.["error"];
  return typeof code === "string" && ERROR_CODE.test(code) ? code : undefined;
}

function nonEmptyString(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
