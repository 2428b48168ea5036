import { Instant } from "../../page/instant.tsx";
import { Notice } from "../../page/notice.tsx";
import { ErrorNotice } from "../error-notice.tsx";
import type { Console } from "../console.ts";
import { FormToken } from "../page.tsx";
import { Faults } from "../planning/faults.tsx";
import type { Checkup, CheckupEnd, Outdating } from "./checkups.ts";
import { Findings } from "./findings.tsx";

interface DoctorProps {
  readonly console: Console;
  readonly checkup: Checkup;
  /** undefined: what it found may be shown as what is. */
  readonly outdatedBy: Outdating | undefined;
  /** Of this page. */
  readonly address: string;
  /** Of every credential, for a closer look. */
  readonly names: readonly string[];
}

/** What would keep credentials from being refreshed, each with its fix; while it is looked at, that it is. */
export function DoctorPage(shown: DoctorProps) {
  const { checkup, address, names } = shown;
  const { end } = checkup;
  return (
    <>
      <p>
        Whatever would keep credentials from being refreshed: tokens, permissions, environments, the workflow,
        redirect ports, providers. Looking changes nothing.
      </p>
      <div id="checkup" data-live>
        {end === undefined ? (
          <>
            <Notice tone="busy">
              <p role="status">
                Looking at GitHub, the providers and this machine. It may take half a minute.
              </p>
            </Notice>
            <p>
              <a href={address}>See whether it is done</a>
            </p>
          </>
        ) : (
          <>
            <Age {...shown} />
            <Ended end={end} />
          </>
        )}
      </div>
      <Others address={address} names={names} />
    </>
  );
}

/** From when it is, first of all where it may be otherwise by now. */
function Age({ console, checkup: { startedAt }, outdatedBy, address }: DoctorProps) {
  const again = (
    <form method="post" action={address} class="actions">
      <FormToken console={console} />
      <button class={outdatedBy === undefined ? undefined : "main"}>Look again</button>
      {outdatedBy === undefined ? (
        <span class="faint">
          As it was at <Instant at={startedAt} />
        </span>
      ) : null}
    </form>
  );
  if (outdatedBy === undefined) return again;
  return (
    <Notice tone="warning">
      <p>
        <strong>
          This is old: it is how things were <Instant at={startedAt} now={console.ports.clock.now()} />.
        </strong>{" "}
        {SINCE[outdatedBy]}
      </p>
      {again}
    </Notice>
  );
}

const SINCE: Readonly<Record<Outdating, string>> = {
  work: "Something was done in this console since then.",
  files: "Files that declare credentials have changed since then.",
  time: "Much may have been mended since then, or broken.",
};

function Ended({ end }: { readonly end: CheckupEnd }) {
  if (end.kind === "failed") return <ErrorNotice error={end.error} />;
  const { faults, results } = end.report;
  return faults.length > 0 ? <Faults faults={faults} /> : <Findings findings={results} />;
}

function Others({ address, names }: Pick<DoctorProps, "address" | "names">) {
  if (names.length === 0) return null;
  return (
    <details class="card">
      <summary>One credential more closely</summary>
      <ul class="links">
        {address === "/doctor" ? null : (
          <li>
            <a href="/doctor">All of them</a>
          </li>
        )}
        {names.map((name) => (
          <li>
            <a href={`/doctor/${name}`} aria-current={address === `/doctor/${name}` ? "page" : undefined}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}
