import { withEndsOf } from "../../adding/amend/line-ends.ts";
import { judge } from "../../adding/judge.ts";
import type { Judgement } from "../../adding/judge.ts";
import type { Fault } from "../../declaration/fault.ts";
import { visible } from "../../declaration/visible.ts";
import { diffLines } from "../../difference/line-diff.ts";
import { PLACEHOLDER } from "../../hiding.ts";
import { Notice } from "../../page/notice.tsx";
import type { Console } from "../console.ts";
import { HIDDEN } from "../form/read.ts";
import type { Problem } from "../form/read.ts";
import { FormToken, show } from "../page.tsx";
import { DiffLines } from "../planning/diff.tsx";
import { around } from "./around.ts";
import { FormActions } from "./form-page.tsx";
import { statusOf } from "./form-request.ts";
import type { Intent, Sent } from "./form-request.ts";
import { changedSince, fingerprint, WAS } from "./old-file.ts";
import type { OldText } from "./old-file.ts";
import { pinRemarks } from "./pin-remarks.ts";
import type { PlacedFaults } from "./placed-faults.ts";
import { save } from "./save.ts";
import { Summary } from "./summary.tsx";

/** A credential's file as a text, with what is wrong with it. */
export function showText(
  console: Console,
  old: OldText,
  told: Pick<Showing, "problems" | "intent"> = { problems: [], intent: undefined },
): Promise<Response> {
  const judgement = judge(around(console), old);
  // As a browser sends it back, which takes a lone CR for a line end: the page shows what saving changes.
  const text = withEndsOf(old.text, old.text.replaceAll(/\r(?!\n)/g, "\n"));
  return page(console, old, { text, judgement, ...told });
}

/** The same with what was typed: checked, or saved where nothing stands against that. */
export async function answerText(console: Console, old: OldText, { intent, typed }: Sent): Promise<Response> {
  if (typed.all("text").length === 0) return showText(console, old, { intent, problems: [NO_FORM] });
  const text = withEndsOf(old.text, typed.one("text"));
  const file = { path: old.path, text };
  const judgement = judge(around(console), file);
  const { faults, credential } = judgement;
  const problems = [...(hidesAny(text, old) ? [HIDDEN] : []), ...changedSince(old, typed)];
  const isSound = faults.length === 0 && problems.length === 0;
  if (intent === "save" && isSound && credential !== undefined)
    return save(console, { file, credential, secret: undefined, kind: "edit", then: "saved" });
  return page(console, old, { text, judgement, problems, intent });
}

/** Of a form that was filled from the file while one could show it. */
const NO_FORM: Problem = {
  name: undefined,
  message: "the file has changed since the form was opened, and cannot be read any more",
  hint: "nothing of the form is kept: mend the text here, and open the form again",
};

/** A file may say `[secret]` itself: in whole lines of its own. */
function hidesAny(text: string, old: OldText): boolean {
  const own = old.text.split(/\r?\n/);
  return text.split(/\r?\n/).some((line) => line.includes(PLACEHOLDER) && !own.includes(line));
}

interface Showing {
  readonly text: string;
  readonly judgement: Judgement;
  /** What is wrong with it beside what the loader says. */
  readonly problems: PlacedFaults["elsewhere"];
  readonly intent: Intent | undefined;
}

function page(
  console: Console,
  old: OldText,
  { text, judgement, problems, intent }: Showing,
): Promise<Response> {
  const address = `/credentials/${old.name}/edit?as=text`;
  const { faults } = judgement;
  const count = faults.length;
  const inText = { message: `${count === 1 ? "a fault" : `${String(count)} faults`} in the text`, hint: "" };
  const byName = new Map(count === 0 ? [] : [["text", [inText]] as const]);
  const body = (
    <form class="as-text" method="post" action={address} autocomplete="off" data-checked>
      <FormToken console={console} />
      <input type="hidden" name="form_of" value={address} />
      <input type="hidden" name={WAS} value={fingerprint(old)} />
      <p>
        {old.value === undefined ? (
          "A form cannot show this file as it is. Here is its text."
        ) : (
          <a href={`/credentials/${old.name}/edit`}>Back to the form</a>
        )}
      </p>
      <Summary faults={{ byName, elsewhere: problems }} warnings={new Map()} intent={intent} />
      <TextFaults faults={faults} />
      <TextField path={old.path} text={text} isFaulty={faults.length > 0} />
      <div id="preview" data-slot="">
        {pinRemarks(judge(around(console), old), judgement).map((remark) => (
          <Notice tone="warning">{remark}</Notice>
        ))}
        {text === old.text ? null : <DiffLines path={old.path} lines={diffLines(old.text, text)} />}
      </div>
      <FormActions main="save" leave={`/credentials/${old.name}`} />
    </form>
  );
  return show(console, { title: `Edit ${old.name}`, body, current: "credentials" }, statusOf(intent));
}

/** Where in the text each is. */
function TextFaults({ faults }: { readonly faults: readonly Fault[] }) {
  return (
    <div id="text:fault" aria-live="polite" data-slot="text">
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

interface TextFieldProps {
  readonly path: string;
  readonly text: string;
  readonly isFaulty: boolean;
}

function TextField({ path, text, isFaulty }: TextFieldProps) {
  return (
    <p class="field">
      <label for="in:text">{visible(path)}</label>
      <textarea
        id="in:text"
        name="text"
        rows={24}
        spellcheck={false}
        autocapitalize="off"
        aria-describedby={isFaulty ? "text:fault" : undefined}
        aria-invalid={isFaulty ? "true" : undefined}
      >
        {`\n${text}`}
      </textarea>
    </p>
  );
}
