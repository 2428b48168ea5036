import { randomBytes } from "node:crypto";
import { onTestFinished } from "vitest";
import { nodeHttpServer } from "../../../src/adapters/http-server.ts";
import type { GitHubOptions } from "../../../src/adapters/github/options.ts";
import type { GitHub } from "../../../src/github.ts";
import { EVERY_PERMISSION } from "../../../src/sandbox/github/permissions.ts";
import type { Permissions } from "../../../src/sandbox/github/permissions.ts";
import { GitHubSandbox } from "../../../src/sandbox/github/sandbox.ts";
import type { TokenRequest } from "../../../src/sandbox/github/tokens.ts";
import type { ServerHandler } from "../../../src/http-server.ts";
import { Secret } from "../../../src/secret.ts";
import { connect, StoppedClock } from "./server.ts";

export const REPOSITORY = "acme/credentials";

/** A sandbox's GitHub with one private repository of an organization, and ways to it. */
export interface OnSandbox {
  readonly sandbox: GitHubSandbox;
  readonly clock: StoppedClock;
  /** With a fine-grained token that has these permissions; every one where not given. */
  withPermissions(permissions?: Permissions): GitHub;
  withToken(request: Partial<TokenRequest>): GitHub;
  connect(changes: Partial<GitHubOptions>): GitHub;
}

/** `watch` sees every exchange. */
export async function startSandbox(watch: (handler: ServerHandler) => ServerHandler): Promise<OnSandbox> {
  const clock = new StoppedClock();
  const sandbox = await GitHubSandbox.create(clock, randomBytes);
  sandbox.addOrganization("acme");
  const repository = sandbox.addRepository(REPOSITORY);
  repository.visibility = "private";
  repository.workflows.length = 0;
  const server = await nodeHttpServer.serve({ kind: "loopback", port: 0 }, watch(sandbox.handler));
  onTestFinished(() => server.close());
  const open = (changes: Partial<GitHubOptions>) => connect(server.origin, { clock, ...changes });
  const withToken = (request: Partial<TokenRequest>) => {
    const all = { kind: "personal", login: "octocat", permissions: EVERY_PERMISSION } as const;
    const token = new Secret(sandbox.addToken({ ...all, repositories: "all", ...request }).value);
    return open({ token, journalToken: token });
  };
  return {
    ...{ sandbox, clock, withToken },
    withPermissions: (permissions) => withToken(permissions === undefined ? {} : { permissions }),
    connect: open,
  };
}
