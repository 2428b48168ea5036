import type { Child } from "hono/jsx";
import { safeHref } from "../../page/href.ts";
import { Notice } from "../../page/notice.tsx";
import type { Upstream } from "../../ports.ts";
import type { Console } from "../console.ts";
import { Copyable } from "../copyable.tsx";
import { atGitHub } from "./at-github.ts";
import type { AtGitHub } from "./at-github.ts";

/** Branches that nearly everybody merges into: what a new repository begins with. */
const USUAL = ["main", "master"];

/**
 * All is committed: what is left is to push, which asks for a person's own access to GitHub. `branch` undefined: none is
 * checked out.
 */
export async function pushing(console: Console, branch: string | undefined): Promise<Child> {
  if (branch === undefined)
    return (
      <Notice tone="warning">
        <p>All of it is committed, and no branch is checked out that could be pushed.</p>
      </Notice>
    );
  const [upstream, there] = await Promise.all([console.ports.git.upstreamOf(branch), atGitHub(console)]);
  if (there?.push === "counts")
    return (
      <Notice tone="good">
        <p>
          All of it is committed, on <code>{branch}</code>. In the sandbox the folder counts as pushed: there
          is nothing to push.
        </p>
      </Notice>
    );
  return <Push branch={branch} upstream={upstream} there={there} />;
}

interface PushProps {
  readonly branch: string;
  readonly upstream: Upstream;
  readonly there: AtGitHub | undefined;
}

function Push({ branch, upstream, there }: PushProps) {
  return (
    <>
      <Notice tone="good">
        <p>
          All of it is committed, on <code>{branch}</code>. Whether it is pushed, nobody knows here: push it,
          if that is not done, because runs read the default branch on GitHub.
        </p>
      </Notice>
      {upstream.kind === "set" ? null : <Misnamed branch={branch} there={there} />}
      {upstream.kind === "no_remote" ? <NoRemote there={there} /> : null}
      <Copyable text={commandOf(upstream)} what="the command" />
      <PullRequest branch={branch} there={there} />
    </>
  );
}

/** No command is made of a name that a shell would read otherwise. */
const PLAIN = /^[A-Za-z0-9][A-Za-z0-9._/-]*$/;

/** What `git init` called the branch need not be what GitHub calls it. */
function Misnamed({ branch, there }: Omit<PushProps, "upstream">) {
  const is = there?.defaultBranch;
  if (is === undefined || is === branch || !USUAL.includes(branch) || !PLAIN.test(is)) return null;
  return (
    <>
      <Notice tone="warning">
        <p>
          This branch is <code>{branch}</code>, and the default branch on GitHub is <code>{is}</code>: runs
          read nothing else. Unless that is meant, call yours the same before you push:
        </p>
      </Notice>
      <Copyable text={`git branch -m ${is}`} what="the command" />
    </>
  );
}

function NoRemote({ there }: Pick<PushProps, "there">) {
  const { webUrl, repository, defaultBranch } = there ?? PLACEHOLDER;
  return (
    <>
      <p>
        This checkout knows no repository on GitHub yet.{" "}
        {defaultBranch === undefined ? (
          <>
            <a href={safeHref(`${webUrl}/new`)}>Create {there === undefined ? "one" : repository} there</a>,
            empty, and name it here:
          </>
        ) : (
          "Name it here:"
        )}
      </p>
      <Copyable text={`git remote add origin ${webUrl}/${repository}.git`} what="the command" />
      <p>Then push:</p>
    </>
  );
}

const PLACEHOLDER = { webUrl: "https://github.com", repository: "OWNER/NAME", defaultBranch: undefined };

/** What GitHub does not say is guessed by the name. */
function PullRequest({ branch, there }: Omit<PushProps, "upstream">) {
  if (there === undefined) return null;
  const { webUrl, repository, defaultBranch } = there;
  if (defaultBranch === undefined ? USUAL.includes(branch) : branch === defaultBranch) return null;
  const name = branch.split("/").map(encodeURIComponent).join("/");
  return (
    <p>
      Then <a href={safeHref(`${webUrl}/${repository}/compare/${name}?expand=1`)}>open a pull request</a> on
      GitHub.
    </p>
  );
}

/** Not by the branch's name: one that was cloned may be called as an option of git's. */
function commandOf(upstream: Upstream): string {
  switch (upstream.kind) {
    case "set":
      return "git push";
    case "unset":
      return `git push --set-upstream ${upstream.remote} HEAD`;
    case "no_remote":
      return "git push --set-upstream origin HEAD";
  }
}
