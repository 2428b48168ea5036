import type { Console } from "../console.ts";
import { FormToken } from "../page.tsx";
import type { Choice } from "./offer.ts";
import type { CommitRequest } from "./commit-request.ts";

interface FormProps {
  readonly console: Console;
  /** undefined: no branch is checked out. */
  readonly current: string | undefined;
  readonly choices: readonly Choice[];
  readonly wanted: CommitRequest;
}

/** Which files, with which message, on which branch. */
export function CommitForm({ console, current, choices, wanted }: FormProps) {
  return (
    <form method="post" action="/commit" class="commit">
      <FormToken console={console} />
      <input type="hidden" name="back" value={wanted.back} />
      <fieldset>
        <legend>Files</legend>
        {choices.map(({ path, files, is }) => (
          <label>
            <input type="checkbox" name="path" value={path} checked={wanted.paths.includes(path)} />{" "}
            <code>{path}</code>
            {files[0] === path ? null : <span class="faint"> {countOf(files)}</span>}
            {is === "gone" ? <span class="faint"> (removed)</span> : null}
          </label>
        ))}
      </fieldset>
      <label>
        Message
        <textarea name="message" rows={2} required maxlength={10_000}>
          {wanted.message}
        </textarea>
      </label>
      <Branches current={current} wanted={wanted} />
      <div class="actions">
        <button class="main">Commit</button>
        <a href="/">Leave it for later</a>
      </div>
    </form>
  );
}

function countOf({ length }: readonly string[]): string {
  return length === 1 ? "(1 file)" : `(${String(length)} files)`;
}

function Branches({ current, wanted }: Pick<FormProps, "current" | "wanted">) {
  const isNew = current === undefined || wanted.where === "new";
  return (
    <fieldset>
      <legend>Branch</legend>
      {current === undefined ? null : (
        <label>
          <input type="radio" name="where" value="current" checked={!isNew} /> On <code>{current}</code>, the
          current one
        </label>
      )}
      <label>
        <input type="radio" name="where" value="new" checked={isNew} /> On a new one, for a pull request
      </label>
      <label class="sub">
        Its name
        <input name="branch" value={wanted.branch} maxlength={200} autocomplete="off" spellcheck={false} />
      </label>
    </fieldset>
  );
}
