import type { StoreTarget } from "../github.ts";
import type { ClientAuthMethod, Grant, Provider } from "../providers/provider.ts";

/** The fields of a token set that an output may carry. A refresh token never is one. */
export type OutputField = "access_token" | "id_token" | "expires_at" | "scope" | "token_type";

export interface Output {
  readonly secretName: string;
  readonly field: OutputField;
}

/** The form of every credential's name: what an address or an argument gives is looked up only if it has it. */
export const CREDENTIAL_NAME = /^[a-z0-9-]{1,64}$/;

/** One declared grant at one authorization server, every default filled in. */
export interface Credential {
  readonly name: string;
  readonly description: string | undefined;
  readonly owner: string | undefined;
  readonly provider: Provider;
  readonly grant: Grant;
  readonly client: {
    readonly id: string;
    readonly secretName: string | undefined;
    /** undefined: as the provider prefers. */
    readonly authMethod?: ClientAuthMethod | undefined;
  };
  /** As declared: without the provider's prefix. */
  readonly scopes: readonly string[];
  /** Byte for byte as registered; undefined: a random loopback port. */
  readonly redirectUri: string | undefined;
  readonly outputs: readonly Output[];
  readonly destinations: readonly StoreTarget[];
  /** Where its envelope and client secret live; null: repository secrets. */
  readonly environment: string | null;
  /** Refresh when less than this is left; undefined: from the token's lifetime. */
  readonly marginSeconds: number | undefined;
  /** The declaring file, relative to the repository. */
  readonly file: string;
}

/** `sealring.yaml`, every default filled in. */
export interface Project {
  /** owner/name; undefined when neither file, environment nor git remote says it. */
  readonly repository: string | undefined;
  /** Where envelopes and client secrets live, unless a credential names another; null: repository secrets. */
  readonly environment: string | null;
  readonly stateBranch: string;
  readonly schedule: string;
  /** As declared; undefined: GITHUB_API_URL, else api.github.com. */
  readonly apiUrl: string | undefined;
  readonly app: { readonly clientId: string; readonly privateKeyName: string } | undefined;
  readonly alerts: { readonly labels: readonly string[]; readonly assignees: readonly string[] };
  readonly recoveryRecipient: string | undefined;
  /** Where the workflow gets sealring: a folder of the repository, `./…`, or `owner/name@<commit>`. */
  readonly action: string;
}

/** The secret that holds a credential's envelope: its name in capitals, `-` as `_`. */
export function envelopeSecretName(credentialName: string): string {
  return `SEALRING_CREDENTIAL_${credentialName.toUpperCase().replaceAll("-", "_")}`;
}

/** The store of envelopes and client secrets: an environment, or, for null, the repository. */
export function envelopeStore(environment: string | null, repository: string): StoreTarget {
  return environment === null
    ? { kind: "repository", repository, app: "actions" }
    : { kind: "environment", repository, environment };
}
