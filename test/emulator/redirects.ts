import type { RegisteredClient } from "./client-authentication.ts";
import type { Declared } from "./declared.ts";

const LOOPBACK = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:[0-9]+)?(\/.*)?$/;

/** Whether the server sends a browser there (RFC 8252 §7.3, and how providers depart from it). */
export function takesRedirect(declared: Declared, client: RegisteredClient, uri: string): boolean {
  const { loopback_redirect: rule = "exact" } = declared;
  if (rule === "https_only") return uri.startsWith("https://") && uri === client.redirectUri;
  const [, host, port, path] = LOOPBACK.exec(uri) ?? [];
  if (host === undefined || port === undefined) return false;
  if (rule.endsWith("_ip_literal") && host === "localhost") return false;
  if (rule.endsWith("_localhost") && host !== "localhost") return false;
  if (!rule.startsWith("any_port")) return uri === client.redirectUri;
  const [, registeredHost, , registeredPath] = LOOPBACK.exec(client.redirectUri) ?? [];
  return registeredHost === host && registeredPath === path;
}
