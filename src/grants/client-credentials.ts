import { clientCredentials } from "../oauth/token.ts";
import type { HttpClient } from "../ports.ts";
import { TOKEN_REQUEST_SECONDS } from "./prepared.ts";
import type { GrantRequest, PreparedGrant } from "./prepared.ts";

/** The client credentials grant (RFC 6749 §4.4): nobody has to be asked. */
export function prepareClientCredentials(
  request: GrantRequest,
  ports: { readonly http: HttpClient },
): PreparedGrant {
  return {
    provider: request.provider,
    maxSeconds: TOKEN_REQUEST_SECONDS,
    burn: () => clientCredentials(ports.http, request, request.scopes),
  };
}
