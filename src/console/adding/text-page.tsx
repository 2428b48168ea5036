import { judge } from "../../adding/judge.ts";
import { diffLines } from "../../difference/line-diff.ts";
import type { Fault } from "../../declaration/fault.ts";
import { visible } from "../../declaration/visible.ts";
import { Notice } from "../../page/notice.tsx";
import type { Console } from "../console.ts";
import { FormToken, show } from "../page.tsx";
import { DiffLines } from "../planning/diff.tsx";
import { around } from "./around.ts";
import { FormActions } from "./form-page.tsx";
import type { Sent } from "./form-request.ts";
import type { OldText } from "./old-file.ts";
import { save } from "./save.ts";

/** A credential's file as a text, with what is wrong with it. */
export function showText(console: Console, old: OldText): Promise<Response> {
  return page(console, old, { text: old.text, faults: faultsIn(console, old, old.text), status: 200 });
}

/** The same with what was typed: checked, or saved where the loader has nothing against it. */
export async function answerText(console: Console, old: OldText, { intent, typed }: Sent): Promise<Response> {
  const text = withEndsOf(old.text, typed.one("text"));
  const file = { path: old.path, text };
  const { faults, credential } = judge(around(console), file);
  if (intent === "save" && faults.length === 0 && credential !== undefined)
    return save(console, { file, credential, secret: undefined, kind: "edit", then: "saved" });
  return page(console, old, { text, faults, status: intent === "save" ? 422 : 200 });
}

/** A browser sends every line's end as CR LF (HTML, "constructing the entry list"). */
function withEndsOf(old: string, typed: string): string {
  const text = typed.replaceAll("\r\n", "\n");
  return old.includes("\r\n") ? text.replaceAll("\n", "\r\n") : text;
}

function faultsIn(console: Console, { path }: OldText, text: string): readonly Fault[] {
  return judge(around(console), { path, text }).faults;
}

interface Showing {
  readonly text: string;
  readonly faults: readonly Fault[];
  readonly status: number;
}

function page(console: Console, old: OldText, { text, faults, status }: Showing): Promise<Response> {
  const address = `/credentials/${old.name}/edit?as=text`;
  const body = (
    <form class="as-text" method="post" action={address} autocomplete="off" data-checked>
      <FormToken console={console} />
      <input type="hidden" name="form_of" value={address} />
      {old.value === undefined ? <p>A form cannot show this file as it is. Here is its text.</p> : null}
      <TextFaults faults={faults} />
      <p class="field">
        <label for="in:text">{visible(old.path)}</label>
        <textarea
          id="in:text"
          name="text"
          rows={24}
          spellcheck={false}
          autocapitalize="off"
          aria-describedby={faults.length === 0 ? undefined : "text:fault"}
          aria-invalid={faults.length === 0 ? undefined : "true"}
        >
          {`\n${text}`}
        </textarea>
      </p>
      <div id="preview" data-slot="">
        {text === old.text ? null : <DiffLines path={old.path} lines={diffLines(old.text, text)} />}
      </div>
      <FormActions main="save" />
    </form>
  );
  return show(console, { title: `Edit ${old.name}`, body, current: "credentials" }, status);
}

function TextFaults({ faults }: { readonly faults: readonly Fault[] }) {
  return (
    <div id="text:fault" role="alert" tabindex={-1} data-slot="text">
      {faults.length === 0 ? null : (
        <Notice tone="bad">
          <ul>
            {faults.map(({ line, message, hint, frame }) => (
              <li>
                <p>{`Line ${String(line)}: ${message}: ${hint}`}</p>
                {frame === "" ? null : <pre>{frame}</pre>}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </div>
  );
}
