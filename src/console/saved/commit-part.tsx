import type { Child } from "hono/jsx";
import { Notice } from "../../page/notice.tsx";
import type { GitState } from "../../ports.ts";
import type { Console } from "../console.ts";
import { Copyable } from "../copyable.tsx";
import { CommitForm } from "./commit-form.tsx";
import { compareAddress } from "./compare.ts";
import { offerOf } from "./offer.ts";
import { Pushing } from "./pushing.tsx";
import type { Wanted } from "./wanted.ts";

/** What a page suggests. */
export type Suggested = Pick<Wanted, "message" | "branch" | "back"> & Partial<Wanted>;

/** The part of a page that has what was written committed, and whether all of it is. */
export interface CommitPart {
  readonly part: Child;
  readonly left: "nothing" | "something";
}

/** Its form comes back to `back`, which `readWanted` has to know; where nothing is left, it says how to push. */
export async function commitPart(console: Console, suggested: Suggested): Promise<CommitPart> {
  const wanted: Wanted = { paths: "all", where: "current", gone: [], ...suggested };
  const { git, choices } = await offerOf(console, wanted.gone);
  if (git.kind === "none") return { part: <NoCheckout git={git} />, left: "something" };
  if (choices.length === 0) {
    const compare = await compareAddress(console, git.branch);
    return { part: <Pushing branch={git.branch} compare={compare} />, left: "nothing" };
  }
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
