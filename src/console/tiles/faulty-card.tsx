import { Badge } from "../../page/badge.tsx";
import { STATES } from "../../page/state.ts";
import type { Fault } from "../../declaration/fault.ts";
import type { Card } from "./card.ts";

const MOST_SHOWN = 2;

/** A file that is no credential yet: what is wrong with it, and the way to repair it. */
export function FaultyCard({ card }: { readonly card: Extract<Card, { kind: "faulty" }> }) {
  const { name, file, editable, faults } = card;
  const { word, tone } = STATES.faulty;
  const more = faults.length - MOST_SHOWN;
  return (
    <>
      <div class="tile-top">
        <h2>{name}</h2>
        <Badge tone={tone}>{word}</Badge>
      </div>
      {faults.slice(0, MOST_SHOWN).map((fault) => (
        <FaultText fault={fault} />
      ))}
      {more > 0 ? <p>{`And ${String(more)} more.`}</p> : null}
      {editable === undefined ? (
        <p>
          {"Repair "}
          <code>{file}</code>
          {" in an editor."}
        </p>
      ) : (
        <p class="actions">
          <a class="button main" href={`/credentials/${editable}/edit`}>
            Edit
            <span class="for-readers"> {name}</span>
          </a>
          <a class="button" href={`/credentials/${editable}/remove`}>
            Remove
            <span class="for-readers"> {name}</span>
          </a>
        </p>
      )}
    </>
  );
}

/** What is wrong at one place of a file. */
export function FaultText({ fault }: { readonly fault: Fault }) {
  const { file, line, message, hint, frame } = fault;
  return (
    <div class="fault">
      <p>
        <strong>{message}</strong>
        <span class="faint">{` (${file}, line ${String(line)})`}</span>
      </p>
      {frame === "" ? null : (
        <pre tabindex={0} aria-label={`Line ${String(line)} of ${file}`} role="group">
          {frame}
        </pre>
      )}
      <p>{hint}</p>
    </div>
  );
}
