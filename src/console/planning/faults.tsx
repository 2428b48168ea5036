import type { Fault } from "../../declaration/fault.ts";
import { Notice } from "../../page/notice.tsx";
import { Hint } from "../hint.tsx";

/** Declarations that nobody can plan from, each fault with its place. */
export function Faults({ faults }: { readonly faults: readonly Fault[] }) {
  if (faults.some(({ rule }) => rule === "no-declarations")) return <NothingDeclared />;
  return (
    <>
      <Notice tone="bad">
        <p>
          <strong>The declarations have faults.</strong> There is a plan when they are mended.
        </p>
      </Notice>
      <ul class="notes card">
        {faults.map((fault) => (
          <li>
            <OneFault fault={fault} />
          </li>
        ))}
      </ul>
    </>
  );
}

function NothingDeclared() {
  return (
    <>
      <p>Nothing is declared in this folder yet, so there is nothing to make.</p>
      <p class="actions">
        <a class="button main" href="/add">
          Add a credential
        </a>
      </p>
    </>
  );
}

function OneFault({ fault: { file, line, column, message, hint, frame } }: { readonly fault: Fault }) {
  const name = /^credentials\/([a-z0-9-]{1,64})\.ya?ml$/.exec(file)?.[1];
  return (
    <>
      <p>
        <code>{`${file}:${String(line)}:${String(column)}`}</code> {message}
      </p>
      {frame === "" ? null : (
        <pre tabindex={0} role="region" aria-label={`The place in ${file}`}>
          {frame}
        </pre>
      )}
      <p class="faint">
        <Hint text={hint} />
      </p>
      {name === undefined ? null : (
        <p>
          <a class="button" href={`/credentials/${name}/edit`}>
            {`Edit ${name}`}
          </a>
        </p>
      )}
    </>
  );
}
