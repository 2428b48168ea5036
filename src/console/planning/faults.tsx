import type { Fault } from "../../declaration/fault.ts";
import { visible } from "../../declaration/visible.ts";
import { Notice } from "../../page/notice.tsx";
import { Hint } from "../hint.tsx";

/** Declarations that nothing can be done with: each file with its faults, and where it is edited. */
export function Faults({ faults }: { readonly faults: readonly Fault[] }) {
  if (faults.some(({ rule }) => rule === "no-declarations")) return <NothingDeclared />;
  const files = [...new Set(faults.map(({ file }) => file))];
  return (
    <>
      <Notice tone="bad">
        <p>
          <strong>The declarations have faults.</strong> Nothing is done until they are mended.
        </p>
      </Notice>
      {files.map((file) => (
        <FaultyFile file={file} faults={faults.filter((fault) => fault.file === file)} />
      ))}
    </>
  );
}

export function NothingDeclared() {
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

function FaultyFile({ file, faults }: { readonly file: string; readonly faults: readonly Fault[] }) {
  const name = /^credentials\/([a-z0-9-]{1,64})\.ya?ml$/.exec(file)?.[1];
  return (
    <section class="card">
      <h2>{visible(file)}</h2>
      <ul class="notes">
        {faults.map((fault) => (
          <li>
            <OneFault fault={fault} />
          </li>
        ))}
      </ul>
      {name === undefined ? null : (
        <p class="actions">
          <a class="button" href={`/credentials/${name}/edit`}>
            {`Edit ${name}`}
          </a>
        </p>
      )}
    </section>
  );
}

function OneFault({ fault: { file, line, column, message, hint, frame } }: { readonly fault: Fault }) {
  return (
    <>
      <p>
        {`Line ${String(line)}: `}
        {message}
      </p>
      {frame === "" ? null : (
        <pre
          tabindex={0}
          role="group"
          aria-label={`${visible(file)}, line ${String(line)}, column ${String(column)}`}
        >
          {frame}
        </pre>
      )}
      <p class="faint">
        <Hint text={hint} />
      </p>
    </>
  );
}
