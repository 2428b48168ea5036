import { allowInsecureRequests, customFetch } from "oauth4webapi";
import type { HttpClient, HttpOutcome, HttpRequest } from "../ports.ts";
import type { RawAnswer } from "./token-set.ts";
import { encode } from "./wire.ts";
import type { Draft } from "./wire.ts";

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
 * Lets oauth4webapi build a request, `shape` give it the form that the server wants, and the port send it; gives the
 * outcome before anything looks into it.
 * Plain http is the port's decision: it lets it go to loopback hosts only.
 */
export async function sendThrough(
  http: HttpClient,
  build: (options: RequestOptions) => Promise<Response>,
  shape: (draft: Draft) => HttpRequest = (draft) => encode(draft, "form"),
): Promise<HttpOutcome> {
  let outcome: HttpOutcome = { kind: "not_sent", reason: "insecure_url" };
  await build({
    [customFetch]: async (url, { method, headers, body = new URLSearchParams() }) => {
      const draft = { method: method === "GET" ? "GET" : "POST", url, headers, parameters: body } as const;
      outcome = await http.send(shape(draft));
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
    body: new TextDecoder(encodingOf(answer.body), { ignoreBOM: true }).decode(answer.body),
  };
}

/**
 * JSON is UTF-8, whatever a header says of it (RFC 8259 §8.1), and tokens are ASCII in all encodings but UTF-16, which
 * shows by its byte order mark or by a zero in its first character.
 */
function encodingOf([first, second]: Uint8Array): string {
  if ((first === 0xfe && second === 0xff) || first === 0) return "utf-16be";
  if ((first === 0xff && second === 0xfe) || second === 0) return "utf-16le";
  return "utf-8";
}
