import type { Provider } from "../providers/provider.ts";

/**
 * The loopback host of a redirect URI that nobody registered: the IP literal, as RFC 8252 §7.3 and §8.3 have it, unless
 * the server takes no other than localhost.
 */
export function defaultRedirectHost({ loopback }: Provider): "localhost" | "127.0.0.1" {
  return loopback === "any_port_localhost" ? "localhost" : "127.0.0.1";
}
