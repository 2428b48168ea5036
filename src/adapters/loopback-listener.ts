import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { SealringError } from "../errors.ts";
import type { LoopbackListener, LoopbackRequest, LoopbackResponse, LoopbackServer } from "../ports.ts";

const REQUEST_TIMEOUT_MILLISECONDS = 5_000;
/** Node looks for requests that are late twice a minute; until it does, they take the room of the browser's. */
const CHECKING_INTERVAL_MILLISECONDS = 1_000;
/** After which a connection is closed on which nothing moves, be it that nobody reads the answer. */
const STANDSTILL_MILLISECONDS = 2_000;
const MAX_HEADER_BYTES = 16 * 1024;
const MAX_CONNECTIONS = 32;

type Address = Parameters<LoopbackListener["listen"]>[0];
type Answer = (request: LoopbackRequest) => LoopbackResponse;

/**
 * The `LoopbackListener` port over node:http. `localhost` means 127.0.0.1 and, where there is one, ::1: a browser may
 * take either, and another program on the second would get the code.
 */
export const loopbackListener: LoopbackListener = {
  async listen(address: Address, answer: Answer): Promise<LoopbackServer> {
    const first = await open(
      { host: address.host === "localhost" ? "127.0.0.1" : address.host, port: address.port },
      answer,
    );
    if (first === undefined) throw notAvailable(address);
    const { port } = first;
    if (address.host !== "localhost") return first;
    try {
      const second = await open({ host: "::1", port }, answer);
      return { port, close: () => closeAll([first, second]) };
    } catch (error) {
      await first.close();
      throw error;
    }
  },
};

async function closeAll(servers: readonly (LoopbackServer | undefined)[]): Promise<void> {
  await Promise.all(servers.map(async (server) => server?.close()));
}

/** undefined: this machine has no such address. */
async function open(
  address: { readonly host: string; readonly port: number },
  answer: Answer,
): Promise<LoopbackServer | undefined> {
  const pending = new Set<Promise<void>>();
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      requestTimeout: REQUEST_TIMEOUT_MILLISECONDS,
      headersTimeout: REQUEST_TIMEOUT_MILLISECONDS,
      connectionsCheckingInterval: CHECKING_INTERVAL_MILLISECONDS,
    },
    (incoming, outgoing) => {
      const done = ended(outgoing).finally(() => pending.delete(done));
      pending.add(done);
      respond(incoming, outgoing, answer);
    },
  );
  server.maxConnections = MAX_CONNECTIONS;
  server.timeout = STANDSTILL_MILLISECONDS;
  const isOpen = await bind(server, address);
  if (!isOpen) return undefined;
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.close();
      await Promise.all(pending);
      // Browsers open connections ahead of need, and would keep a server from closing for minutes.
      server.closeAllConnections();
    },
  };
}

function bind(server: Server, address: { readonly host: string; readonly port: number }): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      if (cause.code === "EADDRNOTAVAIL" || cause.code === "EAFNOSUPPORT") resolve(false);
      else reject(notAvailable(address, cause));
    });
    server.listen({ ...address, exclusive: true }, () => resolve(true));
  });
}

function ended(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    outgoing.once("close", resolve);
  });
}

function respond(incoming: IncomingMessage, outgoing: ServerResponse, answer: Answer): void {
  const { status, headers, body } = answer({
    method: incoming.method ?? "",
    target: incoming.url ?? "",
    hostHeader: incoming.headers.host ?? "",
  });
  outgoing.writeHead(status, { ...headers, connection: "close" }).end(body);
}

function notAvailable(
  address: { readonly host: string; readonly port: number },
  cause?: NodeJS.ErrnoException,
): SealringError {
  const where = `port ${String(address.port)} on ${address.host}`;
  if (cause?.code === "EACCES") {
    return new SealringError("usage", `${where} needs rights that this process does not have`, {
      hint: "register a redirect URI with a port above 1023, or run the command with --flow paste",
      cause,
    });
  }
  return new SealringError("usage", `${where} is taken, or cannot be listened on`, {
    hint: "stop the program that listens there and run the command again, or run it with --flow paste",
    ...(cause === undefined ? {} : { cause }),
  });
}
