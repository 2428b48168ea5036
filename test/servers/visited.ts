import { createHttpClient } from "../../src/adapters/http-client.ts";
import { loopbackListener } from "../../src/adapters/loopback-listener.ts";
import { prepareLoopback } from "../../src/grants/loopback.ts";
import type { GrantRequest, PreparedGrant } from "../../src/grants/prepared.ts";
import type { TokenSet } from "../../src/oauth/token-set.ts";
import { realClock, realRandom, RecordingProgress } from "../support/grant-ports.ts";
import { granted } from "../support/readings.ts";

/** What sealring sends everything through. */
export const http = createHttpClient({ env: {} });

/** A person whom an authorization request is shown to, and who goes on to where it leads. */
export type Person = (url: string) => Promise<void>;

/** The code grant through the listener that is shipped, up to the code. */
export function prepareVisited(request: GrantRequest, person: Person): Promise<PreparedGrant> {
  return prepareLoopback(request, {
    http,
    clock: realClock,
    random: realRandom,
    listener: loopbackListener,
    progress: new RecordingProgress(),
    browser: { open: (url) => person(url).then(() => true) },
  });
}

/** The same, up to the tokens. Fails the test when there are none. */
export async function authorizeVisited(request: GrantRequest, person: Person): Promise<TokenSet> {
  const prepared = await prepareVisited(request, person);
  return granted(await prepared.burn(), request);
}
