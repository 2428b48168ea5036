/** The proxies of an environment, in the words of undici's `EnvHttpProxyAgent`; "" is none. */
export interface Proxies {
  readonly httpProxy: string;
  readonly httpsProxy: string;
  readonly noProxy: string;
}

/** Reads HTTPS_PROXY, HTTP_PROXY and NO_PROXY; a name in small letters goes first. */
export function proxiesOf(env: Readonly<Record<string, string | undefined>>): Proxies {
  const httpProxy = env["http_proxy"] ?? env["HTTP_PROXY"] ?? "";
  return {
    httpProxy,
    httpsProxy: env["https_proxy"] ?? env["HTTPS_PROXY"] ?? httpProxy,
    noProxy: env["no_proxy"] ?? env["NO_PROXY"] ?? "",
  };
}
