import type { Provider } from "../../providers/provider.ts";
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
  const finding = unservable(uri) ?? refusedByProvider(uri, provider);
  return finding === undefined ? [] : [{ ...finding, path: ["redirect_uri"], part: "value" }];
}

function missingUri(loose: Judged["loose"], provider: Provider | undefined): readonly LocatedFinding[] {
  if (loose.grant !== "authorization_code" || provider?.loopback !== "exact") return [];
  const message = `${provider.name} compares redirect URIs whole, so a random port cannot be registered`;
  return [
    fault(message, "register one there and write it, such as redirect_uri: http://localhost:8484/callback"),
  ].map((finding) => ({ ...finding, path: [], part: "value" }));
}

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
  if (provider?.loopback !== "any_port_ip_literal" || !uri.startsWith("http://localhost")) return undefined;
  return fault(
    `${provider.name} takes 127.0.0.1 and [::1], not localhost`,
    "write http://127.0.0.1 with the same port",
  );
}

function fault(message: string, hint: string): Finding {
  return { rule: "redirect-uri", message, hint };
}
