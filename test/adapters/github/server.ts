import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { connectGitHub } from "../../../src/adapters/github/connect.ts";
import type { GitHubOptions } from "../../../src/adapters/github/options.ts";
import type { GitHub } from "../../../src/github.ts";
import type { Clock } from "../../../src/ports.ts";
import { Secret } from "../../../src/secret.ts";
import { CANARIES } from "../../support/canary.ts";

/** A request as it came over the wire. */
export interface Seen {
  readonly method: string;
  /** Path and query, still encoded. */
  readonly target: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: unknown;
}

/** What the server does: answers, breaks off after half of the body, hangs up at once, or never answers. */
export type Reply =
  | { readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
  | "half"
  | "reset"
  | "hang";

export interface Server {
  readonly url: string;
  readonly seen: Seen[];
}

/** A loopback server that lives as long as the test. */
export async function serve(answer: (request: Seen, count: number) => Reply): Promise<Server> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const text = Buffer.concat(chunks).toString("utf8");
      const { method = "", url: target = "", headers } = request;
      const one = { method, target, headers, body: text === "" ? undefined : (JSON.parse(text) as unknown) };
      seen.push(one);
      send(response, answer(one, seen.length));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, seen };
}

function send(response: ServerResponse, reply: Reply): void {
  if (reply === "hang") return;
  if (reply === "reset") {
    response.socket?.destroy();
    return;
  }
  if (reply === "half") {
    response.writeHead(200, { "content-type": "application/json", "content-length": "100" });
    response.write('{"half":', () => response.socket?.destroy());
    return;
  }
  const { status, body, headers } = reply;
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

/** A clock that stands still, but for the waiting that is asked of it. */
export class StoppedClock implements Clock {
  readonly slept: number[] = [];
  #now = new Date("2026-11-22T12:00:00Z").getTime();

  now(): Date {
    return new Date(this.#now);
  }

  sleep(milliseconds: number): Promise<void> {
    this.slept.push(milliseconds);
    this.#now += milliseconds;
    return Promise.resolve();
  }
}

/** sealring's own way to a GitHub at this address, with a canary for a token. */
export function connect(apiUrl: string, changes: Partial<GitHubOptions> = {}): GitHub {
  const token = new Secret(CANARIES.githubToken);
  return connectGitHub({
    apiUrl,
    repository: "acme/credentials",
    stateBranch: "sealring-state",
    token,
    journalToken: token,
    version: "0.0.0",
    clock: new StoppedClock(),
    env: {},
    retryBaseMilliseconds: 1,
    ...changes,
  });
}
