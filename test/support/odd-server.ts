import { onTestFinished } from "vitest";
import { createHttpClient } from "../../src/adapters/http-client.ts";
import type { HttpClient } from "../../src/ports.ts";
import { startRawServer } from "./raw-server.ts";
import { World } from "./world.ts";

const ACCESS = "at-of-the-odd-answer";
/** What the odd answers bring, as JSON and as a form. */
export const REFRESH = "rt-of-the-odd-answer";
export const TOKENS = {
  refresh_token: REFRESH,
  access_token: ACCESS,
  token_type: "Bearer",
  expires_in: 2_592_000,
  scope: "extapi:personal extapi:daily extapi:heartrate",
};
export const WHOLE = JSON.stringify(TOKENS);
export const FORM = new URLSearchParams({ ...TOKENS, expires_in: "2592000" }).toString();

/** The bytes of an answer, and whether the connection stays open behind them. */
export interface Odd {
  readonly status?: string;
  readonly headers?: readonly string[];
  readonly body: string | Uint8Array;
  /** Announced; where not given, the end of the connection is the end of the body. */
  readonly length?: number;
  readonly then?: "close" | "hang" | "drip";
}

/** A token endpoint that gives this answer once, and then behaves. */
async function oddServer(odd: Odd) {
  const server = await startRawServer((socket) => {
    const isFirst = server.requests.length === 1;
    socket.write(bytesOf(isFirst ? odd : { body: WHOLE.replaceAll("odd", "next") }));
    if (!isFirst || (odd.then ?? "close") === "close") socket.end();
    if (isFirst && odd.then === "drip") {
      const drip = setInterval(() => socket.write(" "), 10);
      socket.once("close", () => clearInterval(drip));
    }
  });
  onTestFinished(() => server.close());
  return server;
}

function bytesOf({
  status = "200 OK",
  headers = ["Content-Type: application/json"],
  body,
  length,
}: Odd): Buffer {
  const announced = length === undefined ? [] : [`Content-Length: ${String(length)}`];
  const head = [`HTTP/1.1 ${status}`, ...headers, ...announced, "Connection: close", "", ""].join("\r\n");
  return Buffer.concat([Buffer.from(head), Buffer.from(body as string)]);
}

/** A refresh that gets this answer. */
export async function meet(odd: Odd) {
  const server = await oddServer(odd);
  const world = await World.authorized();
  const before = world.envelope() ?? "";
  const patience = odd.then === undefined ? {} : { timeoutMilliseconds: 150 };
  const client = createHttpClient({ env: {}, ...patience });
  const http: HttpClient = { send: (request) => client.send({ ...request, url: server.url }) };
  const refresh = async () => (await world.refresh({ when: "forced", ports: { http } })).results[0]?.outcome;
  const outcome = await refresh();
  const { error, phase } = world.entry();
  const after = world.envelope() ?? "";
  const envelope = after === before ? "old" : after.includes(REFRESH) ? "new" : "another";
  const met = {
    ...{ outcome, code: error?.code, phase, envelope },
    ...{ sent: server.requests.length, servesNew: world.output() === ACCESS },
  };
  return { met, before, server, refresh };
}

/** The same, and the refresh after it, with the token that it spent. */
export async function meetAndGoOn(odd: Odd) {
  const { met, before, server, refresh } = await meet(odd);
  return { ...met, next: await refresh(), spentNext: spentBy(server.requests[1], before) };
}

function spentBy(request: string | undefined, authorized: string): "none" | "new" | "old" | "another" {
  if (request === undefined) return "none";
  const token = new URLSearchParams(request.split("\r\n\r\n")[1]).get("refresh_token") ?? "";
  if (token === REFRESH) return "new";
  return token !== "" && authorized.includes(token) ? "old" : "another";
}
