import type { TokenFacts, Tokens, TokenUse } from "../../github-settings.ts";
import type { Clock } from "../../ports.ts";
import type { Secret } from "../../secret.ts";
import type { Api } from "./api.ts";
import type { App } from "./app.ts";
import { faultOf } from "./faults.ts";
import type { Site } from "./faults.ts";
import { headerOf, textOf } from "./outcome.ts";
import type { Answer } from "./outcome.ts";
import { VIEWER } from "./own-issues.ts";
import { probe } from "./probe.ts";
import { tokenExpiryIn } from "./renewal.ts";

/** A token, and the way that it opens. */
export type Holder =
  | { readonly kind: "given"; readonly token: Secret; readonly api: Api }
  /** It renews its own tokens, and knows what they are good for. */
  | { readonly kind: "app"; readonly app: App; readonly api: Api };

/** The prefixes that GitHub gives its tokens (docs.github.com, "About authentication to GitHub", token formats). */
const PREFIXES: readonly (readonly [string, TokenFacts["kind"]])[] = [
  ["github_pat_", "fine_grained"],
  ["ghp_", "classic"],
  ["gho_", "oauth"],
  ["ghu_", "app"],
  ["ghs_", "app"],
];

/** As whom the GITHUB_TOKEN of every job writes. */
const ACTIONS = "github-actions[bot]";

/** The `Tokens` port. What an App may, its installation says; of other tokens it is found out. */
export function createTokens(holders: Readonly<Record<TokenUse, Holder>>, site: Site, clock: Clock): Tokens {
  return {
    async facts(use) {
      const holder = holders[use];
      // Every token may ask for the root, and it costs no permission.
      const outcome = await holder.api.repeatable({ route: "GET /", parameters: {} });
      if (outcome.kind !== "answer") throw faultOf(outcome, { what: "API's root", site });
      const expiry = headerOf(outcome, "github-authentication-token-expiration") ?? "";
      return {
        kind: await kindOf(holder),
        expiresAt: tokenExpiryIn(expiry),
        serverTime: serverTimeOf(outcome, clock),
      };
    },
    may(use, need) {
      const holder = holders[use];
      return holder.kind === "app" ? holder.app.may(need) : probe(holder.api, need, site);
    },
  };
}

/** An App's own token has the prefix of a job's; GraphQL alone says as whom it writes. */
async function kindOf(holder: Holder): Promise<TokenFacts["kind"]> {
  if (holder.kind === "app") return "app";
  const { api, token } = holder;
  const kind = PREFIXES.find(([prefix]) => token.reveal().startsWith(prefix))?.[1] ?? "unknown";
  if (kind !== "app") return kind;
  const outcome = await api.query(VIEWER);
  const login = outcome.kind === "data" ? textOf(outcome.data, "viewer", "login") : undefined;
  return login === ACTIONS ? "actions" : "app";
}

/** Seconds, as HTTP gives them; this machine's own clock where a proxy took the header out. */
function serverTimeOf(answer: Answer, clock: Clock): Date {
  const date = new Date(headerOf(answer, "date") ?? "");
  return Number.isNaN(date.getTime()) ? clock.now() : date;
}
