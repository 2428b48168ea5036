import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { setImmediate } from "node:timers/promises";
import { getRequestListener } from "@hono/node-server";
import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { SealringError } from "../errors.ts";
import type {
  HttpServer,
  RunningServer,
  ServedAnswer,
  ServerAddress,
  ServerHandler,
} from "../http-server.ts";

const HOST = "127.0.0.1";

/** A server on 127.0.0.1, or on a unix socket. */
export const nodeHttpServer: HttpServer = {
  async serve(address: ServerAddress, handler: ServerHandler): Promise<RunningServer> {
    const answered = new Set<ServerResponse>();
    const listener = getRequestListener(
      async (request, bindings) => {
        const { outgoing } = bindings as HttpBindings;
        const response = await deliver(request, handler, outgoing);
        if (response !== RESPONSE_ALREADY_SENT) keepUntilSent(answered, outgoing);
        return response;
      },
      {
        overrideGlobalObjects: false,
      },
    );
    const server = createServer((incoming: IncomingMessage, outgoing: ServerResponse) => {
      void listener(incoming, outgoing);
    });
    const origin = await listen(server, address);
    return { origin, close: () => close(server, answered) };
  },
};

async function deliver(
  request: Request,
  handler: ServerHandler,
  outgoing: ServerResponse,
): Promise<Response> {
  const answer = await handler(request);
  switch (answer.delivery) {
    case "whole":
      return answer.response;
    case "half":
      await sendHalf(answer, outgoing);
      return RESPONSE_ALREADY_SENT;
    case "none":
      outgoing.destroy();
      return RESPONSE_ALREADY_SENT;
  }
}

/** Announces the whole length, so that the client can tell that the end is missing. */
async function sendHalf({ response }: ServedAnswer, outgoing: ServerResponse): Promise<void> {
  const body = new Uint8Array(await response.arrayBuffer());
  outgoing.writeHead(response.status, {
    ...Object.fromEntries(response.headers),
    "content-length": String(body.length),
  });
  outgoing.write(body.subarray(0, Math.floor(body.length / 2)), () => outgoing.destroy());
}

function listen(server: Server, address: ServerAddress): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      reject(cannotListen(address, cause));
    });
    switch (address.kind) {
      case "loopback":
        server.listen(address.port, HOST, () => {
          resolve(originOf(server));
        });
        break;
      case "unix_socket":
        server.listen(address.path, () => {
          resolve("http://localhost");
        });
        break;
    }
  });
}

function originOf(server: Server): string {
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new SealringError("bug", "the server has no port");
  return `http://${HOST}:${String(bound.port)}`;
}

function cannotListen(address: ServerAddress, cause: NodeJS.ErrnoException): SealringError {
  const place = address.kind === "loopback" ? `port ${String(address.port)} of ${HOST}` : address.path;
  const hint = "stop the other process, or choose another address";
  return new SealringError("usage", `cannot listen on ${place}: ${cause.code ?? "unknown error"}`, {
    hint,
    cause,
  });
}

/** Somebody who reads no further holds the server no longer than this. */
const SENDING_MILLISECONDS = 1_000;

function keepUntilSent(answered: Set<ServerResponse>, outgoing: ServerResponse): void {
  if (outgoing.closed) return;
  answered.add(outgoing);
  outgoing.once("close", () => answered.delete(outgoing));
}

/** What is answered goes out, what still is not is cut off. */
async function close(server: Server, answered: ReadonlySet<ServerResponse>): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
  // A handler that has just ended has its answer sent from the next turn on.
  await setImmediate();
  const signal = AbortSignal.timeout(SENDING_MILLISECONDS);
  await Promise.allSettled([...answered].map((outgoing) => once(outgoing, "close", { signal })));
  server.closeAllConnections();
  await closed;
}
