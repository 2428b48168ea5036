import { Hono } from "hono";
import type { Context } from "hono";
import type { Clock } from "../../ports.ts";
import type { FaultPlan, LoggedExchange, SandboxRequest } from "../faults.ts";
import { looksLikeJwt, readJwt } from "./app-jwt.ts";
import { DOWNLOADS, serveDownload } from "./artifacts.ts";
import { askerOf } from "./asker.ts";
import { answerCall } from "./gate.ts";
import { GRAPHQL } from "./graphql.ts";
import type { ServedAnswer, ServerHandler } from "../../http-server.ts";
import type { RateLimiter } from "./limits.ts";
import type { GitHubState } from "./model.ts";
import type { Answer, Call, Credentials, Operation } from "./operation.ts";
import { notFound, problem } from "./operation.ts";
import { OPERATIONS } from "./operations.ts";

/** What the API is made of. */
export interface ApiParts {
  readonly github: GitHubState;
  readonly limiter: RateLimiter;
  readonly faults: FaultPlan;
  /** Takes note of what was asked and answered. */
  readonly record: (exchange: LoggedExchange) => void;
  readonly clock: Clock;
}

/** Carries out of hono what a Response cannot say. */
interface Bindings {
  delivery: ServedAnswer["delivery"];
}

type ApiContext = Context<{ Bindings: Bindings }>;

/** What the log calls a download, which no description of the API names. */
const DOWNLOAD = "artifact-storage/download";

/** GitHub's REST API over a state in memory. */
export function createApi(parts: ApiParts): ServerHandler {
  const app = new Hono<{ Bindings: Bindings }>();
  for (const operation of [...OPERATIONS, ...GRAPHQL]) {
    app.on(operation.method, operation.path, (context) => serve(parts, operation, context));
  }
  app.get(`${DOWNLOADS}/:key`, (context) =>
    deliver(parts, context, {
      request: { ...readRequest(context), operation: DOWNLOAD, body: {} },
      carryOut: () => serveDownload(parts.github, context.req.raw, parts.clock.now()),
    }),
  );
  app.notFound(() => toResponse(notFound()));
  return async (request) => {
    const bindings: Bindings = { delivery: "whole" };
    const response = await app.fetch(request, bindings);
    return { delivery: bindings.delivery, response };
  };
}

async function serve(parts: ApiParts, operation: Operation, context: ApiContext): Promise<Response> {
  const body = readObject(await context.req.text());
  const asker = askerOf(credentialsOf(parts, context));
  const entered = parts.limiter.enter(asker);
  const carryOut = (): Answer =>
    body === undefined
      ? unreadable()
      : answerCall(parts.limiter, operation, readCall(parts, context, { body, entered }));
  const request = { ...readRequest(context), operation: operation.id, body: body ?? {} };
  const served = deliver(parts, context, { request, carryOut: () => toResponse(carryOut()) });
  return served.finally(() => {
    if (entered.kind === "allowed") parts.limiter.leave(asker);
  });
}

function readRequest({ req }: ApiContext): Pick<SandboxRequest, "method" | "target"> {
  const { pathname, search } = new URL(req.url);
  return { method: req.method, target: pathname + search };
}

interface Work {
  readonly request: SandboxRequest;
  readonly carryOut: () => Response;
}

/** Carries a request out with what was ordered for it, and writes it down. */
async function deliver(parts: ApiParts, context: ApiContext, { request, carryOut }: Work): Promise<Response> {
  const served = await parts.faults.run(request, parts.clock, () => Promise.resolve(carryOut()));
  const { status } = served.response;
  parts.record({ ...request, at: parts.clock.now(), status, delivery: served.delivery });
  context.env.delivery = served.delivery;
  return served.response;
}

function unreadable(): Answer {
  return problem(400, "Problems parsing JSON");
}

function readCall(parts: ApiParts, context: ApiContext, arrived: Pick<Call, "body" | "entered">): Call {
  const { github, clock, limiter } = parts;
  const url = new URL(context.req.url);
  const now = clock.now();
  const credentials = credentialsOf(parts, context);
  return {
    ...arrived,
    parameters: context.req.param(),
    query: url.searchParams,
    path: url.pathname,
    apiUrl: url.origin,
    accept: context.req.header("accept") ?? "",
    credentials,
    standing: (resource) => limiter.standing(askerOf(credentials), resource, now),
    now,
    github,
  };
}

function credentialsOf({ github, clock }: ApiParts, context: ApiContext): Credentials {
  const header = context.req.header("authorization");
  const now = clock.now();
  if (header === undefined) return { kind: "none" };
  const value = /^(?:bearer|token) (.+)$/i.exec(header)?.[1] ?? "";
  if (looksLikeJwt(value)) return readJwt(github.apps, value, now);
  const token = github.tokens.get(value);
  if (token === undefined || (token.expiresAt !== undefined && token.expiresAt <= now))
    return { kind: "bad", reason: "Bad credentials" };
  return { kind: "token", token };
}

/** A JSON object; nothing and `null` are an empty one; undefined when it is none of these. */
function readObject(text: string): Readonly<Record<string, unknown>> | undefined {
  if (text === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" ? ((value ?? {}) as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** An answer as it goes over the wire. */
export function toResponse({ status, body, headers = {} }: Answer): Response {
  if (body === undefined) return new Response(null, { status, headers });
  if (body instanceof Uint8Array) {
    const bytes = new Uint8Array(body);
    return new Response(bytes, {
      status,
      headers: { ...headers, "content-type": "application/vnd.github.raw" },
    });
  }
  const type = "application/json; charset=utf-8";
  return new Response(JSON.stringify(body), { status, headers: { ...headers, "content-type": type } });
}
