import type { Child } from "hono/jsx";
import { Notice } from "../../page/notice.tsx";
import type { GitState } from "../../ports.ts";
import type { Console } from "../console.ts";
import { Copyable } from "../copyable.tsx";
import { CommitForm } from "./commit-form.tsx";
import type { CommitRequest } from "./commit-request.ts";
import type { Offer } from "./offer.ts";
import { pushing } from "./pushing.tsx";

/** What a page suggests. */
export type Suggested = Pick<CommitRequest, "message" | "branch" | "back"> & Partial<CommitRequest>;

/** What an apply has written. */
export const OF_WORKFLOW = {
  message: "Keep the tokens fresh with sealring's workflow",
  branch: "sealring/workflow",
} as const;

/** The part of a page that has what was written committed, and whether all of it is. */
export interface CommitPart {
  readonly part: Child;
  readonly left: "nothing" | "something";
}

/** Its form comes back to `back`, which `readRequest` has to know; where nothing is left, it says how to push. */
export async function commitPart(
  console: Console,
  { git, choices }: Offer,
  suggested: Suggested,
): Promise<CommitPart> {
  const wanted: CommitRequest = { paths: choices.map(({ path }) => path), where: "current", ...suggested };
  if (git.kind === "none") return { part: <NoCheckout git={git} />, left: "something" };
  if (choices.length === 0) return { part: await pushing(console, git.branch), left: "nothing" };
  const form = <CommitForm console={console} current={git.branch} choices={choices} wanted={wanted} />;
  return { part: form, left: "something" };
}

function NoCheckout({ git: { lacks, reason } }: { readonly git: Extract<GitState, { kind: "none" }> }) {
  return (
    <>
      <Notice tone="idle">
        <p>
          Nothing is committed from here: {reason}. Keep the files in a repository, because runs read its
          default branch.
        </p>
      </Notice>
      {lacks === "git" ? null : (
        <>
          <p>To begin one, run this in the folder, and load this page again:</p>
          <Copyable text="git init" what="the command" />
        </>
      )}
    </>
  );
}
