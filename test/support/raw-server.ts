import { createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";

/** A TCP server that says exactly what a test wants, HTTP or not. */
export interface RawServer {
  readonly url: string;
  /** The requests as they came, head and body. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/** Listens on a free loopback port. `onRequest` runs once the head and the announced body of a request are there. */
export async function startRawServer(
  onRequest: (socket: Socket, request: string) => void,
): Promise<RawServer> {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let received = "";
    socket.on("error", () => undefined);
    socket.on("data", (chunk) => {
      received += chunk.toString("latin1");
      if (!isWhole(received)) return;
      requests.push(received);
      onRequest(socket, received);
      received = "";
    });
  });
  const port = await listening(server);
  return {
    url: `http://127.0.0.1:${String(port)}/token`,
    requests,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** Lets a server listen on a free loopback port, and gives the port. */
export async function listening(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return (server.address() as AddressInfo).port;
}

function isWhole(received: string): boolean {
  const [head = "", ...body] = received.split("\r\n\r\n");
  if (body.length === 0) return false;
  const announced = /content-length: (\d+)/i.exec(head)?.[1] ?? "0";
  return body.join("\r\n\r\n").length >= Number(announced);
}
