import type { Child } from "hono/jsx";
import { visible } from "../../declaration/visible.ts";
import type { Change, Sign } from "../../difference/plan.ts";
import { titleOf } from "../../difference/title.ts";
import { Diff, Folded, NewFile } from "./diff.tsx";

/** Each as a sign, a word and a colour. */
const SIGNS: Readonly<Record<Sign, readonly [mark: string, word: string]>> = {
  add: ["+", "add"],
  change: ["~", "change"],
  remove: ["−", "remove"],
};

export function Changes({ changes }: { readonly changes: readonly Change[] }) {
  return (
    <ul class="changes">
      {changes.map((change) => (
        <li>
          <SignWord sign={change.sign} />
          <div>
            <span class="what">{visible(titleOf(change))}</span>
            <Details change={change} />
          </div>
        </li>
      ))}
    </ul>
  );
}

function SignWord({ sign }: { readonly sign: Sign }) {
  const [mark, word] = SIGNS[sign];
  return (
    <span class={`sign sign-${sign}`}>
      <span aria-hidden="true">{mark}</span> {word}
    </span>
  );
}

/** What is in a file, and what pipelines will notice. */
function Details({ change }: { readonly change: Change }): Child {
  switch (change.kind) {
    case "write_file":
      return change.diff.length === 0 ? (
        <NewFile path={change.path} bytes={change.bytes} />
      ) : (
        <Diff path={change.path} lines={change.diff} />
      );
    case "place_action":
      return <ActionFiles change={change} />;
    case "publish":
      return <p class="faint">The workflow publishes it from the tokens that it keeps, at its next run.</p>;
    case "prune":
      return <p class="faint">Workflows that still read it will find it empty.</p>;
    case "confine":
    case "remove_file":
    case "seal":
    case "enable":
      return null;
  }
}

function ActionFiles({
  change: { write, remove },
}: {
  readonly change: Extract<Change, { readonly kind: "place_action" }>;
}) {
  return (
    <Folded words="Which files">
      <ul class="paths">
        {write.map(({ path }) => (
          <li>
            <code>{visible(path)}</code>
          </li>
        ))}
        {remove.map((path) => (
          <li>
            <code>{visible(path)}</code> goes
          </li>
        ))}
      </ul>
    </Folded>
  );
}
