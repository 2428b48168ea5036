import type { Child } from "hono/jsx";
import { Notice } from "../../page/notice.tsx";
import type { Console } from "../console.ts";
import { CommitForm } from "./commit-form.tsx";
import { offerOf } from "./offer.ts";
import { Pushing } from "./pushing.tsx";
import { compareAddress } from "./compare.ts";
import type { Wanted } from "./wanted.ts";

/** What a page suggests. */
export type Suggested = Pick<Wanted, "message" | "branch" | "back"> & Partial<Wanted>;

/**
 * The part of a page that has what was written committed; where all of it is, it says how to push. Its form comes back to
 * `back`, which `readWanted` has to know.
 */
export async function commitPart(console: Console, suggested: Suggested): Promise<Child> {
  const wanted: Wanted = { paths: "all", where: "current", gone: [], ...suggested };
  const { git, choices } = await offerOf(console, wanted.gone);
  if (git.kind === "none")
    return (
      <Notice tone="idle">
        <p>
          Nothing is committed from here: {git.reason}. Keep the files in a repository, because runs read its
          default branch.
        </p>
      </Notice>
    );
  if (choices.length === 0)
    return <Pushing branch={git.branch} compare={await compareAddress(console, git.branch)} />;
  return <CommitForm console={console} current={git.branch} choices={choices} wanted={wanted} />;
}
