import type { RateLimiter, Standing } from "./limits.ts";
import type { Organization, Repository } from "./model.ts";
import { fullName } from "./model.ts";
import type { Answer, Call, Operation } from "./operation.ts";
import { notFound, problem } from "./operation.ts";
import type { PermissionNeed, Token } from "./permissions.ts";
import { allows } from "./permissions.ts";

const ANONYMOUS = "anonymous";

/** Under which name a call is counted. */
export function limitKey(call: Pick<Call, "credentials">): string {
  return call.credentials.kind === "token" ? call.credentials.token.value : ANONYMOUS;
}

/** Answers a call: credentials, then limits, then what it may see, then what it may do, then the operation itself. */
export function answerCall(limiter: RateLimiter, operation: Operation, call: Call): Answer {
  const answer =
    call.credentials.kind === "bad"
      ? problem(401, "Bad credentials")
      : (refusedByLimit(limiter, operation, call) ?? carryOut(operation, call));
  const standing = limiter.standing(limitKey(call), call.now);
  const headers = {
    ...limitHeaders(standing),
    ...acceptedHeader(operation.permission),
    ...expiryHeader(call),
    ...answer.headers,
  };
  return { ...answer, headers };
}

function refusedByLimit(limiter: RateLimiter, operation: Operation, call: Call): Answer | undefined {
  if (operation.id === "rate-limit/get") return undefined;
  const verdict = limiter.admit(limitKey(call), operation.method, call.now);
  switch (verdict.kind) {
    case "allowed":
      return undefined;
    case "primary_exceeded":
      return problem(403, "API rate limit exceeded for the token. Wait until x-ratelimit-reset.");
    case "secondary_exceeded":
      return problem(
        403,
        "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
        {
          "retry-after": String(verdict.retryAfterSeconds),
        },
      );
  }
}

function carryOut(operation: Operation, call: Call): Answer {
  switch (operation.kind) {
    case "plain":
      return operation.handle(call);
    case "signed_in":
      return call.credentials.kind === "token"
        ? operation.handle(call, call.credentials.token)
        : signInFirst();
    case "repository": {
      const repository = visibleRepository(call);
      if (repository === undefined) return notFound();
      return refusedByPermission(operation, call) ?? operation.handle(call, repository);
    }
    case "organization": {
      const organization = namedOrganization(call);
      if (organization === undefined) return notFound();
      return refusedByPermission(operation, call) ?? operation.handle(call, organization);
    }
  }
}

/** A private repository does not exist for those who may not see it. */
function visibleRepository({ github, parameters, credentials }: Call): Repository | undefined {
  const { owner = "", repo = "" } = parameters;
  const repository = github.repositories.get(`${owner}/${repo}`.toLowerCase());
  if (repository === undefined || credentials.kind !== "token") return undefined;
  const { repositories } = credentials.token;
  const seen = repositories === "all" || repositories.includes(fullName(repository).toLowerCase());
  return seen ? repository : undefined;
}

function namedOrganization({ github, parameters }: Call): Organization | undefined {
  return github.organizations.get((parameters["org"] ?? "").toLowerCase());
}

function refusedByPermission({ permission }: Operation, { credentials }: Call): Answer | undefined {
  if (credentials.kind !== "token") return signInFirst();
  if (permission === undefined || allows(credentials.token, permission)) return undefined;
  return problem(403, `Resource not accessible by ${nameOf(credentials.token)}`);
}

function nameOf({ kind }: Token): string {
  return kind === "personal" ? "personal access token" : "integration";
}

function signInFirst(): Answer {
  return problem(401, "Requires authentication");
}

function acceptedHeader(need: PermissionNeed | undefined): Record<string, string> {
  return need === undefined ? {} : { "x-accepted-github-permissions": `${need.permission}=${need.level}` };
}

/** `2026-12-31 23:59:59 UTC`. */
function expiryHeader({ credentials }: Call): Record<string, string> {
  const expiresAt = credentials.kind === "token" ? credentials.token.expiresAt : undefined;
  if (expiresAt === undefined) return {};
  const text = expiresAt.toISOString().slice(0, 19).replace("T", " ");
  return { "github-authentication-token-expiration": `${text} UTC` };
}

function limitHeaders({ limit, used, resetAt }: Standing): Record<string, string> {
  return {
    "x-ratelimit-limit": String(limit),
    "x-ratelimit-remaining": String(limit - used),
    "x-ratelimit-used": String(used),
    "x-ratelimit-reset": String(Math.ceil(resetAt.getTime() / 1_000)),
    "x-ratelimit-resource": "core",
  };
}
