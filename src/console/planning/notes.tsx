import { visible } from "../../declaration/visible.ts";
import type { Blank, Remark, Task } from "../../difference/plan.ts";
import { Badge } from "../../page/badge.tsx";
import { placeOf } from "../command-place.ts";
import { Command, Hint } from "../hint.tsx";

/** What nobody but a person can do. */
export function Tasks({ tasks }: { readonly tasks: readonly Task[] }) {
  if (tasks.length === 0) return null;
  return (
    <section class="card" aria-labelledby="tasks">
      <h2 id="tasks">For you to do</h2>
      <ul class="notes">
        {tasks.map(({ what, command }) => (
          <li>
            <p>{visible(what)}</p>
            <p>
              <Way command={command} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Way({ command }: { readonly command: string }) {
  const [, verb, name] = command.split(" ");
  const place = placeOf(command);
  if (verb !== "authorize" || name === undefined || place === undefined)
    return (
      <>
        run: <Command command={command} />
      </>
    );
  return (
    <>
      <a class="button" href={place}>
        {`Authorize ${name}`}
      </a>{" "}
      <a class="button" href={`/credentials/${name}/remove`}>
        {`Remove ${name}`}
      </a>
    </>
  );
}

/** What will go wrong, and what is worth knowing. */
export function Remarks({ remarks }: { readonly remarks: readonly Remark[] }) {
  if (remarks.length === 0) return null;
  return (
    <section class="card" aria-labelledby="remarks">
      <h2 id="remarks">Worth knowing</h2>
      <ul class="notes">
        {remarks.map(({ kind, what, hint }) => (
          <li>
            <p>
              {kind === "warning" ? <Badge tone="warning">warning</Badge> : null} {visible(what)}
            </p>
            <Advice hint={hint} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What could not be found out: nothing is planned for it. */
export function Blanks({ blanks }: { readonly blanks: readonly Blank[] }) {
  if (blanks.length === 0) return null;
  return (
    <section class="card" aria-labelledby="blanks">
      <h2 id="blanks">Could not be looked at</h2>
      <p>Nothing is planned for these, because nobody knows how they are.</p>
      <ul class="notes">
        {blanks.map(({ what, reason, hint }) => (
          <li>
            <p>
              <strong>{visible(what)}</strong>: {visible(reason)}
            </p>
            <Advice hint={hint} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Advice({ hint }: { readonly hint: string | undefined }) {
  if (hint === undefined) return null;
  return (
    <p class="faint">
      <Hint text={hint} />
    </p>
  );
}
