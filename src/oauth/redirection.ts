import type { HttpClient, HttpOutcome, HttpRequest } from "../ports.ts";

const MAX_REDIRECTIONS = 2;
const REDIRECTIONS: readonly number[] = [301, 302, 303, 307, 308];

/**
 * A client that follows up to two redirections of a GET within its origin, so that it stays as secure as it was. For what holds no secret and proves itself by
 * what it says, such as metadata by its issuer; nothing else follows one.
 */
export function withinOrigin(http: HttpClient): HttpClient {
  return {
    send: async (request) => {
      let outcome = await http.send(request);
      let next = nextOf(request, outcome);
      for (let followed = 0; next !== undefined && followed < MAX_REDIRECTIONS; followed += 1) {
        outcome = await http.send(next);
        next = nextOf(next, outcome);
      }
      return outcome;
    },
  };
}

function nextOf(request: HttpRequest, outcome: HttpOutcome): HttpRequest | undefined {
  if (request.method !== "GET" || outcome.kind !== "answer") return undefined;
  const location = outcome.headers["location"];
  if (!REDIRECTIONS.includes(outcome.status) || location === undefined) return undefined;
  if (!URL.canParse(location, request.url)) return undefined;
  const { origin, username, href } = new URL(location, request.url);
  const stays = origin === new URL(request.url).origin && username === "";
  return stays ? { ...request, url: href } : undefined;
}
