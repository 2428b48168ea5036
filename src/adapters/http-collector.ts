import { errors } from "undici";
import type { Dispatcher } from "undici";
import type { HttpAnswer, HttpOutcome } from "../ports.ts";
import { decodeBody, decodePartial } from "./http-decode.ts";

type NotSent = Extract<HttpOutcome, { kind: "not_sent" }>;
type Lost = Extract<HttpOutcome, { kind: "lost" }>;
type Head = Pick<HttpAnswer, "status" | "headers">;
type WireHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** The way that one request takes: what a failure to connect can have been. */
export interface Route {
  readonly scheme: "http" | "https";
  readonly via: "direct" | "proxy";
}

/**
 * Gathers one answer, and tells a request that never left from one that did: undici calls `onRequestStart` when a
 * connection (with its TLS handshake and proxy tunnel) stands and just before the first byte is written to it.
 */
export class AnswerCollector implements Dispatcher.DispatchHandler {
  readonly outcome: Promise<HttpOutcome>;
  readonly #maxBytes: number;
  readonly #route: Route;
  readonly #settle: (outcome: HttpOutcome) => void;
  readonly #chunks: Uint8Array[] = [];
  #size = 0;
  #written = false;
  #head: Head | undefined;

  constructor(route: Route, maxBytes: number) {
    const { promise, resolve } = withResolvers<HttpOutcome>();
    this.outcome = promise;
    this.#settle = resolve;
    this.#route = route;
    this.#maxBytes = maxBytes;
  }

  onRequestStart(): void {
    this.#written = true;
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: WireHeaders): void {
    if (status >= 200) this.#head = { status, headers: flatten(headers) };
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    const room = this.#maxBytes - this.#size;
    this.#chunks.push(chunk.subarray(0, room));
    this.#size += Math.min(chunk.length, room);
    if (chunk.length <= room) return;
    this.#lose("too_large");
    controller.abort(new Error("the answer is too large"));
  }

  onResponseEnd(): void {
    if (this.#head === undefined) {
      this.#lose("protocol");
      return;
    }
    const decoded = decodeBody(Buffer.concat(this.#chunks), this.#encoding(), this.#maxBytes);
    if (decoded.kind === "failed") this.#lose(decoded.reason);
    else this.#settle({ kind: "answer", ...this.#head, body: decoded.body });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.fail(error);
  }

  /** Ends the wait for an answer, for whatever reason it cannot come any more. */
  fail(error: unknown): void {
    if (this.#written) this.#lose(lostReason(error, this.#head));
    else this.#settle({ kind: "not_sent", reason: notSentReason(error, this.#route) });
  }

  /** Ends the wait because the time for the whole exchange is over. */
  timeOut(): void {
    if (this.#written) this.#lose("timeout");
    else this.#settle({ kind: "not_sent", reason: this.#route.via === "proxy" ? "proxy" : "refused" });
  }

  #encoding(): string {
    return this.#head?.headers["content-encoding"] ?? "";
  }

  #lose(reason: Lost["reason"]): void {
    const partial = decodePartial(Buffer.concat(this.#chunks), this.#encoding(), this.#maxBytes);
    this.#settle({
      kind: "lost",
      reason,
      partial,
      ...(this.#head === undefined ? {} : { head: this.#head }),
    });
  }
}

const UNREACHABLE =
  /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ETIMEDOUT|EACCES|EPERM|ERR_INVALID_URL|UND_ERR_.*)$/;

function notSentReason(error: unknown, route: Route): NotSent["reason"] {
  const code = codeOf(error);
  const isTls = route.scheme === "https" && !UNREACHABLE.test(code) && !isDns(code) && code !== "";
  if (route.via === "proxy") return isTls && code !== "ECONNRESET" ? "tls" : "proxy";
  if (isDns(code)) return "dns";
  return isTls ? "tls" : "refused";
}

function isDns(code: string): boolean {
  return code === "ENOTFOUND" || code.startsWith("EAI_");
}

function lostReason(error: unknown, head: Head | undefined): Lost["reason"] {
  const code = codeOf(error);
  if (code === "UND_ERR_HEADERS_TIMEOUT" || code === "UND_ERR_BODY_TIMEOUT") return "timeout";
  if (error instanceof errors.HTTPParserError || code === "UND_ERR_HEADERS_OVERFLOW") return "protocol";
  return head === undefined ? "reset" : "truncated";
}

function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null || !("code" in error)) return "";
  return typeof error.code === "string" ? error.code : "";
}

function flatten(headers: WireHeaders): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(", ") : value;
  }
  return flat;
}

function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
