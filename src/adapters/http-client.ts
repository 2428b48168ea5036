import { Agent, EnvHttpProxyAgent } from "undici";
import type { Dispatcher } from "undici";
import { isLoopbackHost, isSecureUrl } from "../secure-url.ts";
import type { HttpClient, HttpOutcome, HttpRequest } from "../ports.ts";
import { AnswerCollector } from "./http-collector.ts";
import { proxiesOf } from "./proxies.ts";
import type { Proxies } from "./proxies.ts";

const DEFAULT_TIMEOUT_MILLISECONDS = 30_000;
const CONNECT_TIMEOUT_MILLISECONDS = 10_000;
const DEFAULT_MAX_ANSWER_BYTES = 1024 * 1024;
const MAX_HEADER_BYTES = 64 * 1024;

/** What the client takes from the process: the proxies of its environment, and how long and large an exchange may be. */
export interface HttpClientOptions {
  /** Reads HTTPS_PROXY, HTTP_PROXY and NO_PROXY, in capitals or not. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** For one exchange from name lookup to the last byte; 30 seconds where not given. */
  readonly timeoutMilliseconds?: number;
  /** Of an answer's body, before and after decoding; 1 MB where not given. */
  readonly maxAnswerBytes?: number;
}

/**
 * The `HttpClient` port over undici. Every request has a connection of its own: on a kept one that the server closes
 * meanwhile nobody can say whether the request was read, and nothing is ever sent twice.
 */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const timeoutMilliseconds = options.timeoutMilliseconds ?? DEFAULT_TIMEOUT_MILLISECONDS;
  const maxAnswerBytes = options.maxAnswerBytes ?? DEFAULT_MAX_ANSWER_BYTES;
  return {
    async send(request: HttpRequest): Promise<HttpOutcome> {
      if (!isSecureUrl(request.url)) return { kind: "not_sent", reason: "insecure_url" };
      const url = new URL(request.url);
      const proxies = isLoopbackHost(url.hostname) ? NO_PROXIES : proxiesOf(options.env);
      return exchange(request, { url, proxies, timeoutMilliseconds, maxAnswerBytes });
    },
  };
}

const NO_PROXIES: Proxies = { httpProxy: "", httpsProxy: "", noProxy: "*" };

interface Way {
  readonly url: URL;
  readonly proxies: Proxies;
  readonly timeoutMilliseconds: number;
  readonly maxAnswerBytes: number;
}

async function exchange(request: HttpRequest, way: Way): Promise<HttpOutcome> {
  const collector = new AnswerCollector(
    {
      scheme: way.url.protocol === "https:" ? "https" : "http",
      via: way.proxies.httpsProxy === "" ? "direct" : "proxy",
    },
    way.maxAnswerBytes,
  );
  const timer = setTimeout(() => {
    collector.timeOut();
  }, way.timeoutMilliseconds);
  let dispatcher: Dispatcher | undefined;
  try {
    dispatcher = dispatcherFor(way);
    dispatcher.dispatch(dispatchOptions(request, way.url), collector);
  } catch (error) {
    collector.fail(error);
  }
  const outcome = await collector.outcome;
  clearTimeout(timer);
  await dispatcher?.destroy().catch(() => undefined);
  return outcome;
}

function dispatcherFor(way: Way): Dispatcher {
  const options = {
    pipelining: 0,
    connect: { timeout: Math.min(CONNECT_TIMEOUT_MILLISECONDS, way.timeoutMilliseconds) },
    headersTimeout: way.timeoutMilliseconds,
    bodyTimeout: way.timeoutMilliseconds,
    maxHeaderSize: MAX_HEADER_BYTES,
  };
  return way.proxies.httpsProxy === ""
    ? new Agent(options)
    : new EnvHttpProxyAgent({ ...options, ...way.proxies });
}

function dispatchOptions(request: HttpRequest, url: URL): Dispatcher.DispatchOptions {
  return {
    origin: url.origin,
    path: `${url.pathname}${url.search}`,
    method: request.method,
    // undici takes the host for the TLS server name, and holds the certificate to it: it is the URL's, whoever asks.
    headers: {
      "user-agent": "sealring",
      ...request.headers,
      "accept-encoding": "identity",
      host: url.host,
    },
    body: request.body ?? null,
    reset: true,
  };
}
