import { Notice } from "../../page/notice.tsx";
import { FormToken } from "../page.tsx";
import type { Operation } from "../operation.ts";
import { YourPart } from "./invitation.tsx";
import type { Asking } from "./page.tsx";
import { Steps } from "./steps.tsx";

/** While it goes on: what the person has to do, and the steps. */
export function Progressing({
  console,
  subject,
  canStop,
  changedFrom,
  follow,
  operation,
}: Asking & { readonly operation: Operation }) {
  const { name, provider } = subject.credential;
  const { invitation, id } = operation;
  return (
    <div id="authorization" data-live>
      {invitation === undefined ? null : (
        <section class="card">
          <YourPart
            console={console}
            name={name}
            provider={provider.name}
            invitation={invitation}
            follow={follow === id ? "once" : "never"}
          />
        </section>
      )}
      <section class="card">
        <h2>What goes on</h2>
        {changedFrom === undefined ? null : <Changed />}
        <Steps operation={operation} />
        <LookAgain name={name} />
        {canStop ? (
          <form method="post" action={`/credentials/${name}/authorize/cancel`}>
            <FormToken console={console} />
            <button>Cancel</button>
          </form>
        ) : null}
      </section>
    </div>
  );
}

function Changed() {
  return (
    <Notice tone="warning">
      <p>
        The credential’s file has changed since this began, and it goes on with the old one. Call it off and
        start again.
      </p>
    </Notice>
  );
}

function LookAgain({ name }: { readonly name: string }) {
  return (
    <noscript>
      <p>
        <a class="button" href={`/credentials/${name}/authorize`}>
          Look again
        </a>
      </p>
    </noscript>
  );
}
