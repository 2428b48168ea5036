import type { GitHubState } from "./model.ts";
import type { Permissions, Token, TokenKind } from "./permissions.ts";

/** GitHub's own prefixes: a client tells kinds apart by them. */
const PREFIXES: Readonly<Record<TokenKind, string>> = {
  personal: "github_pat_sandbox",
  classic: "ghp_sandbox",
  oauth: "gho_sandbox",
  installation: "ghs_sandbox",
  actions: "ghs_sandbox",
};
const TOKEN_BYTES = 20;

/** What a token is to be. */
export interface TokenRequest {
  readonly kind: TokenKind;
  readonly login: string;
  readonly permissions: Permissions;
  /** owner/name. */
  readonly repositories: "all" | readonly string[];
  /** Where not given, the token never expires. */
  readonly expiresAt?: Date;
  /** Of `classic` and `oauth`; none where not given. */
  readonly scopes?: readonly string[];
  /** Where not given, the login's: a user's tokens share their limits. */
  readonly limitKey?: string;
}

/** A token that the API accepts, and no real GitHub. */
export function addToken(github: GitHubState, request: TokenRequest): Token {
  const { kind, login, permissions, repositories, expiresAt, scopes = [] } = request;
  const random = Buffer.from(github.randomBytes(TOKEN_BYTES)).toString("hex");
  const token: Token = {
    value: `${PREFIXES[kind]}_${random}`,
    kind,
    login,
    userId: github.newId(),
    permissions,
    scopes,
    repositories: repositories === "all" ? repositories : repositories.map((each) => each.toLowerCase()),
    expiresAt,
    limitKey: request.limitKey ?? login.toLowerCase(),
  };
  github.tokens.set(token.value, token);
  return token;
}
