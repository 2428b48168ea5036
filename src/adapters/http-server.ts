import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
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
    const listener = getRequestListener(
      (request, bindings) => deliver(request, handler, bindings as HttpBindings),
      {
        overrideGlobalObjects: false,
      },
    );
    const server = createServer((incoming: IncomingMessage, outgoing: ServerResponse) => {
      void listener(incoming, outgoing);
    });
    const origin = await listen(server, address);
    return { origin, close: () => close(server) };
  },
};

async function deliver(
  request: Request,
  handler: ServerHandler,
  { outgoing }: HttpBindings,
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

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
