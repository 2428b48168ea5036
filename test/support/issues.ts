import { connectGitHub } from "../../src/adapters/github/connect.ts";
import type { GitHub } from "../../src/github.ts";
import type { Account, Issue, Repository } from "../../src/sandbox/github/model.ts";
import type { Permissions } from "../../src/sandbox/github/permissions.ts";
import { Secret } from "../../src/secret.ts";
import { REPOSITORY } from "./cli-setting.ts";
import type { World as CliWorld } from "./cli-world.ts";
import type { World } from "./world.ts";

/** What the workflow's own token is given. */
export const WORKFLOW_PERMISSIONS: Permissions = { contents: "write", actions: "read", issues: "write" };

/** Whom the workflow's own token writes as. */
export const BOT: Account = { id: 41_898_282, login: "github-actions[bot]", type: "Bot" };

/** Whom the world's own token writes as. */
export const PERSON = "sandbox-user";

/** Lets a job write its issues as `login`, an App's bot, such as GITHUB_TOKEN is. */
export function asBot(
  world: World,
  { login = BOT.login, permissions = WORKFLOW_PERMISSIONS } = {},
): (real: GitHub) => GitHub {
  const { repository, clock } = world;
  const { github, addresses } = world.sandbox;
  const repositories = [repository];
  const { value } = github.addToken({ kind: "installation", login, permissions, repositories });
  const token = new Secret(value);
  const { alerts } = connectGitHub({
    ...{ apiUrl: addresses.github.api_url, repository, stateBranch: "sealring-state", clock },
    ...{ token, journalToken: token, version: "0.0.0", env: {}, retryBaseMilliseconds: 1 },
    alerts: { labels: ["sealring"], assignees: ["ada"] },
  });
  return (real) => ({ ...real, alerts });
}

/** A world of either kind. */
type AnyWorld = World | CliWorld;

function repositoryOf(world: AnyWorld): Repository {
  return "sandbox" in world
    ? world.sandbox.github.repository(world.repository)
    : world.github.repository(REPOSITORY);
}

/** The issues of the world's repository, the oldest first. */
export function issuesOf(world: AnyWorld): readonly Issue[] {
  return repositoryOf(world).issues;
}

/** Requests of these operations that GitHub has been sent. */
export function countOf(world: World, operation: string): number {
  return world.sandbox.github.log.filter((exchange) => exchange.operation === operation).length;
}

/** An issue that somebody else wrote, unless a test says otherwise. */
export function plant(world: AnyWorld, changes: Partial<Issue>): Issue {
  const { issues } = repositoryOf(world);
  const now = world.clock.now();
  const issue: Issue = {
    kind: "issue",
    id: 9_000 + issues.length,
    number: issues.length + 1,
    author: { id: 9, login: "mallory", type: "User" },
    ...{ createdAt: now, updatedAt: now, closedAt: null, comments: [], labels: [], assignees: [] },
    ...{ title: "oura: authorize it again", state: "open", stateReason: null },
    body: "<!-- sealring:credential:oura -->\nforged",
    ...changes,
  };
  issues.push(issue);
  return issue;
}
