import { Instant } from "../../page/instant.tsx";
import { Notice } from "../../page/notice.tsx";
import { ErrorNotice } from "../error-notice.tsx";
import type { Console } from "../console.ts";
import { FormToken } from "../page.tsx";
import { Faults } from "../planning/faults.tsx";
import type { Checkup, CheckupEnd } from "./checkups.ts";
import { Findings } from "./findings.tsx";

interface DoctorProps {
  readonly console: Console;
  readonly checkup: Checkup;
  /** Of this page. */
  readonly address: string;
  /** Of every credential, for a closer look. */
  readonly names: readonly string[];
}

/** What would keep credentials from being refreshed, each with its fix; while it is looked at, that it is. */
export function DoctorPage({ console, checkup, address, names }: DoctorProps) {
  const { startedAt, end } = checkup;
  return (
    <>
      <p>
        Whatever would keep credentials from being refreshed: tokens, permissions, environments, the workflow,
        redirect ports, providers. Looking changes nothing.
      </p>
      {end === undefined ? (
        <div id="checkup" data-live>
          <Notice tone="busy">
            <p role="status">Looking at GitHub, the providers and this machine. It may take half a minute.</p>
          </Notice>
          <p>
            <a href={address}>See whether it is done</a>
          </p>
        </div>
      ) : (
        <div id="checkup">
          <form method="post" action={address} class="actions">
            <FormToken console={console} />
            <button>Look again</button>
            <span class="faint">
              As it was at <Instant at={startedAt} />
            </span>
          </form>
          <Ended end={end} />
        </div>
      )}
      <Others address={address} names={names} />
    </>
  );
}

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
