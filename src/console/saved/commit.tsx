import { SealringError } from "../../errors.ts";
import { ErrorNotice } from "../error-notice.tsx";
import type { Console } from "../console.ts";
import { show } from "../page.tsx";
import { commitPart } from "./commit-part.tsx";
import { offerOf } from "./offer.ts";
import type { Wanted } from "./wanted.ts";

/** Commits what was ticked, of what can be committed; what git refuses is said above the form as it was sent. */
export async function commitWanted(console: Console, wanted: Wanted): Promise<Response> {
  try {
    const { choices } = await offerOf(console, wanted.gone);
    const ticked = choices.filter(({ path }) => wanted.paths.includes(path));
    const paths = ticked.flatMap(({ files }) => files);
    if (paths.length === 0)
      throw new SealringError("usage", "no file is ticked that has something to commit");
    const branch = wanted.where === "new" ? wanted.branch : undefined;
    await console.ports.git.commit({ paths, message: wanted.message, branch });
  } catch (error) {
    if (!(error instanceof SealringError)) throw error;
    return refused(console, wanted, error);
  }
  console.live.tell("files");
  return new Response(undefined, { status: 303, headers: { location: wanted.back } });
}

async function refused(console: Console, wanted: Wanted, error: SealringError): Promise<Response> {
  const body = (
    <>
      <ErrorNotice error={error} />
      <section class="card">{(await commitPart(console, wanted)).part}</section>
      <p>
        <a href={wanted.back}>Back</a>
      </p>
    </>
  );
  return show(console, { title: "Not committed", body }, 400);
}
