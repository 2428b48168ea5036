import { allowInsecureRequests, customFetch } from "oauth4webapi";
import type { HttpClient, HttpOutcome } from "../ports.ts";
import type { RawAnswer } from "./token-set.ts";

/** What oauth4webapi hands to a fetch. */
interface FetchArguments {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: URLSearchParams | undefined;
}

/** Options for a request function of oauth4webapi. */
export interface RequestOptions {
  [customFetch]: (url: string, request: FetchArguments) => Promise<Response>;
  [allowInsecureRequests]: boolean;
}

/**
 * Lets oauth4webapi build a request and the port send it, and gives the outcome before anything looks into it.
 * Plain http is the port's decision: it lets it go to loopback hosts only.
 */
export async function sendThrough(
  http: HttpClient,
  build: (options: RequestOptions) => Promise<Response>,
): Promise<HttpOutcome> {
  let outcome: HttpOutcome = { kind: "not_sent", reason: "insecure_url" };
  await build({
    [customFetch]: async (url, { method, headers, body }) => {
      outcome = await http.send({
        method: method === "GET" ? "GET" : "POST",
        url,
        headers,
        ...(body === undefined ? {} : { body: body.toString() }),
      });
      return Response.error();
    },
    [allowInsecureRequests]: true,
  });
  return outcome;
}

/** The answer as it came: status, type, and the body as text with nothing left out. */
export function rawAnswer(answer: {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}): RawAnswer {
  return {
    status: answer.status,
    contentType: answer.headers["content-type"] ?? "",
    body: new TextDecoder("utf-8", { ignoreBOM: true }).decode(answer.body),
  };
}
