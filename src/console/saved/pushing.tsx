import { Notice } from "../../page/notice.tsx";
import { Copyable } from "../copyable.tsx";

interface PushingProps {
  readonly branch: string | undefined;
  /** undefined: where a pull request begins is not known. */
  readonly compare: string | undefined;
}

/** Branches that nearly everybody merges into, so that nothing is to be compared with them. */
const USUAL = ["main", "master"];

/** All is committed: what is left is to push, which asks for a person's own access to GitHub. */
export function Pushing({ branch, compare }: PushingProps) {
  if (branch === undefined)
    return (
      <Notice tone="warning">
        <p>All of it is committed, and no branch is checked out that could be pushed.</p>
      </Notice>
    );
  const isUsual = USUAL.includes(branch);
  // Not by its name: a branch that was cloned may be called as an option of git's.
  const command = isUsual ? "git push" : "git push --set-upstream origin HEAD";
  return (
    <>
      <Notice tone="good">
        <p>
          All of it is committed, on <code>{branch}</code>. Push it, if that is not done: runs read the
          default branch on GitHub.
        </p>
      </Notice>
      <Copyable text={command} what="the command" />
      {isUsual || compare === undefined ? null : (
        <p>
          Then <a href={compare}>open a pull request</a> on GitHub.
        </p>
      )}
    </>
  );
}
