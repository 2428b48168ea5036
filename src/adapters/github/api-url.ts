import { SealringError } from "../../errors.ts";
import { isSecureUrl } from "../../secure-url.ts";

/** GitHub's API where nothing else is said. */
export const GITHUB_API_URL = "https://api.github.com";

/**
 * An API's address in one spelling, without a slash at its end. Throws `usage` where it is no address, carries
 * credentials or a query, or is plain http to another machine.
 */
export function normalizeApiUrl(text: string): string {
  if (!isSecureUrl(text)) throw refused();
  const url = new URL(text);
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") throw refused();
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}

function refused(): SealringError {
  return new SealringError(
    "usage",
    "the GitHub API address is not an https URL, or http to a loopback host",
    {
      hint: "set github.api_url in sealring.yaml, or GITHUB_API_URL, to the like of https://ghe.example.com/api/v3",
    },
  );
}

/** The host that `gh` knows this API by: `github.com` for `api.github.com`, `acme.ghe.com` for `api.acme.ghe.com`. */
export function webHostOf(apiUrl: string): string {
  const { host } = new URL(apiUrl);
  return /^api\.(github\.com|[^.]+\.ghe\.com)$/.test(host) ? host.slice("api.".length) : host;
}
