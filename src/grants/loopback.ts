import { formatDuration } from "../duration.ts";
import { SealringError } from "../errors.ts";
import { authorizationRequest } from "../oauth/authorization.ts";
import type { AuthorizationRequest, AuthorizationWish } from "../oauth/authorization.ts";
import type {
  Browser,
  Clock,
  HttpClient,
  LoopbackListener,
  LoopbackServer,
  Progress,
  RandomBytes,
  Usher,
} from "../ports.ts";
import { preparedFrom } from "./code.ts";
import { defaultRedirectHost } from "./default-redirect.ts";
import type { GrantRequest, PreparedGrant } from "./prepared.ts";
import { RedirectReceiver } from "./redirect-receiver.ts";
import { untilStopped } from "./until-stopped.ts";

export interface LoopbackPorts {
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly listener: LoopbackListener;
  readonly browser: Browser;
  readonly progress: Progress;
  /** undefined: browser and terminal. */
  readonly usher?: Usher | undefined;
  /** undefined: the wait ends with its time alone. */
  readonly stop?: AbortSignal | undefined;
}

/**
 * The authorization code grant through a listener on this machine (RFC 8252 §7.3): opens the person's browser, and waits
 * for the redirect. The listener is closed when this returns; the code is burned by the caller.
 * @throws SealringError when the person refuses, nobody comes in time, it is stopped, or the redirect URI cannot be
 *   listened on.
 */
export async function prepareLoopback(request: GrantRequest, ports: LoopbackPorts): Promise<PreparedGrant> {
  const receiver = new RedirectReceiver(request, ports.usher?.home);
  const server = await ports.listener.listen(addressOf(request), (asked) => receiver.answer(asked));
  const waiting = new AbortController();
  try {
    const asking = ask({ receiver, server, signal: waiting.signal }, request, ports);
    return await untilStopped(ports, asking);
  } finally {
    waiting.abort();
    await server.close();
  }
}

interface Waiting {
  readonly receiver: RedirectReceiver;
  readonly server: LoopbackServer;
  /** Aborted when nobody waits any more. */
  readonly signal: AbortSignal;
}

async function ask(
  { receiver, server, signal }: Waiting,
  request: GrantRequest,
  ports: LoopbackPorts,
): Promise<PreparedGrant> {
  const authorization = await authorizationRequest(request, wishOf(request, server), ports);
  receiver.expect(authorization);
  await show(authorization, ports);
  ports.progress.say(`Waiting for your consent at ${request.provider.name}`);
  const late = ports.clock.sleep(request.timeoutSeconds * 1000, signal).then(() => undefined);
  const redirect = await Promise.race([receiver.received, late]);
  if (redirect === undefined) throw nobodyCame(request);
  ports.usher?.done();
  return preparedFrom(redirect, authorization, { ports, request });
}

type ListenAddress = Parameters<LoopbackListener["listen"]>[0];

const HOSTS: Readonly<Record<string, ListenAddress["host"]>> = {
  localhost: "localhost",
  "127.0.0.1": "127.0.0.1",
  "[::1]": "::1",
};

/** Without a registered redirect URI: any free port (RFC 8252 §7.3). */
function addressOf({ redirectUri, provider }: GrantRequest): ListenAddress {
  if (redirectUri === undefined) return { host: defaultRedirectHost(provider), port: 0 };
  const url = new URL(redirectUri);
  const host = url.protocol === "http:" ? HOSTS[url.hostname] : undefined;
  if (host !== undefined) return { host, port: url.port === "" ? 80 : Number(url.port) };
  throw new SealringError("usage", `no loopback listener can serve the redirect URI ${redirectUri}`, {
    hint: "run the command with --flow paste",
  });
}

function wishOf(
  { scopes, redirectUri, provider }: GrantRequest,
  { port }: LoopbackServer,
): AuthorizationWish {
  const address = `http://${defaultRedirectHost(provider)}:${String(port)}/callback`;
  return { scopes, redirectUri: redirectUri ?? address };
}

/** The address is printed even when a browser opens: it may be the wrong one, or on no screen. */
async function show(
  { url }: AuthorizationRequest,
  { browser, progress, usher }: LoopbackPorts,
): Promise<void> {
  if (usher !== undefined) {
    usher.invite({ kind: "address", url });
    return;
  }
  const opened = await browser.open(url);
  progress.say(
    opened
      ? "Your browser opens. If it does not, open this address:"
      : "Open this address in a browser on this machine:",
  );
  progress.say(url);
}

function nobodyCame({ timeoutSeconds }: GrantRequest): SealringError {
  return new SealringError(
    "reauthorization_required",
    `nobody came back from the browser within ${formatDuration(timeoutSeconds)}`,
    { hint: "run the command again; with --flow paste where the browser is on another machine" },
  );
}
