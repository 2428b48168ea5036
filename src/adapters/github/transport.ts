import { EnvHttpProxyAgent, fetch } from "undici";
import type { Dispatcher, RequestInit, Response as UndiciResponse } from "undici";
import { isLoopbackHost } from "../../secure-url.ts";
import { proxiesOf } from "../proxies.ts";
import { authorizationFor } from "./token-source.ts";
import type { TokenSource } from "./token-source.ts";

const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

export interface TransportOptions {
  readonly apiUrl: string;
  readonly source: TokenSource;
  /** Reads HTTPS_PROXY, HTTP_PROXY and NO_PROXY, in capitals or not. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** For one request, to the last byte of its answer. */
  readonly timeoutMilliseconds: number;
  /** Hears with each answer when GitHub says that the token ends; null where it does not say. */
  readonly noteExpiry: (header: string | null) => void;
}

/** What Octokit asks of a `fetch`, and not more. */
export type Transport = (url: string, init: RequestInit) => Promise<Response>;

/**
 * A `fetch` that gives each request the token, and only here, so that no object of Octokit's holds it. The token goes
 * to the API's origin alone: a redirect to another one is followed without it (Fetch Standard, "HTTP-redirect fetch").
 * Throws an Error whose message is a code, such as `ECONNREFUSED`, when no whole answer comes; and what the source of the
 * token throws.
 */
export function createTransport(options: TransportOptions): Transport {
  const dispatcher = dispatcherFor(options);
  return async (url, init) => {
    const authorization = await authorizationFor(options.source, url);
    try {
      const answer = await fetch(url, {
        ...init,
        dispatcher,
        headers: { ...(init.headers as Record<string, string>), ...authorization },
        signal: AbortSignal.timeout(options.timeoutMilliseconds),
      });
      options.noteExpiry(answer.headers.get("github-authentication-token-expiration"));
      // Read to the end here: Octokit takes a body that breaks off for an empty one.
      const body = await readBody(answer);
      const { status } = answer;
      return new Response(body.length === 0 ? null : body, { status, headers: [...answer.headers] });
    } catch (error) {
      throw new Error(codeOf(error));
    }
  };
}

function dispatcherFor(options: TransportOptions): Dispatcher {
  const proxies = isLoopbackHost(new URL(options.apiUrl).hostname) ? {} : options.env;
  return new EnvHttpProxyAgent({ ...proxiesOf(proxies), connect: { timeout: options.timeoutMilliseconds } });
}

async function readBody(answer: UndiciResponse): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of answer.body ?? []) {
    const bytes = chunk as Uint8Array;
    length += bytes.length;
    if (length > MAX_ANSWER_BYTES) throw new Error("TOO_LARGE");
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** A system's or undici's error code; never its message, which may quote what was sent. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "UNKNOWN";
  if (error.name === "TimeoutError") return "TIMEOUT";
  if (error.cause instanceof Error) return codeOf(error.cause);
  const code = "code" in error ? error.code : error.message;
  return typeof code === "string" && /^[A-Z][A-Z0-9_]{2,40}$/.test(code) ? code : "NETWORK";
}
