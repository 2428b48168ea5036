import type { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/core";
import { SealringError } from "../../errors.ts";
import type { Clock } from "../../ports.ts";
import { graphqlErrorsOf } from "./graphql.ts";
import type { GraphqlOutcome } from "./graphql.ts";
import type { Limiter } from "./limiter.ts";
import type { Lost, Outcome, Refusal } from "./outcome.ts";
import { readRefusal } from "./refusal.ts";
import type { RefusedAnswer } from "./refusal.ts";
import { repeat } from "./repeat.ts";
import type { Transport } from "./transport.ts";
import type { Paced } from "./window.ts";

/** The version of GitHub's REST API that sealring is written to. */
const API_VERSION = "2022-11-28";

export interface Call {
  /** A method and a path as GitHub documents it: `GET /repos/{owner}/{repo}`. */
  readonly route: string;
  /** Path parameters by name; the rest goes into the query or the body. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Room held by `reserveWrite` under this key, where there is any. */
  readonly reservation?: string;
  /** `manual`: a redirect is the answer, and not followed. */
  readonly redirect?: "manual";
}

/**
 * One token's way to GitHub's REST API, and to what GraphQL alone can do. Outcomes are data; only a pause too long to
 * wait for throws.
 */
export interface Api {
  /** Sends once: for what must not happen twice unnoticed. */
  once(call: Call): Promise<Outcome>;
  /** Sends again, twice at most, when no answer or a server error comes: for what may happen twice. */
  repeatable(call: Call): Promise<Outcome>;
  /** A GraphQL query without variables; as `repeatable`. */
  query(query: string): Promise<GraphqlOutcome>;
  /** A GraphQL mutation, sent once. */
  mutate(query: string, variables: Readonly<Record<string, string>>): Promise<GraphqlOutcome>;
  /** Waits for room for one write and holds it, until a call comes with the same key; so many more follow from it. */
  reserveWrite(key: string, followers: number): Promise<void>;
  /** What is left of the hour's requests; undefined where the server does not say. */
  requestsLeft(): number | undefined;
}

/** Octokit's way to sign as a GitHub App. */
export interface Signing {
  readonly authStrategy: typeof createAppAuth;
  readonly auth: { readonly appId: string; readonly privateKey: string };
}

export interface ApiOptions {
  readonly apiUrl: string;
  readonly version: string;
  readonly transport: Transport;
  /** Signs what a GitHub App asks as itself. */
  readonly signing?: Signing;
  readonly limiter: Limiter;
  /** What this way to GitHub is for: the journal has a share of the limits to itself. */
  readonly use: Paced["use"];
  readonly clock: Clock;
  readonly retryBaseMilliseconds: number;
}

/** Octokit with our limits under our repeats, so that each sending counts. */
export function createApi(options: ApiOptions): Api {
  const octokit = createOctokit(options);
  const send = async (call: Call): Promise<Outcome> => {
    try {
      const request = { reservation: call.reservation, redirect: call.redirect ?? ("follow" as const) };
      const response = await octokit.request(call.route, { ...call.parameters, request });
      const { status, headers } = response;
      return { kind: "answer", status, headers, data: response.data as unknown };
    } catch (error) {
      return readFailure(error, options.clock);
    }
  };
  const graphql = async (query: string, variables = {}): Promise<GraphqlOutcome> => {
    try {
      return { kind: "data", data: await octokit.graphql(query, variables) };
    } catch (error) {
      return graphqlErrorsOf(error) ?? readFailure(error, options.clock);
    }
  };
  return {
    query: (query) => repeat(() => graphql(query), options),
    mutate: graphql,
    once: send,
    repeatable: (call) => repeat(() => send(call), options),
    reserveWrite: (key, followers) =>
      options.limiter.reserve({ method: "PUT", use: options.use }, { key, followers }),
    requestsLeft: () => options.limiter.requestsLeft,
  };
}

function createOctokit(options: ApiOptions): Octokit {
  const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing };
  const octokit = new Octokit({
    baseUrl: options.apiUrl,
    userAgent: `sealring/${options.version}`,
    // Octokit's own logging quotes URLs.
    log: silent,
    ...options.signing,
    request: { fetch: options.transport, log: silent },
  });
  octokit.hook.before("request", (request) => {
    request.headers["x-github-api-version"] = API_VERSION;
    request.headers.accept = "application/vnd.github+json";
  });
  pace(octokit, options);
  return octokit;
}

function nothing(): void {
  // The words of a library are not for sealring's users.
}

function pace(octokit: Octokit, { limiter, clock, use }: ApiOptions): void {
  octokit.hook.wrap("request", (request, parameters) => {
    const reservation = parameters.request["reservation"] as string | undefined;
    return limiter.run({ ...pacedAs(parameters), use, reservation }, async () => {
      try {
        const response = await request(parameters);
        limiter.note(response.headers, undefined);
        return response;
      } catch (error) {
        const refused = refusedAnswerOf(error);
        if (refused !== undefined) noteRefusal(limiter, refused, clock);
        throw error;
      }
    });
  });
}

/** To a token that it does not know GitHub tells the limits of a stranger. */
function noteRefusal(limiter: Limiter, refused: RefusedAnswer, clock: Clock): void {
  const headers = refused.status === 401 ? {} : refused.headers;
  limiter.note(headers, readRefusal(refused, clock).pauseSeconds);
}

/** GraphQL takes queries by POST; they read all the same. */
function pacedAs({ method, url, ...rest }: { readonly method: string; readonly url: string }) {
  if (!url.endsWith("/graphql")) return { method };
  const query = (rest as { readonly query?: unknown }).query;
  const isMutation = typeof query === "string" && query.trimStart().startsWith("mutation");
  return { method: isMutation ? method : "GET", resource: "graphql" } as const;
}

/** Of Octokit's error only the answer is kept: it also carries the request, with its body. */
function readFailure(error: unknown, clock: Clock): Refusal | Lost {
  if (error instanceof SealringError) throw error;
  // Octokit takes whatever its fetch throws for the network's.
  if (error instanceof Error && error.cause instanceof SealringError) throw error.cause;
  const refused = refusedAnswerOf(error);
  return refused === undefined ? lostBy(error) : readRefusal(refused, clock);
}

function refusedAnswerOf(error: unknown): RefusedAnswer | undefined {
  if (!(error instanceof Error) || !("response" in error)) return undefined;
  return error.response as RefusedAnswer | undefined;
}

/** The transport's errors say a code and nothing else. */
function lostBy(error: unknown): Lost {
  const code = error instanceof Error && /^[A-Z0-9_]+$/.test(error.message) ? error.message : "UNKNOWN";
  return { kind: "lost", code };
}
