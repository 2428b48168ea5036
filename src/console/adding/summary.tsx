import { Notice } from "../../page/notice.tsx";
import { inputId } from "../form/shown.ts";
import type { FieldFault, Shown } from "../form/shown.ts";
import type { Intent } from "./form-request.ts";
import type { PlacedFaults } from "./placed-faults.ts";

interface SummaryProps {
  readonly faults: PlacedFaults;
  readonly warnings: Shown["warnings"];
  /** undefined: nobody asked. */
  readonly intent: Intent | undefined;
}

/** What stands against saving, each with the way to its field; said at once where a page comes back with it. */
export function Summary({ faults: { byName, elsewhere }, warnings, intent }: SummaryProps) {
  const placed = [...byName].flatMap(([name, faults]) => faults.map((fault) => ({ name, fault })));
  const count = placed.length + elsewhere.length;
  const isRefused = intent === "save" && count > 0;
  return (
    <div
      id="form-summary"
      class="summary"
      role="alert"
      tabindex={-1}
      data-slot=""
      data-refused={isRefused ? "" : undefined}
    >
      {count === 0 ? (
        intent === undefined ? null : (
          <Notice tone="good">Nothing stands against saving it.</Notice>
        )
      ) : (
        <Notice tone="bad">
          <h2>{count === 1 ? "One thing is not right yet" : `${String(count)} things are not right yet`}</h2>
          <ul>
            {placed.map(({ name, fault }) => (
              <li>
                <a href={`#${encodeURIComponent(inputId(name))}`}>{fault.message}</a>
              </li>
            ))}
            {elsewhere.map((fault) => (
              <li>
                <Told fault={fault} />
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {intent === undefined ? null : <Warned warnings={warnings} />}
    </div>
  );
}

function Warned({ warnings }: Pick<SummaryProps, "warnings">) {
  return warnings.size === 0 ? null : (
    <Notice tone="warning">
      {[...warnings].map(([name, warning]) => (
        <a href={`#${encodeURIComponent(inputId(name))}`}>{warning}</a>
      ))}
    </Notice>
  );
}

function Told({ fault: { message, hint } }: { readonly fault: FieldFault }) {
  return <>{hint === "" ? message : `${message}: ${hint}`}</>;
}
