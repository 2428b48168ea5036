/** What a server lets through of an answer: all of it, about half and then a closed connection, or nothing but that. */
export interface ServedAnswer {
  readonly delivery: "whole" | "half" | "none";
  readonly response: Response;
}

export type ServerHandler = (request: Request) => Promise<ServedAnswer>;

/** Loopback only. `port` 0 takes a free one. */
export type ServerAddress =
  | { readonly kind: "loopback"; readonly port: number }
  | { readonly kind: "unix_socket"; readonly path: string };

export interface RunningServer {
  /** Scheme, host and port, without a slash at the end. */
  readonly origin: string;
  close(): Promise<void>;
}

/** Serves a handler of web-standard requests: the sandbox, the console. Rejects with `usage` when the address is taken. */
export interface HttpServer {
  serve(address: ServerAddress, handler: ServerHandler): Promise<RunningServer>;
}
