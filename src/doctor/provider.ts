import type { Credential } from "../declaration/credential.ts";
import { SealringError } from "../errors.ts";
import { discover } from "../oauth/discovery.ts";
import type { HttpClient, HttpOutcome } from "../ports.ts";
import type { Provider } from "../providers/provider.ts";
import type { Check, Finding } from "./finding.ts";

const ABOUT = "provider";

/** Whether each authorization server answers. Its token endpoint gets a request that asks for nothing. */
export function providerChecks(credentials: readonly Credential[], http: HttpClient): readonly Check[] {
  const providers = new Map(credentials.map(({ provider }) => [placeOf(provider), provider]));
  return [...providers.values()].map((provider) => ({ about: ABOUT, run: () => examine(http, provider) }));
}

/** The same for providers that one request tells of. */
function placeOf({ metadata: { issuer, token_endpoint: endpoint } }: Provider): string {
  return endpoint === undefined ? `issuer ${issuer ?? ""}` : new URL(endpoint).origin;
}

async function examine(http: HttpClient, provider: Provider): Promise<readonly Finding[]> {
  const { token_endpoint: url } = (await discoverOrSay(http, provider)).metadata;
  if (url === undefined) {
    const found = `${provider.name} publishes no token endpoint`;
    return [{ kind: "failure", about: ABOUT, found, fix: "declare token_endpoint in the provider" }];
  }
  const outcome = await http.send({ method: "GET", url, headers: { accept: "application/json" } });
  return [judgeOutcome(new URL(url).origin, outcome)];
}

/** `discover`, and where it cannot reach the issuer, what `doctor` says of any other endpoint. */
export async function discoverOrSay(http: HttpClient, provider: Provider): Promise<Provider> {
  return orSay(http, provider.metadata.issuer, () => discover(http, provider));
}

/** Does what asks an issuer. @throws SealringError `transient` with why the issuer cannot be reached. */
export async function orSay<Result>(
  http: HttpClient,
  issuer: string | undefined,
  ask: () => Promise<Result>,
): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof SealringError) || error.code !== "transient" || issuer === undefined) throw error;
    const outcome = await http.send({ method: "GET", url: issuer, headers: { accept: "application/json" } });
    const finding = judgeOutcome(new URL(issuer).origin, outcome);
    if (finding.kind !== "unreachable") throw error;
    throw new SealringError("transient", finding.found, { hint: finding.fix, cause: error });
  }
}

/** What a server's answer, or its absence, means. Any answer is one: nothing was asked of it. */
export function judgeOutcome(origin: string, outcome: HttpOutcome): Finding {
  switch (outcome.kind) {
    case "answer":
      return { kind: "ok", about: ABOUT, found: `${origin} answers` };
    case "not_sent":
      return { kind: "unreachable", about: ABOUT, ...unsent(origin, outcome.reason) };
    case "lost":
      if (outcome.head !== undefined) return { kind: "ok", about: ABOUT, found: `${origin} answers` };
      return {
        ...{ kind: "unreachable", about: ABOUT, found: `${origin} does not answer (${outcome.reason})` },
        fix: "try again in a minute; if it stays so, look at the provider's status page, and at firewalls",
      };
  }
}

type Unsent = Extract<HttpOutcome, { readonly kind: "not_sent" }>["reason"];

function unsent(origin: string, reason: Unsent): { readonly found: string; readonly fix: string } {
  const { hostname } = new URL(origin);
  switch (reason) {
    case "insecure_url":
      return { found: `${origin} is not https`, fix: "declare the provider's endpoints with https" };
    case "dns":
      return {
        found: `the name ${hostname} is not known here`,
        fix: `check the name, and: nslookup ${hostname}`,
      };
    case "refused":
      return {
        found: `${origin} takes no connection`,
        fix: "try again in a minute; if it stays so, look at firewalls, and at HTTPS_PROXY",
      };
    case "tls":
      return {
        found: `the certificate of ${origin} is not trusted here`,
        fix: "behind a proxy that opens TLS, set NODE_EXTRA_CA_CERTS to its certificate; else ask the provider",
      };
    case "proxy":
      return {
        found: `the proxy lets nothing through to ${origin}`,
        fix: `check HTTPS_PROXY, or add ${hostname} to NO_PROXY`,
      };
  }
}
