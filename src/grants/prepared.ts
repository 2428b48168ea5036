import type { Party } from "../oauth/client.ts";
import type { Exchange } from "../oauth/token.ts";
import type { Provider } from "../providers/provider.ts";

/** What a person, or a job, wants to be granted. The provider is discovered already. */
export interface GrantRequest extends Party {
  /** As declared, without the provider's prefix. */
  readonly scopes: readonly string[];
  /** Byte for byte as registered; undefined: sealring chooses a loopback address. */
  readonly redirectUri: string | undefined;
  /** How long a person has. */
  readonly timeoutSeconds: number;
}

/**
 * A grant that is one token request away. Between preparing and burning the caller takes its intent in the journal, so
 * that nothing single-use is spent while somebody else is at the credential.
 */
export interface PreparedGrant {
  /** Who answered: the request's, or one of its generations. */
  readonly provider: Provider;
  /** How long `burn` can take at the most: what an intent's deadline has to allow for. */
  readonly maxSeconds: number;
  /** Sends the token request, once; for the device grant, asks until the person has decided. The answer is not parsed. */
  burn(): Promise<Exchange>;
}

/** One token request with its timeout, and a margin. */
export const TOKEN_REQUEST_SECONDS = 60;
