import { Notice } from "../../page/notice.tsx";
import { fingerprint, WAS } from "../adding/old-file.ts";
import type { Console } from "../console.ts";
import { ErrorNotice } from "../error-notice.tsx";
import type { Operation } from "../operation.ts";
import { FormToken } from "../page.tsx";
import { Busy } from "../runs/confirm-page.tsx";
import { TypeTheName } from "../runs/type-the-name.tsx";
import { LeftOver } from "./left-over.tsx";
import type { Removable } from "./removable.ts";

/** Why what was sent has removed nothing. */
export type Refusal =
  | { readonly kind: "changed" }
  /** `typed`: in place of the credential's name. */
  | { readonly kind: "mistyped"; readonly typed: string };

export interface RemoveProps {
  readonly console: Console;
  readonly removable: Removable;
  /** What goes on with the credential. */
  readonly busy: Operation | undefined;
  /** undefined: nothing was sent yet. */
  readonly refusal: Refusal | undefined;
}

/** Says what removing a credential's file comes to, and asks. */
export function RemovePage({ console, removable, busy, refusal }: RemoveProps) {
  const { name } = removable.old;
  return (
    <>
      {refusal?.kind === "changed" ? <Changed /> : null}
      {busy === undefined ? (
        <>
          {removable.trouble === undefined ? null : <ErrorNotice error={removable.trouble} />}
          <FirstRevoke removable={removable} />
          <Offer console={console} removable={removable} refusal={refusal} />
        </>
      ) : (
        <Busy operation={busy} />
      )}
      <p>
        <a href={`/credentials/${name}`}>{`Back to ${name}`}</a>
      </p>
    </>
  );
}

function Changed() {
  return (
    <div role="alert">
      <Notice tone="bad">
        <p>
          The file has changed since this page was shown. Nothing was removed. Look at it, and decide again.
        </p>
      </Notice>
    </div>
  );
}

/** The better way, where there may be a grant to end. */
function FirstRevoke({ removable: { old, credential, known } }: Pick<RemoveProps, "removable">) {
  if (known?.grant === "none") return null;
  const isSound = credential !== undefined;
  return (
    <Notice tone="warning">
      <p>
        <strong>{isSound ? "Revoke it first." : "Mend its file and revoke it first."}</strong>
        {" After its file is gone, nothing here knows how to end the grant"}
        {known === undefined ? ", if there is one: nobody could see whether it is authorized." : "."}
      </p>
      <p class="actions">
        <a class="button main" href={`/credentials/${old.name}/${isSound ? "revoke" : "edit"}`}>
          {isSound ? `Revoke ${old.name}` : `Edit ${old.name}`}
        </a>
      </p>
    </Notice>
  );
}

function Offer({ console, removable, refusal }: Omit<RemoveProps, "busy">) {
  const { old, credential, known, isCommitted, isLast } = removable;
  const { name, path } = old;
  const mistyped = refusal?.kind === "mistyped" ? refusal.typed : undefined;
  return (
    <section class="card" aria-labelledby="what">
      <h2 id="what">What will happen</h2>
      <ol class="will-happen">
        <li>
          {"The file "}
          <code>{path}</code>
          {` is deleted from this folder. ${isCommitted ? "Git keeps what was committed of it." : "No commit has it, so nothing brings it back."}`}
        </li>
        <li>{`Nothing is touched by that on GitHub or at ${credential?.provider.name ?? "its provider"}, and the journal keeps what it has of ${name}.`}</li>
        <li>
          {isLast
            ? "Nothing is declared any more then, so no plan is made."
            : "The plan comes next, with what is left to do."}
        </li>
      </ol>
      <LeftOver removable={removable} />
      <form method="post" action={`/credentials/${name}/remove`}>
        <FormToken console={console} />
        <input type="hidden" name={WAS} value={fingerprint(old)} />
        {known?.grant === "none" ? null : <TypeTheName name={name} mistyped={mistyped} />}
        <p class="actions">
          <button class="danger">Remove its file</button>
        </p>
      </form>
    </section>
  );
}
