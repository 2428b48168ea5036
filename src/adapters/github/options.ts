import type { Project } from "../../declaration/credential.ts";
import type { StoreTarget, Turn } from "../../github.ts";
import type { Access } from "../../github-settings.ts";
import type { Clock } from "../../ports.ts";
import type { Secret } from "../../secret.ts";
import type { Job } from "./renewal.ts";

/** For one request, to the last byte of its answer. */
export const TIMEOUT_MILLISECONDS = 20_000;

/** How sealring signs in as a GitHub App. */
export interface AppKey {
  readonly clientId: string;
  readonly privateKey: Secret;
  /** The secret that holds it. */
  readonly privateKeyName: string;
}

export interface GitHubOptions {
  readonly apiUrl: string;
  /** owner/name: the repository of the journal and of the workflow runs. */
  readonly repository: string;
  readonly stateBranch: string;
  /** For secrets and settings. */
  readonly token: Secret | AppKey;
  /** For the journal and the runs; may be the same. */
  readonly journalToken: Secret | AppKey;
  /** Where the tokens were found; not told where not given. */
  readonly tokenFrom?: Access["tokenFrom"];
  /** The stores that are to be written, which an App's token is narrowed to; not narrowed where not given. */
  readonly reach?: readonly StoreTarget[] | undefined;
  /** Hears each token that an App is given, before it is used. */
  readonly mask?: (secret: Secret) => void;
  /** Where this is one: it is told in time that `token` ends, and how to renew it. */
  readonly job?: Job | undefined;
  /** What the issues for owners get; none where not given. */
  readonly alerts?: Project["alerts"];
  /** sealring's version, for the User-Agent. */
  readonly version: string;
  readonly clock: Clock;
  /** Reads HTTPS_PROXY, HTTP_PROXY and NO_PROXY, in capitals or not. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether another process of the workflow may have used the tokens just before; `alone` where not given. */
  readonly turn?: Turn | undefined;
  /** For one request, to the last byte of its answer; 20 seconds where not given. */
  readonly timeoutMilliseconds?: number;
  /** Before a repeatable request is sent again; 250 where not given. */
  readonly retryBaseMilliseconds?: number;
}
