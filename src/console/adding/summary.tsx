import { Notice } from "../../page/notice.tsx";
import type { FieldFault } from "../form/shown.ts";
import type { PlacedFaults } from "./placed-faults.ts";

/** What stands against saving, each with the way to its field; said at once where a page comes back with it. */
export function Summary({ faults: { byName, elsewhere } }: { readonly faults: PlacedFaults }) {
  const placed = [...byName].flatMap(([name, faults]) => faults.map((fault) => ({ name, fault })));
  const count = placed.length + elsewhere.length;
  return (
    <div id="form-summary" role="alert" data-slot="">
      {count === 0 ? null : (
        <Notice tone="bad">
          <h2>{count === 1 ? "One thing is not right yet" : `${String(count)} things are not right yet`}</h2>
          <ul>
            {placed.map(({ name, fault }) => (
              <li>
                <a href={`#${encodeURIComponent(name)}`}>{fault.message}</a>
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
    </div>
  );
}

function Told({ fault: { message, hint } }: { readonly fault: FieldFault }) {
  return <>{hint === "" ? message : `${message}: ${hint}`}</>;
}
