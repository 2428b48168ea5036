import type { Credential } from "../declaration/credential.ts";
import { SealringError } from "../errors.ts";
import type { LoopbackListener } from "../ports.ts";
import { LOOPBACK_WORDS, redirectAdvice } from "../providers/redirect.ts";
import type { Check, Finding } from "./finding.ts";
import type { Where } from "./subject.ts";

const ABOUT = "redirect";

/** Whether `authorize` could listen where the providers send a browser back to. In a job nobody authorizes so. */
export function redirectCheck(
  credentials: readonly Credential[],
  where: Where,
  listener: LoopbackListener,
): Check {
  return {
    about: ABOUT,
    run: async () => {
      const addresses = addressesOf(credentials);
      if (addresses.length === 0) return [];
      if (where === "job") {
        return [
          { kind: "skipped", about: ABOUT, found: "ports are tried where somebody authorizes: on a laptop" },
        ];
      }
      const findings: Finding[] = [];
      // One after the other: `localhost` and 127.0.0.1 may be declared with the same port.
      for (const address of addresses) findings.push(await tryPort(listener, address));
      return findings;
    },
  };
}

/** What the provider's rule for redirect URIs asks of this credential: what has to be registered there. */
export function redirectRuleCheck({ grant, provider, redirectUri }: Credential): Check {
  return {
    about: ABOUT,
    run: () => {
      if (grant !== "authorization_code") return [];
      const { enter } = redirectAdvice(provider);
      const place = provider.registration.url === undefined ? "" : ` at ${provider.registration.url}`;
      const rule = `${provider.name}: redirect URIs are ${LOOPBACK_WORDS[provider.loopback]}`;
      if (redirectUri === undefined && provider.loopback === "unknown") {
        const found = `${rule}; none is declared, so that sealring takes any free port`;
        return [{ kind: "warning", about: ABOUT, found, fix: `register and declare redirect_uri: ${enter}` }];
      }
      const found = `${rule}; ${redirectUri ?? enter} has to be registered${place}`;
      return [{ kind: "ok", about: ABOUT, found }];
    },
  };
}

type Address = Parameters<LoopbackListener["listen"]>[0];

function addressesOf(credentials: readonly Credential[]): readonly Address[] {
  const found = new Map<string, Address>();
  for (const { redirectUri } of credentials) {
    if (redirectUri === undefined) continue;
    const { protocol, hostname, port } = new URL(redirectUri);
    // Nobody listens there: its address is pasted.
    if (protocol === "https:") continue;
    // Of http, the declaration's rules let these three through only.
    const host = hostname === "[::1]" ? "::1" : hostname === "localhost" ? "localhost" : "127.0.0.1";
    found.set(`${host} ${port}`, { host, port: Number(port === "" ? "80" : port) });
  }
  return [...found.values()];
}

async function tryPort(listener: LoopbackListener, address: Address): Promise<Finding> {
  const where = `port ${String(address.port)} on ${address.host}`;
  try {
    const server = await listener.listen(address, () => ({ status: 404, headers: {}, body: "" }));
    await server.close();
    return { kind: "ok", about: ABOUT, found: `${where} is free` };
  } catch (error) {
    if (!(error instanceof SealringError)) throw error;
    const taken = isTaken(error.cause);
    const fix = taken
      ? `see who has it: lsof -nP -iTCP:${String(address.port)} -sTCP:LISTEN, and stop that; or authorize with --flow paste`
      : (error.hint ?? "authorize with --flow paste");
    return { kind: "failure", about: ABOUT, found: taken ? `${where} is taken` : error.message, fix };
  }
}

function isTaken(cause: unknown): boolean {
  return typeof cause === "object" && cause !== null && "code" in cause && cause.code === "EADDRINUSE";
}
