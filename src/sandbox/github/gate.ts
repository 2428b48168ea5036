import {
  accessHeaders,
  namedOrganization,
  refusedByPermission,
  refusedInRepository,
  signInFirst,
  visibleRepository,
} from "./access.ts";
import { askerOf } from "./asker.ts";
import type { RateLimiter } from "./limits.ts";
import type { Answer, Call, Operation } from "./operation.ts";
import { notFound, problem } from "./operation.ts";
import { isPersonal } from "./permissions.ts";
import { costOf } from "./request-cost.ts";

/** Answers a call: credentials, then limits, then what it may see, then what it may do, then the operation itself. */
export function answerCall(limiter: RateLimiter, operation: Operation, call: Call): Answer {
  const answer =
    call.credentials.kind === "bad"
      ? problem(401, call.credentials.reason)
      : (refusedByLimit(limiter, operation, call) ?? carryOut(operation, call));
  const headers = {
    date: call.now.toUTCString(),
    ...limitHeaders(operation, call),
    ...accessHeaders(operation, call),
    ...expiryHeader(call),
    ...answer.headers,
  };
  return { ...answer, headers };
}

function refusedByLimit(limiter: RateLimiter, operation: Operation, call: Call): Answer | undefined {
  const { credentials, now, entered } = call;
  const cost = costOf(operation, call.body);
  const verdict = entered.kind === "allowed" ? limiter.admit(askerOf(credentials), cost, now) : entered;
  const status = limiter.refusalStatus;
  switch (verdict.kind) {
    case "allowed":
      return undefined;
    case "primary_exceeded":
      return problem(status, "API rate limit exceeded for the token. Wait until x-ratelimit-reset.");
    case "secondary_exceeded": {
      const headers = { "retry-after": String(verdict.retryAfterSeconds) };
      return problem(
        status,
        "You have exceeded a secondary rate limit. Please wait for retry-after.",
        headers,
      );
    }
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
    case "app":
      return call.credentials.kind === "app"
        ? operation.handle(call, call.credentials.app)
        : problem(401, "A JSON web token could not be decoded");
    case "repository": {
      const repository = visibleRepository(call);
      if (repository === undefined) return notFound();
      return refusedInRepository(operation, call, repository) ?? operation.handle(call, repository);
    }
    case "organization": {
      const organization = namedOrganization(call);
      if (organization === undefined) return notFound();
      return refusedByPermission(operation.permission, call) ?? operation.handle(call, organization);
    }
  }
}

/** `2026-12-31 23:59:59 UTC`, for tokens of people. */
function expiryHeader({ credentials }: Call): Record<string, string> {
  if (credentials.kind !== "token" || !isPersonal(credentials.token)) return {};
  const { expiresAt } = credentials.token;
  if (expiresAt === undefined) return {};
  const text = expiresAt.toISOString().slice(0, 19).replace("T", " ");
  return { "github-authentication-token-expiration": `${text} UTC` };
}

function limitHeaders(operation: Operation, call: Call): Record<string, string> {
  const { resource } = costOf(operation, call.body);
  const { limit, used, resetAt } = call.standing(resource);
  return {
    "x-ratelimit-limit": String(limit),
    "x-ratelimit-remaining": String(limit - used),
    "x-ratelimit-used": String(used),
    "x-ratelimit-reset": String(Math.ceil(resetAt.getTime() / 1_000)),
    "x-ratelimit-resource": resource,
  };
}
