import type { Child } from "hono/jsx";
import { Notice } from "../../page/notice.tsx";
import type { Upstream } from "../../ports.ts";
import type { Console } from "../console.ts";
import { Copyable } from "../copyable.tsx";
import { compareAddress } from "./compare.ts";

/** Branches that nearly everybody merges into, so that nothing is to be compared with them. */
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
  const upstream = await console.ports.git.upstreamOf(branch);
  const compare = USUAL.includes(branch) ? undefined : await compareAddress(console, branch);
  return (
    <>
      <Notice tone="good">
        <p>
          All of it is committed, on <code>{branch}</code>. Push it, if that is not done: runs read the
          default branch on GitHub.
        </p>
      </Notice>
      {upstream.kind === "no_remote" ? <NoRemote /> : null}
      <Copyable text={commandOf(upstream)} what="the command" />
      {compare === undefined ? null : (
        <p>
          Then <a href={compare}>open a pull request</a> on GitHub.
        </p>
      )}
    </>
  );
}

function NoRemote() {
  return (
    <>
      <p>This checkout knows no repository on GitHub yet. Create one there, empty, and name it here:</p>
      <Copyable text="git remote add origin https://github.com/OWNER/NAME.git" what="the command" />
      <p>Then push:</p>
    </>
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
