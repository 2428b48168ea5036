import type { Account } from "./model.ts";
import type { Answer, Call, Operation } from "./operation.ts";
import { nodeId, problem } from "./operation.ts";
import type { Token } from "./permissions.ts";
import { isPersonal } from "./permissions.ts";

const OTHER_URLS = {
  followers_url: "followers",
  following_url: "following{/other_user}",
  gists_url: "gists{/gist_id}",
  starred_url: "starred{/owner}{/repo}",
  subscriptions_url: "subscriptions",
  organizations_url: "orgs",
  repos_url: "repos",
  events_url: "events{/privacy}",
  received_events_url: "received_events",
};

/** GitHub's `simple-user`. */
export function accountView(apiUrl: string, { id, login, type }: Account): Record<string, unknown> {
  const url = `${apiUrl}/users/${login}`;
  return {
    login,
    id,
    node_id: nodeId(type, id),
    avatar_url: `https://avatars.githubusercontent.com/u/${String(id)}`,
    gravatar_id: "",
    url,
    html_url: `https://github.com/${login}`,
    type,
    site_admin: false,
    ...Object.fromEntries(Object.entries(OTHER_URLS).map(([name, path]) => [name, `${url}/${path}`])),
  };
}

/** The account that a token acts as. */
export function accountOf(token: Token): Account {
  return { id: token.userId, login: token.login, type: isPersonal(token) ? "User" : "Bot" };
}

/** An App's token acts as no user, so it is not told as whom it writes. */
function user(call: Call, token: Token): Answer {
  if (!isPersonal(token)) return problem(403, "Resource not accessible by integration");
  const born = "2020-01-01T00:00:00Z";
  const counts = { followers: 0, following: 0, public_repos: 0, public_gists: 0 };
  const about = {
    name: null,
    company: null,
    blog: null,
    location: null,
    email: null,
    hireable: null,
    bio: null,
  };
  return {
    status: 200,
    body: {
      ...accountView(call.apiUrl, accountOf(token)),
      ...about,
      ...counts,
      created_at: born,
      updated_at: born,
    },
  };
}

export const ACCOUNTS: readonly Operation[] = [
  {
    kind: "signed_in",
    id: "users/get-authenticated",
    method: "GET",
    path: "/user",
    permission: undefined,
    handle: user,
  },
];
