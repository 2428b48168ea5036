import type { LoopbackRule, Provider } from "../../providers/provider.ts";
import { redirectAdvice } from "../../providers/redirect.ts";
import type { Finding, LocatedFinding } from "../fault.ts";
import type { Judged } from "./credential.ts";

const LOOPBACK = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\]):([1-9][0-9]{0,4})(?:[/?][!$-[\]-~]*)?$/u;

/** A redirect URI that no loopback listener can serve, or that the provider does not take (RFC 8252 §7.3). */
export function redirectFindings({
  loose,
  provider,
}: Pick<Judged, "loose" | "provider">): readonly LocatedFinding[] {
  const uri = loose.redirect_uri;
  if (uri === undefined) return "redirect_uri" in loose ? [] : missingUri(loose, provider);
  const finding =
    provider !== undefined && isPasted(uri, provider)
      ? notPastable(uri, provider)
      : (unservable(uri) ?? refusedByProvider(uri, provider));
  return finding === undefined ? [] : [{ ...finding, path: ["redirect_uri"], part: "value" }];
}

function missingUri(loose: Judged["loose"], provider: Provider | undefined): readonly LocatedFinding[] {
  if (loose.grant !== "authorization_code" || provider === undefined) return [];
  const reason = WHY_REGISTERED[provider.loopback];
  if (reason === undefined) return [];
  const hint = `register one there and write it, such as redirect_uri: ${redirectAdvice(provider).enter}`;
  return [{ ...fault(`${provider.name} ${reason}`, hint), path: [], part: "value" }];
}

const WHOLE = "compares redirect URIs whole, so a random port cannot be registered";

/** Why a redirect URI has to be declared; undefined: it does not have to. */
const WHY_REGISTERED: Readonly<Partial<Record<LoopbackRule, string>>> = {
  exact: WHOLE,
  exact_localhost: WHOLE,
  exact_ip_literal: WHOLE,
  https_only: "takes https redirect URIs only, which no loopback listener serves",
};

function unservable(uri: string): Finding | undefined {
  const match = LOOPBACK.exec(uri);
  if (match === null) {
    return fault(
      "a loopback listener serves http on localhost, 127.0.0.1 or [::1], with a port, without user name and fragment",
      "write and register one such as http://localhost:8484/callback",
    );
  }
  if (Number(match[2]) > 65_535) return fault("ports end at 65535", "take one from 1024 to 65535");
  return isNormal(uri)
    ? undefined
    : fault(
        "a browser would write this URI in another way",
        "write the path without dot segments and odd characters",
      );
}

/** Whether a browser comes back to the very same address. The default port is the one that it leaves out. */
function isNormal(uri: string): boolean {
  // Nothing in such a path is written in another way.
  if (/^[^?]+:[0-9]+\/[A-Za-z0-9_/-]*$/u.test(uri) && !uri.includes(":80/")) return true;
  const { href } = new URL(uri);
  return [uri, `${uri}/`, uri.replace(/^(http:\/\/[^/?]+)\?/u, "$1/?")].some(
    (same) => same.replace(/^(http:\/\/[^/]+):80(?=\/)/u, "$1") === href,
  );
}

function refusedByProvider(uri: string, provider: Provider | undefined): Finding | undefined {
  const isLocalhost = uri.startsWith("http://localhost");
  switch (provider?.loopback) {
    case "exact_ip_literal":
    case "any_port_ip_literal":
      return isLocalhost
        ? fault(
            `${provider.name} takes 127.0.0.1 and [::1], not localhost`,
            "write http://127.0.0.1 with the same port",
          )
        : undefined;
    case "exact_localhost":
    case "any_port_localhost":
      return isLocalhost
        ? undefined
        : fault(
            `${provider.name} takes localhost, not 127.0.0.1 and [::1]`,
            "write http://localhost with the same port",
          );
    default:
      return undefined;
  }
}

/** Where it is not known what the provider takes, both will do. */
function isPasted(uri: string, { loopback }: Provider): boolean {
  return loopback === "https_only" || (loopback === "unknown" && uri.startsWith("https:"));
}

/** Where a loopback address is refused, the browser ends at an https address, and the person pastes that. */
function notPastable(uri: string, { name }: Provider): Finding | undefined {
  if (/^https:\/\/[A-Za-z0-9.-]+(?::[1-9][0-9]{0,4})?(?:[/?][!$-[\]-~]*)?$/u.test(uri) && URL.canParse(uri))
    return undefined;
  return fault(
    `${name} sends the browser to an https address, to be pasted; this is none that can be`,
    "write and register one of a page of yours, or https://localhost:8484/callback",
  );
}

function fault(message: string, hint: string): Finding {
  return { rule: "redirect-uri", message, hint };
}
