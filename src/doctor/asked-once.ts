import type { HttpClient, HttpOutcome } from "../ports.ts";

/** For one look at everything: what several checks ask of a server, it is asked once. */
export function askedOnce(http: HttpClient): HttpClient {
  const known = new Map<string, Promise<HttpOutcome>>();
  return {
    send: (request) => {
      if (request.method !== "GET") return http.send(request);
      const key = JSON.stringify([request.url, Object.entries(request.headers).sort()]);
      const outcome = known.get(key) ?? http.send(request);
      known.set(key, outcome);
      return outcome;
    },
  };
}
