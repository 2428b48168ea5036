import { formatDuration } from "../duration.ts";
import { SealringError } from "../errors.ts";
import { authorizationRequest } from "../oauth/authorization.ts";
import type { AuthorizationRequest } from "../oauth/authorization.ts";
import { readRedirect } from "../oauth/redirect.ts";
import type { Redirect } from "../oauth/redirect.ts";
import type { Clock, HttpClient, Progress, Prompt, RandomBytes, Usher } from "../ports.ts";
import { preparedFrom } from "./code.ts";
import type { OwnRedirect } from "./code.ts";
import { defaultRedirectHost } from "./default-redirect.ts";
import type { GrantRequest, PreparedGrant } from "./prepared.ts";

export interface PastePorts {
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly prompt: Prompt;
  readonly progress: Progress;
  /** undefined: the terminal. */
  readonly usher?: Usher | undefined;
  /** undefined: the wait ends with its time alone. */
  readonly stop?: AbortSignal | undefined;
}

/** Where no redirect URI is registered; nobody needs to listen there. */
const DEFAULT_PORT = 8484;
const TRIES = 3;

/**
 * The authorization code grant without a listener: the person opens the address anywhere, and pastes the one that the
 * browser is sent to in the end, though its page may not load.
 * @throws SealringError when the person refuses, takes too long, or pastes something else three times.
 */
export async function preparePaste(request: GrantRequest, ports: PastePorts): Promise<PreparedGrant> {
  const address = `http://${defaultRedirectHost(request.provider)}:${String(DEFAULT_PORT)}/callback`;
  const redirectUri = request.redirectUri ?? address;
  const authorization = await authorizationRequest(request, { scopes: request.scopes, redirectUri }, ports);
  invite(authorization, request, ports);
  const redirect = await withinTime(request.timeoutSeconds, ports, (signal) =>
    ask({ authorization, request, ports, signal }),
  );
  ports.usher?.done();
  return preparedFrom(redirect, authorization, { ports, request });
}

function invite(
  { url, redirectUri }: AuthorizationRequest,
  { provider }: GrantRequest,
  { progress, usher }: PastePorts,
): void {
  if (usher !== undefined) {
    usher.invite({ kind: "paste", url, redirectUri });
    progress.say(`Waiting for your consent at ${provider.name}`);
    return;
  }
  progress.say("Open this address in any browser:");
  progress.say(url);
  progress.say("Allow the access. The browser then goes to");
  progress.say(`  ${redirectUri}`);
  progress.say("and most often shows an error page there: that is expected.");
  progress.say("Copy the whole address from the address bar.");
}

interface Asking {
  readonly authorization: AuthorizationRequest;
  readonly request: GrantRequest;
  readonly ports: PastePorts;
  readonly signal: AbortSignal;
}

async function ask({ authorization, request, ports, signal }: Asking): Promise<OwnRedirect> {
  for (let tries = 0; tries < TRIES; tries++) {
    const pasted = await ports.prompt.text("Paste the whole address that the browser ended up at", signal);
    const redirect = readPasted(pasted, authorization, request);
    if (redirect === undefined) {
      ports.progress.say("That is not it: the address has code and state in it, and begins with");
      ports.progress.say(`  ${authorization.redirectUri}`);
    } else if (redirect.kind === "wrong_state") {
      ports.progress.say("That address belongs to another authorization: its state is not this one's.");
    } else return redirect;
  }
  throw new SealringError("usage", "no usable address was pasted", {
    hint: "run the command again, and paste all of the address, from http to the end",
  });
}

/** undefined: not an address of the redirect URI's. */
function readPasted(
  pasted: string,
  authorization: AuthorizationRequest,
  request: GrantRequest,
): Redirect | undefined {
  const text = pasted.trim();
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const expected = new URL(authorization.redirectUri);
  if (url.origin !== expected.origin || url.pathname !== expected.pathname) return undefined;
  const redirect = readRedirect(url.searchParams, authorization, request);
  return redirect.kind === "malformed" ? undefined : redirect;
}

async function withinTime<Result>(
  timeoutSeconds: number,
  { clock, stop }: PastePorts,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const asking = new AbortController();
  const waiting = new AbortController();
  void clock.sleep(timeoutSeconds * 1000, waiting.signal).then(() => {
    if (!waiting.signal.aborted) asking.abort();
  });
  try {
    const signal = stop === undefined ? asking.signal : AbortSignal.any([asking.signal, stop]);
    return await work(signal);
  } catch (error) {
    if (!asking.signal.aborted) throw error;
    throw new SealringError(
      "reauthorization_required",
      `no address was pasted within ${formatDuration(timeoutSeconds)}`,
      {
        hint: "run the command again, with a longer --timeout",
        cause: error,
      },
    );
  } finally {
    waiting.abort();
  }
}
