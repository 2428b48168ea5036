import type { ServerHandler } from "../../src/http-server.ts";

/** A request to one of the servers, as it came. */
export interface Arrival {
  readonly method: string;
  readonly path: string;
}

/** Something that happens at one request: instead of carrying it out, or once it is carried out. Nobody hears its answer. */
export interface Trap {
  /** Asked of each request until it says yes. */
  readonly springs: (arrival: Arrival) => boolean;
  readonly carriedOut: "yes" | "no";
  readonly act: () => Promise<unknown>;
}

const NOTHING_DONE = 499;

/** A handler with a trap before it, which may be set at any time and springs once. */
export function trapped(handler: ServerHandler, take: (arrival: Arrival) => Trap | undefined): ServerHandler {
  return async (request) => {
    const trap = take({ method: request.method, path: new URL(request.url).pathname });
    if (trap === undefined) return handler(request);
    const served = trap.carriedOut === "yes" ? await handler(request) : undefined;
    await trap.act();
    const response = served?.response ?? new Response(null, { status: NOTHING_DONE });
    return { delivery: "none", response };
  };
}
