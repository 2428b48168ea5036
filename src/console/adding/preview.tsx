import { pathOf } from "../../adding/document.ts";
import { visible } from "../../declaration/visible.ts";
import { diffLines } from "../../difference/line-diff.ts";
import { Notice } from "../../page/notice.tsx";
import { DiffLines } from "../planning/diff.tsx";
import type { Draft } from "./draft.ts";

/** The file that saving writes; of one that is there, what differs. */
export function Preview({ draft: { file, old, remarks } }: { readonly draft: Draft }) {
  const path = file.path === pathOf("") ? undefined : visible(file.path);
  const lines = old === undefined ? [] : diffLines(old, file.text);
  return (
    <section class="card preview" id="preview" data-slot="" aria-labelledby="preview-title">
      <h2 id="preview-title">
        {old === undefined ? "The file that this makes" : "What changes in the file"}
      </h2>
      <p class="faint">
        {path === undefined ? "Not said yet: its name is the credential's." : <code>{path}</code>}
      </p>
      {remarks.map((remark) => (
        <Notice tone="warning">{remark}</Notice>
      ))}
      {old === undefined ? (
        <pre tabindex={0} role="group" aria-label={`The file ${path ?? "without a name"}`}>
          {file.text.trimEnd().split("\n").map(visible).join("\n")}
        </pre>
      ) : lines.length === 0 ? (
        <p>Nothing yet.</p>
      ) : (
        <DiffLines path={file.path} lines={lines} />
      )}
    </section>
  );
}
