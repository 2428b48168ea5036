import { SealringError } from "../../errors.ts";
import { ErrorNotice } from "../error-notice.tsx";
import type { Console } from "../console.ts";
import { show } from "../page.tsx";
import { commitPart } from "./commit-part.tsx";
import type { CommitRequest } from "./commit-request.ts";
import { offerOf } from "./offer.ts";

/** Commits what was ticked, of what can be committed; what git refuses is said above the form as it was sent. */
export async function commitAsked(console: Console, asked: CommitRequest): Promise<Response> {
  try {
    await commit(console, asked);
  } catch (error) {
    if (!(error instanceof SealringError)) throw error;
    return refused(console, asked, error);
  }
  console.live.tell("files");
  return new Response(undefined, { status: 303, headers: { location: asked.back } });
}

async function commit(console: Console, asked: CommitRequest): Promise<void> {
  const { git, choices, isOwn } = await offerOf(console);
  const ticked = choices.filter(({ path }) => asked.paths.includes(path));
  const paths = ticked.flatMap(({ files }) => files);
  if (paths.length === 0) {
    // The form was sent twice, or somebody was quicker in a terminal: it is done.
    if (git.kind === "checkout" && asked.paths.some(isOwn)) return;
    throw new SealringError("usage", "no file is ticked that has something to commit");
  }
  const branch = asked.where === "new" ? asked.branch : undefined;
  await console.ports.git.commit({ paths, message: asked.message, branch });
}

async function refused(console: Console, asked: CommitRequest, error: SealringError): Promise<Response> {
  const { part } = await commitPart(console, await offerOf(console), asked);
  const body = (
    <>
      <ErrorNotice error={error} />
      <section class="card">{part}</section>
      <p>
        <a href={asked.back}>Back</a>
      </p>
    </>
  );
  return show(console, { title: "Not committed", body }, 400);
}
